from odoo import Command, fields, models
from odoo.exceptions import UserError

from ..lib import clock, privacy
from ..lib.roles import DRAFTERS
from .yangguang_exemption import GRANTERS


class Disclosure(models.Model):
    """The gate for personal data, and what a second person has permitted to show."""

    _inherit = "yangguang.disclosure"

    exemption_ids = fields.One2many(
        "yangguang.exemption",
        "disclosure_id",
        readonly=True,
        domain=[("kind", "=", "asked")],
        string="Personal data asked to be shown",
    )

    def _findings(self, document):
        """Personal data in `document` that nobody has permitted to show: pairs (key, finding)."""
        found = list(privacy.find(privacy.passages(self._layout(), document), clock.today()))
        if not found:
            return
        secret, granted = self._finding_secret(), self._granted_keys()
        for finding in found:
            key = finding.key(secret)
            if key not in granted:
                yield key, finding

    def _finding_secret(self):
        return self.env["ir.config_parameter"].sudo().get_param("database.secret").encode()

    def _granted_keys(self):
        """Keys of the findings that a second person has permitted to show."""
        asked = self.sudo().exemption_ids
        return set(asked.filtered(lambda one: one.status == "granted").mapped("key"))

    def action_ask_exemption(self, keys, legal_basis):
        """The clerk asks that the findings of these `keys` may be shown, on this legal basis."""
        self.ensure_one()
        self.check_access("write")
        self._check_appointed(DRAFTERS)
        self.lock_for_update(allow_referencing=True)
        self._check_state(("draft",))
        basis = (legal_basis or "").strip()
        if not basis:
            raise UserError(self.env._("Name the law and the article that want this to be shown."))
        waiting = set(self.exemption_ids.filtered(lambda one: one.status == "asked").mapped("key"))
        findings = {
            key: finding
            for key, finding in self._findings(self._filled_document())
            if key in keys and key not in waiting
        }
        if not findings:
            raise UserError(self.env._("Choose what is to be shown."))
        person = self.env.user.partner_id
        self.env["yangguang.exemption"].sudo().create(
            [
                {
                    "disclosure_id": self.id,
                    "division_id": self.division_id.id,
                    "key": key,
                    "finding": f"{finding.place}：{finding.label} {finding.shown}",
                    "legal_basis": basis,
                    "kind": "asked",
                    "person_id": person.id,
                    "person_name": person.name,
                    "time": clock.now(),
                }
                for key, finding in findings.items()
            ]
        )
        self._tell(self._holders(GRANTERS) - person, "exemption_asked")

    def action_open_exemption(self):
        """Opens the list of what was found, for the clerk to ask that it may be shown."""
        self.ensure_one()
        wizard = self.env["yangguang.exemption.request"].create(
            {
                "disclosure_id": self.id,
                "line_ids": [
                    Command.create({"key": key, "finding": finding.sentence()})
                    for key, finding in self._findings(self._filled_document())
                ],
            }
        )
        return {**self._wizard(wizard._name, {}), "res_id": wizard.id}
