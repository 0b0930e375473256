import dataclasses
import hashlib

from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.lib import canonical
from odoo.addons.yangguang_cunwu.lib.files import video

from ..lib import drawing, programme


class Rendering(models.Model):
    """What one kind of screen shows of a publication, drawn once from the bytes that everybody may
    read, and used by every screen of that kind. Urgent messages and pages of the system itself are
    kept in the same way."""

    _name = "yangguang.rendering"
    _description = "Drawn for a kind of screen"
    _log_access = False

    key = fields.Char(required=True, readonly=True, help="What was drawn, for which screens.")
    publication_id = fields.Many2one(
        "yangguang.publication", readonly=True, index=True, ondelete="restrict"
    )
    pages = fields.Json(required=True, readonly=True)
    short = fields.Json(readonly=True, help="The pages of the short form.")
    warnings = fields.Text(readonly=True)
    picture_ids = fields.Many2many("yangguang.picture", readonly=True)

    _key_unique = models.Constraint("UNIQUE (key)", "This is drawn already.")

    @api.model
    def _of_publications(self, publications, surface):
        """The renderings of `publications` for screens like `surface`, by publication.

        What is not what was sealed is left out: no page whose bytes the envelope does not name
        gets to a screen.
        """
        pages = self.env["yangguang.public.page"].search_fetch(
            [("publication_id", "in", publications.ids)], ["publication_id", "digest"]
        )
        keys = {page.publication_id: f"{_kind(surface)}/{page.digest}" for page in pages}
        found = self.search([("key", "in", list(keys.values()))])
        by_key = {rendering.key: rendering for rendering in found}
        drawn = {}
        for page in pages:
            publication = page.publication_id
            key = keys[publication]
            if key not in by_key and page._is_sealed():
                by_key[key] = self._draw_publication(page, surface, key)
            if key in by_key:
                drawn[publication] = by_key[key]
        return drawn

    def _draw_publication(self, page, surface, key):
        publication = page.publication_id
        face = page._face()
        sheet = {
            "url": publication._address(),
            "public_code": publication.code,
            "files": {
                file.digest: file._bytes()
                for file in publication.file_ids
                if file.mimetype.startswith("image/")
            },
        }
        summary = publication._in_plain_words(face)
        return self._keep(
            key,
            drawing.pages(face, summary, surface, **sheet),
            drawing.pages(face, summary, surface, **sheet, short=True),
            publication,
            self._films(publication, surface),
        )

    @staticmethod
    def _films(publication, surface):
        """The films of a publication as pages, for screens that can show them."""
        if surface.colours != drawing.FULL or surface.draws_text:
            return []
        return [
            programme.page_entry(
                file.digest, len(film), max(video.seconds(film), 5.0), file.name, file.mimetype
            )
            for file in publication.file_ids
            if file.mimetype.startswith("video/") and (film := file._bytes())
        ]

    @api.model
    def _of_message(self, title, text, surface):
        """The pages of a message of the town or district, as large as they fit."""
        return self._drawn_once(
            surface, f"message/{title}/{text}", lambda: drawing.emergency(text, surface, title)
        )

    @api.model
    def _of_filler(self, screen, surface):
        """What is shown when there is nothing else: whose screen this is."""
        place = screen.division_id
        name = f"{place.parent_id.name}{place.name}"
        return self._drawn_once(surface, f"filler/{name}", lambda: drawing.filler(name, surface))

    @api.model
    def _of_test(self, kind, surface):
        """The page `kind` ("ruler" or "text") by which a screen is set up."""
        draw = {"ruler": drawing.ruler, "text": drawing.sample_text}[kind]
        return self._drawn_once(surface, f"test/{kind}", lambda: draw(surface))

    def _drawn_once(self, surface, what, draw):
        key = f"{_kind(surface)}/{hashlib.sha256(what.encode()).hexdigest()}"
        return self.search([("key", "=", key)]) or self._keep(key, draw())

    def _keep(self, key, drawn, short=None, publication=None, films=()):
        """Writes down what was drawn. The short form is kept where it is shorter."""
        forms = [drawn.pages, short.pages if short else ()]
        if _seconds(forms[1]) >= _seconds(forms[0]):
            forms[1] = ()
        pictures = self.env["yangguang.picture"]._keep(
            [page.picture for pages in forms for page in pages]
        )
        pages, short_pages = (
            [
                programme.page_entry(
                    canonical.digest(page.picture),
                    len(page.picture),
                    page.seconds,
                    page.text,
                    "image/png",
                )
                for page in form
            ]
            for form in forms
        )
        return self.create(
            {
                "key": key,
                "publication_id": publication.id if publication else False,
                "pages": pages + list(films),
                "short": short_pages,
                "warnings": "\n".join([*drawn.warnings, *map(str, drawn.missing)]),
                "picture_ids": [(6, 0, [picture.id for picture in pictures.values()])],
            }
        )

    @api.autovacuum
    def _drop_withdrawn(self):
        """Removes what was drawn of publications that are no longer on display."""
        ended = self.env["yangguang.publication"].search(
            [("state", "!=", "published"), ("id", "in", self._drawn_publications())]
        )
        self.search([("publication_id", "in", ended.ids)]).unlink()

    def _drawn_publications(self):
        groups = self._read_group([("publication_id", "!=", False)], ["publication_id"])
        return [publication.id for (publication,) in groups]


def _kind(surface):
    """What screens have in common that show the same pages."""
    return "-".join(map(str, dataclasses.astuple(surface)))


def _seconds(pages):
    return sum(page.seconds for page in pages)
