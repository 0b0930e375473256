import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.yangguang_cunwu.lib import canonical, clock, codes
from odoo.addons.yangguang_cunwu.models.append_only import protect

from ..lib import card, label


class PublicCard(models.Model):
    """What everybody reads of an asset or a contract, as it was when somebody showed it. Each
    showing is another version; the last one is what its code opens, and one without content says
    that the card was taken down."""

    _name = "yangguang.public.card"
    _description = "Public card"
    _order = "id desc"
    _log_access = False
    _rec_name = "code"

    code = fields.Char(required=True, readonly=True)
    version = fields.Integer(required=True, readonly=True, aggregator=None)
    kind = fields.Selection(
        [("asset", "Asset or resource"), ("contract", "Contract")], required=True, readonly=True
    )
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, index=True, ondelete="restrict"
    )
    owner = fields.Char(required=True, readonly=True)
    shown_on = fields.Datetime(required=True, readonly=True)
    content = fields.Text(readonly=True)

    _version_once = models.Constraint("UNIQUE (code, version)", "This version is there already.")

    def init(self):
        protect(self.env.cr, self._table)

    @api.model
    def _find(self, code):
        """The last version of the card of `code`; empty for an unknown one."""
        return self.search([("code", "=", code)], order="version desc", limit=1)

    def _document(self):
        """The card as `lib.card.content` made it; None when it was taken down."""
        self.ensure_one()
        return canonical.parse(self.content.encode()) if self.content else None


class PublicCardOwner(models.AbstractModel):
    """What may be shown to everybody on a card. Showing it is a step of its own: what changes in
    the register afterwards is not shown before somebody shows it again."""

    _name = "yangguang.public.card.owner"
    _inherit = ["yangguang.coded"]
    _description = "Shown on a public card"

    _card_kind = None
    # states in which there is something to show
    _card_states = ()

    public_code = fields.Char(readonly=True, copy=False, index="btree_not_null")
    card_state = fields.Selection(
        [
            ("none", "Not shown"),
            ("current", "Shown"),
            ("outdated", "Shown, changed since"),
            ("withdrawn", "Taken down"),
        ],
        "Public card",
        compute="_compute_card_state",
    )

    _public_code_unique = models.Constraint("UNIQUE (public_code)", "This public code is taken.")

    @api.depends("public_code")
    def _compute_card_state(self):
        for one in self:
            shown = one._card()
            if not shown:
                one.card_state = "none"
            elif not shown.content:
                one.card_state = "withdrawn"
            else:
                same = shown.content == one._card_text(refuse=False)
                one.card_state = "current" if same else "outdated"

    def action_show_card(self):
        """Shows the card of each record to everybody, as the register has it now."""
        self.check_access("write")
        for one in self:
            if one.state not in one._card_states:
                raise UserError(self.env._("Enter it in the register first."))
            text = one._card_text()
            if not one.public_code:
                one.sudo().public_code = codes.public_code(secrets.token_bytes(8))
            if one._card().content != text:
                one._add_card(text)

    def action_withdraw_card(self):
        """Takes the card down."""
        self.check_access("write")
        for one in self:
            if one._card().content:
                one._add_card(False)

    def action_print_labels(self):
        """Opens the labels of these records, for printing."""
        self._check_shown()
        return {
            "type": "ir.actions.act_url",
            "url": f"/sanzi/labels/{self._card_kind}/{','.join(map(str, self.ids))}.pdf",
            "target": "new",
        }

    def _code_target(self):
        self._check_shown()
        return "pages/card/card", f"c={self.public_code}"

    def _check_shown(self):
        if any(not one._card().content for one in self):
            raise UserError(self.env._("Show the public card first: the label opens it."))

    def _card(self):
        self.ensure_one()
        cards = self.env["yangguang.public.card"].sudo()
        return cards._find(self.public_code) if self.public_code else cards

    def _add_card(self, text):
        self.env["yangguang.public.card"].sudo().create(
            {
                "code": self.public_code,
                "version": self._card().version + 1,
                "kind": self._card_kind,
                "division_id": self.division_id.id,
                "owner": self.collective_id.name,
                "shown_on": clock.now(),
                "content": text,
            }
        )

    def _card_text(self, *, refuse=True):
        """The card as text; refused, or None, when it holds personal data."""
        # what everybody reads is Chinese, whoever shows it
        shown = self.with_context(lang="zh_CN")
        try:
            document = card.content(self.name, shown._card_lines(), clock.today())
        except card.PersonalDataError as error:
            if refuse:
                raise UserError("\n".join([self.display_name, str(error)])) from error
            return None
        return canonical.canonical(document).decode()

    def _card_lines(self):
        """What the card says, as `lib.card.Line`."""
        raise NotImplementedError

    def _chosen(self, name):
        """The label of what is chosen in the field `name`."""
        selection = self._fields[name]._description_selection(self.env)
        return dict(selection).get(self[name])

    def _labels(self):
        """The labels as a PDF."""
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url", "")
        return label.draw(
            [
                label.Label(
                    one.collective_id.name,
                    one.code,
                    one.name,
                    f"{base}/v/{one._card_kind}/{one.public_code}",
                )
                for one in self
                if one.public_code
            ]
        )
