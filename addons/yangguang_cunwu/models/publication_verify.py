import base64
from itertools import zip_longest

from odoo import api, models

from ..lib import canonical, chain


class Publication(models.Model):
    """Checking that nothing that was frozen has changed."""

    _inherit = "yangguang.publication"

    @api.model
    def _verify_all(self):
        """Recomputes every chain and every digest; gives a sentence for each that differs."""
        problems = []
        for row in self.env["yangguang.chain"].sudo().search([], order="division_id"):
            problems += self._verify_chain(row)
        return problems

    @api.model
    def _verify_chain(self, row):
        publications = self.sudo().search(
            [("division_id", "=", row.division_id.id)], order="position"
        )
        broken = chain.verify(
            (one.position, one.envelope.encode(), one.link) for one in publications
        )
        place = row.division_id.code
        if broken is not None:
            yield f"{place}: the chain of publications is broken at position {broken}"
        last = publications[-1:]
        if (last.position or 0, last.link or chain.GENESIS) != (row.position, row.head):
            yield f"{place}: publications are missing after position {last.position or 0}"
        for publication in publications:
            for part in publication._differing_parts():
                yield f"{place}: {part} of {publication.code} differs from its digest"

    def _differing_parts(self):
        """Yield the parts of this publication whose bytes no longer give the sealed digest."""
        self.ensure_one()
        digests = canonical.parse(self.envelope.encode())["digests"]
        present = {}
        if page := self.page_ids:
            present["public"] = page.content.encode()
            present["pdf"] = base64.b64decode(page.with_context(bin_size=False).pdf)
            for entry, file in zip_longest(page._face().get("files", ()), self.file_ids):
                if not entry or not file or canonical.digest(file._bytes()) != entry["digest"]:
                    yield "a file"
        for rendition in (
            self.env["yangguang.rendition"].sudo().search([("publication_id", "=", self.id)])
        ):
            present[rendition.audience] = rendition.content.encode()
        withdrawn = self.state == "withdrawn"
        for part, digest in digests.items():
            if part not in present and withdrawn:
                continue
            if part not in present or canonical.digest(present[part]) != digest:
                yield part
