from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import rent
from .yangguang_contract import LETTING
from .yangguang_register import money


class Contract(models.Model):
    """The steps of a contract: begin, end, renew."""

    _inherit = "yangguang.contract"

    def action_begin(self):
        """Lets drafts begin; those that bring rent get their instalments.

        What is wrong with the term is said on the form and on the sheet: the excess alone is void,
        and what is signed has to be in the register as it is.
        """
        self._check_draft()
        self.lock_for_update(allow_referencing=True)
        for contract in self:
            if not contract.resolution:
                raise UserError(
                    self.env._(
                        "Say by which resolution %(contract)s was made.",
                        contract=contract.display_name,
                    )
                )
            renewed = contract.renews_id
            if renewed.state == "running" and renewed.end >= contract.start:
                raise UserError(self.env._("It begins after the contract that it renews."))
        plans = [
            {
                "contract_id": contract.id,
                "start": one.start,
                "end": one.end,
                "due": one.due,
                "amount": one.amount,
            }
            for contract in self
            if contract.kind in LETTING
            for one in rent.plan(contract._terms())
            if one.amount
        ]
        self.env["yangguang.contract.instalment"].sudo().create(plans)
        self.sudo().write({"state": "running"})
        self._set_use("rent", "lease")

    def action_end(self, day=None, reason=None):
        """Ends running contracts: on their last day, or early on `day` for a `reason`.

        Instalments of later times are no longer owed; the one that runs on that day is owed for its
        days until then.
        """
        self.check_access("write")
        self.lock_for_update(allow_referencing=True)
        day = fields.Date.to_date(day)
        for contract in self:
            if contract.state != "running":
                raise UserError(self.env._("Only a running contract is ended."))
            last = day or contract.end
            if last > clock.today() or not contract.start <= last <= contract.end:
                raise UserError(
                    self.env._("A contract ends within its term, and not in days to come.")
                )
            if last < contract.end and not reason:
                raise UserError(self.env._("Say why it ends before its time."))
            contract._shorten(last)
            contract._set_use("idle", "idle")
            contract.action_withdraw_card()
            contract.sudo().write({"state": "ended", "ended_on": last, "end_reason": reason})

    def _shorten(self, last):
        """Leaves what is owed until the day `last`."""
        instalments = {one.start: one for one in self.instalment_ids.sudo()}
        left = {
            one.start: one
            for one in rent.end_early([one._as_instalment() for one in instalments.values()], last)
        }
        for start, instalment in instalments.items():
            kept = left.get(start)
            if not kept or not kept.amount:
                instalment.receipt_ids.sudo().write({"instalment_id": False})
                instalment.unlink()
            elif money(instalment.amount) != kept.amount:
                instalment.write({"end": kept.end, "amount": kept.amount})

    def action_renew(self):
        """Makes and opens the draft that goes on where this contract ends, as long as it ran."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "draft" or self.renewal_ids:
            raise UserError(self.env._("A contract is renewed when it has begun, and once."))
        start = fields.Date.add(self.ended_on or self.end, days=1)
        span = self.end - self.start
        made = self.sudo().copy(
            {
                "code": self.env._("%(code)s (renewed)", code=self.code),
                "signed": clock.today(),
                "start": start,
                "end": start + span,
                "method": "renew",
                "renews_id": self.id,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": made.id,
            "view_mode": "form",
        }

    def _set_use(self, use, mode):
        """Says on the asset how it is used now; a resource may be let in parts."""
        for contract in self:
            asset = contract.asset_id.sudo()
            if not asset or asset.state != "kept" or contract.kind not in LETTING:
                continue
            others = (asset.contract_ids - contract).filtered(lambda one: one.state == "running")
            if use == "idle" and others:
                continue
            if asset.kind != "resource":
                asset.use = use
            elif use == "idle":
                asset.mode = "idle"
            else:
                asset.mode = {"family": "family", "land": "other", "water": "other"}.get(
                    contract.kind, mode
                )
