import base64
import json

from odoo import api, fields, models

from ..lib import attachments, canonical


class File(models.Model):
    """A file attached to a sheet, as `lib/files` let it in: its bytes are clean and never change.

    The content of the sheet names it by its digest, so what is reviewed and signed covers it.
    """

    _name = "yangguang.file"
    _description = "File of a sheet"
    _order = "id"
    _log_access = False

    disclosure_id = fields.Many2one(
        "yangguang.disclosure", required=True, readonly=True, index=True, ondelete="cascade"
    )
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, index=True, ondelete="restrict"
    )
    name = fields.Char(required=True, readonly=True)
    mimetype = fields.Char(required=True, readonly=True)
    digest = fields.Char(required=True, readonly=True)
    size = fields.Integer("Size in bytes", required=True, readonly=True)
    size_label = fields.Char("Size", compute="_compute_size_label")
    content = fields.Binary(attachment=True, required=True, readonly=True)
    findings = fields.Text(
        required=True, readonly=True, help="Personal data found in it: pairs of key and sentence."
    )

    _digest_unique = models.Constraint(
        "UNIQUE (disclosure_id, digest)", "This file is attached already."
    )

    @api.depends("size")
    def _compute_size_label(self):
        for file in self:
            file.size_label = attachments.size_label(file.size)

    def action_detach(self):
        """Removes the file from its draft."""
        self.ensure_one()
        self.check_access("read")
        self.disclosure_id.detach(self.disclosure_id.revision, self.id)

    def _entry(self):
        """How the content of the sheet names this file; strings alone."""
        self.ensure_one()
        return {
            "name": self.name,
            "mimetype": self.mimetype,
            "digest": self.digest,
            "size": str(self.size),
        }

    def _bytes(self):
        """The content; raises ValueError when it is no longer what the digest says."""
        self.ensure_one()
        content = base64.b64decode(self.with_context(bin_size=False).content)
        if canonical.digest(content) != self.digest:
            raise ValueError(f"the bytes of {self.name} have changed")
        return content

    def _findings(self):
        """Pairs (key, sentence) of the personal data found in the file."""
        self.ensure_one()
        return [tuple(pair) for pair in json.loads(self.findings)]
