import base64
import csv
import hashlib
import io

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.lib.files.refusal import RefusedError

from ..lib.importing import fields as import_fields
from ..lib.importing.cells import Records
from ..lib.importing.table import open_table
from .yangguang_voucher import PROOFS

# what is shown on the screen; the file of errors has all of them
_PROBLEMS_SHOWN = 200
_SAMPLE_LENGTH = 40


class ImportBatch(models.Model):
    """A list of an agency's program that is read, shown, and then booked: all of it or nothing.

    Its columns and accounts are proposed and can be chosen otherwise. What was imported stays with
    its file, its digest, and who did it; the database takes the same file once.
    """

    _name = "yangguang.import.batch"
    _description = "Import of an agency's list"
    _inherit = ["yangguang.register"]
    _order = "id desc"

    _fixed_fields = ("kind",)
    _step_fields = (
        *("state", "stage", "digest", "summary", "problem_count", "problems", "problem_file"),
        *("preview", "totals", "imported_by_id", "imported_on", "count"),
    )
    _closed_states = ("done",)

    kind = fields.Selection(
        [
            ("voucher", "Vouchers"),
            ("balance", "Opening balances"),
            ("asset", "Assets and resources"),
            ("contract", "Contracts"),
        ],
        default="voucher",
        required=True,
    )
    program = fields.Char(
        required=True, help="What the list comes from: its columns are remembered."
    )
    file = fields.Binary(required=True, copy=False)
    file_name = fields.Char(copy=False)
    proof = fields.Selection(PROOFS, help="For vouchers of which the list does not tell.")
    handler_id = fields.Many2one(
        "res.partner",
        "Handled by",
        ondelete="restrict",
        help="For vouchers of which the list does not tell.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Imported")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    stage = fields.Selection(
        [
            ("choose", "Choose a file"),
            ("columns", "Columns"),
            ("checked", "Preview"),
            ("done", "Imported"),
        ],
        "Step",
        default="choose",
        required=True,
        readonly=True,
        copy=False,
    )
    column_ids = fields.One2many("yangguang.import.column", "batch_id", copy=False)
    account_ids = fields.Many2many(
        "yangguang.import.account", string="Accounts of the list", copy=False
    )
    summary = fields.Char(readonly=True, copy=False)
    problem_count = fields.Integer("Errors", readonly=True, copy=False)
    problems = fields.Text("What is wrong", readonly=True, copy=False)
    problem_file = fields.Binary("All errors", readonly=True, copy=False)
    problem_file_name = fields.Char(compute="_compute_problem_file_name")
    preview = fields.Html(readonly=True, copy=False)
    totals = fields.Html("Sums by account", readonly=True, copy=False)
    digest = fields.Char(readonly=True, copy=False)
    imported_by_id = fields.Many2one("res.partner", readonly=True, copy=False, ondelete="restrict")
    imported_on = fields.Datetime(readonly=True, copy=False)
    count = fields.Integer("Imported", readonly=True, copy=False, aggregator=None)

    _digest_unique = models.UniqueIndex(
        "(collective_id, kind, digest) WHERE state = 'done'", "This file is imported already."
    )
    _done_is_complete = models.Constraint(
        "CHECK (state = 'draft' OR (digest IS NOT NULL AND imported_by_id IS NOT NULL"
        " AND imported_on IS NOT NULL AND count > 0))",
        "What is imported has its digest, its day, and who did it.",
    )

    @api.depends("kind", "file_name", "collective_id.name")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for batch in self:
            batch.display_name = f"{batch.collective_id.name or ''} {kinds.get(batch.kind, '')}"

    def _compute_problem_file_name(self):
        self.problem_file_name = self.env._("Errors.csv")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if "stage" in fields_list:
            values["stage"] = "choose"
        return values

    def write(self, vals):
        if {"file", "kind", "collective_id"} & vals.keys() and not self.env.su:
            # what was read of another file or for another purpose says nothing any more
            self._check_open()
            self.sudo().write({"stage": "choose", "column_ids": [fields.Command.clear()]})
        result = super().write(vals)
        if "kind" in vals:
            # books are not everybody's who keeps registers
            self.check_access("write")
        return result

    def action_read_columns(self):
        """Reads the heads of the list and proposes what each column is."""
        self.ensure_one()
        self._check_draft()
        table = self._open_table()
        first = next(table.rows, (0, {}))[1]
        saved = self.env["yangguang.import.mapping"]._saved(self)
        chosen = import_fields.propose(self.kind, table.heads, saved)
        self.sudo().write({"stage": "columns"})
        self.column_ids.unlink()
        self.column_ids.create(
            [
                {
                    "batch_id": self.id,
                    "place": place,
                    "head": head,
                    "sample": str(first[place].value)[:_SAMPLE_LENGTH] if place in first else "",
                    "field": f"{self.kind}.{chosen[place]}" if place in chosen else False,
                }
                for place, head in sorted(table.heads.items())
            ]
        )

    def action_check(self):
        """Reads the whole list, shows how it would be booked and everything that is wrong."""
        self.ensure_one()
        self._check_draft()
        plan, problems = self._read()
        self.sudo().write({"stage": "checked", **self._shown(plan, problems)})

    def action_choose(self):
        """Back to the columns."""
        self._check_draft()
        self.sudo().write({"stage": "columns"})

    def action_import(self):
        """Books what the list holds: all of it, or nothing and everything that is wrong."""
        self.ensure_one()
        self._check_draft()
        self.lock_for_update(allow_referencing=True)
        # what was chosen is there before the database closes it
        self.env.flush_all()
        plan, problems = self._read()
        if problems:
            self.sudo().write({"stage": "checked", **self._shown(plan, problems)})
            return
        self.sudo().write(
            {
                "state": "done",
                "stage": "done",
                **self._shown(plan, problems),
                "digest": self._digest(),
                "imported_by_id": self.env.user.partner_id.id,
                "imported_on": clock.now(),
                "count": plan.count,
            }
        )
        # the database says now when another one has imported this file at the same time
        self.flush_recordset()
        self.env["yangguang.import.mapping"]._keep(self)
        getattr(self, f"_book_{self.kind}")(plan)

    def _check_draft(self):
        if self.kind in ("voucher", "balance") and self.division_id not in (
            self.env.user.book_place_ids
        ):
            raise UserError(self.env._("You do not keep these books."))
        return super()._check_draft()

    def _content(self):
        content = base64.b64decode(self.with_context(bin_size=False).file or b"")
        if not content:
            raise UserError(self.env._("The file is empty."))
        return content

    def _digest(self):
        return hashlib.sha256(self._content()).hexdigest()

    def _open_table(self):
        try:
            return open_table(self._content())
        except RefusedError as refusal:
            raise UserError(str(refusal)) from refusal

    def _read(self):
        """What the list holds, as a `lib.importing.plan.Plan`, and its problems."""
        self._refuse_again()
        chosen = {one.place: one._key() for one in self.column_ids if one.field}
        if found := import_fields.problems(self.kind, chosen.values()):
            raise UserError("\n".join(found))
        records = Records(self._open_table(), self.kind, chosen)
        plan = getattr(self, f"_read_{self.kind}")(records)
        return plan, records.problems

    def _refuse_again(self):
        """Raises when this file is imported already: a second time changes nothing."""
        before = self.search(
            [
                ("collective_id", "=", self.collective_id.id),
                ("kind", "=", self.kind),
                ("digest", "=", self._digest()),
            ],
            limit=1,
        )
        if before:
            raise UserError(
                self.env._(
                    "This file was imported on %(day)s by %(person)s; nothing has changed.",
                    day=clock.to_local(before.imported_on).date(),
                    person=before.imported_by_id.name,
                )
            )

    def _shown(self, plan, problems):
        """The values that tell of `plan` and its `problems` on the screen."""
        output = io.StringIO(newline="")
        writer = csv.writer(output)
        writer.writerows([("行", "栏目", "问题"), *problems])
        told = [str(problem) for problem in sorted(problems)]
        return {
            "summary": self.env._(
                "%(count)s to take in, from %(lines)s lines; %(problems)s errors.",
                count=plan.count,
                lines=plan.lines,
                problems=len(problems),
            ),
            "problem_count": len(problems),
            "problems": "\n".join(told[:_PROBLEMS_SHOWN]),
            "problem_file": problems and base64.b64encode(output.getvalue().encode("utf-8-sig")),
            "preview": _as_html(plan.rows),
            "totals": _as_html(plan.totals),
        }


def _as_html(rows):
    """A table whose first row is its head; amounts and their heads stand on the right."""
    if len(rows) < 2:
        return False
    amounts = {place for row in rows for place, text in enumerate(row) if text[-3:-2] == "."}
    head, *body = (
        Markup("").join(
            Markup("<td class='{}'>{}</td>").format("text-end" if place in amounts else "", text)
            for place, text in enumerate(row)
        )
        for row in rows
    )
    lines = Markup("").join(Markup("<tr>{}</tr>").format(line) for line in body)
    return Markup(
        "<table class='table table-sm'><thead class='fw-bold'><tr>{}</tr></thead>"
        "<tbody>{}</tbody></table>"
    ).format(head, lines)
