import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

# bytes; a roster or a list of divisions is far below
MAX_BYTES = 5 * 1024 * 1024


class Import(models.AbstractModel):
    """A file that is read and shown with its errors first, and taken in by a second click."""

    _name = "yangguang.import"
    _description = "Import of a file"

    file = fields.Binary(attachment=False)
    file_name = fields.Char()
    state = fields.Selection(
        [("choose", "Choose a file"), ("checked", "Checked"), ("done", "Taken in")],
        default="choose",
        readonly=True,
    )
    report = fields.Text(readonly=True)
    has_errors = fields.Boolean(readonly=True)

    def action_check(self):
        """Reads the file and shows what it holds and what is wrong with it; changes nothing."""
        self.ensure_one()
        plan = self._read(self._content())
        self.write(
            {
                "state": "checked",
                "has_errors": bool(plan.problems),
                "report": "\n".join(
                    [self._summary(plan), *map(str, plan.problems), *map(str, plan.skipped)]
                ),
            }
        )
        return self._reopen()

    def action_apply(self):
        """Takes the file in: all of it, or nothing when there is an error."""
        self.ensure_one()
        plan = self._read(self._content())
        if plan.problems:
            raise UserError("\n".join(map(str, plan.problems)))
        created, changed = self._apply(plan)
        self.write(
            {
                "state": "done",
                "report": self.env._(
                    "%(created)s new, %(changed)s changed, the rest was there already.",
                    created=created,
                    changed=changed,
                ),
            }
        )
        return self._reopen()

    def _content(self):
        content = base64.b64decode(self.file or b"")
        if not content:
            raise UserError(self.env._("The file is empty."))
        if len(content) > MAX_BYTES:
            raise UserError(self.env._("The file is larger than 5 MB."))
        return content

    def _reopen(self):
        name = self.env["ir.model"]._get(self._name).name
        return self._get_records_action(name=name, target="new")

    @api.model
    def _read(self, content):
        """The plan that `content` (bytes) asks for: an object with `rows`, and the
        lists `problems` (they block) and `skipped` (they do not), whose items read as sentences."""
        raise NotImplementedError

    @api.model
    def _apply(self, plan):
        """Carries the plan out; gives the numbers of records made and changed."""
        raise NotImplementedError

    @api.model
    def _summary(self, plan):
        return self.env._(
            "%(rows)s rows to take in, %(problems)s errors, %(skipped)s left out.",
            rows=len(plan.rows),
            problems=len(plan.problems),
            skipped=len(plan.skipped),
        )
