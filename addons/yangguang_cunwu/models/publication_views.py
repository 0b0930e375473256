from odoo import models


class Publication(models.Model):
    """The buttons of a publication in the backend."""

    _inherit = "yangguang.publication"

    def action_open_page(self):
        """Opens what everybody sees."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/p/{self.code}", "target": "new"}

    def action_open_card(self):
        """Opens the picture for chats."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/p/{self.code}/card.png", "target": "new"}

    def action_correct(self):
        """Begins a new sheet that corrects this one and walks the whole way."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "yangguang.disclosure",
            "view_mode": "form",
            "context": {
                "default_division_id": self.division_id.id,
                "default_item_id": self.item_id.id,
                "default_period_key": self.period_key,
                "default_corrects_id": self.id,
            },
        }

    def action_ask_withdraw(self):
        """Opens the wizard that asks why the sheet is taken down."""
        return self.env["yangguang.reason"]._ask("withdraw", self)
