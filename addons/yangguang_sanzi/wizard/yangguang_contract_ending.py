from odoo import fields, models


class ContractEnding(models.TransientModel):
    """How a contract ends."""

    _name = "yangguang.contract.ending"
    _description = "Contract ends"

    contract_id = fields.Many2one("yangguang.contract", required=True, readonly=True)
    day = fields.Date("Last day", help="Empty for the end that was agreed.")
    reason = fields.Char(help="Wanted when it ends before its time.")

    def action_end(self):
        """Ends the contract."""
        self.ensure_one()
        self.contract_id.action_end(self.day, self.reason)
        return {"type": "ir.actions.act_window_close"}
