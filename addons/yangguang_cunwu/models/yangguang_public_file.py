import base64

from odoo import fields, models
from odoo.tools import SQL

from .append_only import protect_until_withdrawn

# the bytes lie in the store of attachments; their row there is as frozen as ours
_GUARD = """
CREATE OR REPLACE FUNCTION yangguang_guard_public_file() RETURNS trigger AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM yangguang_public_file WHERE id = OLD.res_id) THEN
        RAISE EXCEPTION 'the file of a publication only goes with it'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END
$$ LANGUAGE plpgsql
"""


class PublicFile(models.Model):
    """A file that everybody may read beside the page of a publication; the page holds its digest.

    The bytes lie beside the database, as a video is large, and go when the publication is taken
    down.
    """

    _name = "yangguang.public.file"
    _description = "Public file"
    _order = "publication_id, number"
    _log_access = False

    publication_id = fields.Many2one(
        "yangguang.publication", required=True, readonly=True, index=True, ondelete="restrict"
    )
    number = fields.Integer(required=True, readonly=True)
    name = fields.Char(required=True, readonly=True)
    mimetype = fields.Char(required=True, readonly=True)
    digest = fields.Char(required=True, readonly=True)
    content = fields.Binary(attachment=True, required=True, readonly=True)

    _number_unique = models.Constraint(
        "UNIQUE (publication_id, number)", "The files of a publication are numbered."
    )

    def init(self):
        protect_until_withdrawn(self.env.cr, self._table)
        self.env.cr.execute(_GUARD)
        self.env.cr.execute(
            SQL(
                "CREATE OR REPLACE TRIGGER yangguang_public_file_guard BEFORE UPDATE OR DELETE"
                " ON ir_attachment FOR EACH ROW"
                " WHEN (OLD.res_model = %s AND OLD.res_field = 'content')"
                " EXECUTE FUNCTION yangguang_guard_public_file()",
                self._name,
            )
        )

    def _bytes(self):
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).content)
