from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..lib import canonical, search
from .append_only import protect_until_withdrawn


class PublicPage(models.Model):
    """The bytes that everybody may read: the masked face of a publication and its PDF.

    Nothing else of a publication is public; an item that the open web must not show has no page.
    """

    _name = "yangguang.public.page"
    _description = "Public page"
    _order = "id desc"
    _log_access = False

    publication_id = fields.Many2one(
        "yangguang.publication", required=True, readonly=True, ondelete="restrict"
    )
    content = fields.Text(
        required=True, readonly=True, prefetch=False, help="The face, as canonical JSON."
    )
    digest = fields.Char(required=True, readonly=True)
    pdf = fields.Binary(attachment=False, readonly=True)
    pdf_digest = fields.Char(readonly=True)
    terms = fields.Text(
        readonly=True, prefetch=False, help="Search terms made in lib/search.py; may be empty."
    )

    _publication_unique = models.Constraint(
        "UNIQUE (publication_id)", "A publication has one public page."
    )
    _terms_idx = models.Index("USING gin ((terms::tsvector))")

    def init(self):
        protect_until_withdrawn(self.env.cr, self._table)

    def _face(self):
        """The face as a dictionary, read from the frozen bytes."""
        self.ensure_one()
        return canonical.parse(self.content.encode())

    @api.model
    def _matching(self, text):
        """Domain of the pages that hold the words of `text`; nothing for an empty text."""
        query = search.query(text)
        if not query:
            return Domain.FALSE
        return Domain.custom(
            to_sql=lambda model, alias, _query: SQL(
                "%s::tsvector @@ %s::tsquery",
                SQL.identifier(alias, "terms"),
                query,
            )
        )
