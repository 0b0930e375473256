import base64
import json

from odoo import fields, models
from odoo.exceptions import UserError

from ..lib import attachments, canonical, clock, files


class Disclosure(models.Model):
    """Files beside the text: pictures, documents, video."""

    _inherit = "yangguang.disclosure"

    file_ids = fields.One2many("yangguang.file", "disclosure_id", readonly=True)
    takes_files = fields.Boolean(compute="_compute_takes_files")

    def _compute_takes_files(self):
        for disclosure in self:
            disclosure.takes_files = bool(disclosure._forms() & attachments.KINDS.keys())

    def _forms(self):
        """The forms of publication that the list allows for the item."""
        return set((self.item_id.forms or "").split("、"))

    def attach(self, revision, name, content):
        """Attaches a file of the bytes `content` to a draft; gives the new revision.

        It is looked at by its content, not by its name, and cleaned; raises UserError with a
        sentence when it cannot be kept. Personal data in it keeps the sheet from being submitted.
        """
        self.ensure_one()
        self._begin_change(revision)
        report = files.inspect(name, content, clock.today())
        if report.problems:
            raise UserError("\n".join(report.problems))
        if refusal := attachments.refusal(report.mimetype, self._forms()):
            raise UserError(refusal)
        digest = canonical.digest(report.content)
        if digest in self.file_ids.mapped("digest"):
            raise UserError(self.env._("%(name)s is attached already.", name=name))
        secret = self._finding_secret()
        file = (
            self.env["yangguang.file"]
            .sudo()
            .create(
                {
                    "disclosure_id": self.id,
                    "division_id": self.division_id.id,
                    "name": report.name,
                    "mimetype": report.mimetype,
                    "digest": digest,
                    "size": len(report.content),
                    "content": base64.b64encode(report.content),
                    "findings": json.dumps(
                        [[one.key(secret), one.sentence()] for one in report.findings],
                        ensure_ascii=False,
                    ),
                }
            )
        )
        document = self._document()
        entries = [*(document.get("files") or []), file._entry()]
        return self._store_content({**document, "files": entries})

    def detach(self, revision, file_id):
        """Removes a file from a draft, for good; gives the new revision."""
        self.ensure_one()
        self._begin_change(revision)
        file = self.file_ids.filtered(lambda one: one.id == file_id)
        if not file:
            raise UserError(self.env._("This file is not attached any more."))
        document = self._document()
        entries = [one for one in document.get("files") or [] if one["digest"] != file.digest]
        file.sudo().unlink()
        document = {**document, "files": entries}
        return self._store_content(document if entries else _without_files(document))

    def _file_problems(self):
        """Personal data in the attached files that nobody has permitted to show."""
        if not self._document().get("files"):
            return
        found = [pair for file in self.sudo().file_ids for pair in file._findings()]
        granted = self._granted_keys() if found else ()
        for key, sentence in found:
            if key not in granted:
                yield sentence

    def _publish_files(self, publication, shown):
        """Copies the files that the public face `shown` names into the public zone."""
        if not shown["files"]:
            return
        by_digest = {file.digest: file for file in self.sudo().file_ids}
        self.env["yangguang.public.file"].sudo().create(
            [
                {
                    "publication_id": publication.id,
                    "number": number,
                    "name": entry["name"],
                    "mimetype": entry["mimetype"],
                    "digest": entry["digest"],
                    "content": base64.b64encode(by_digest[entry["digest"]]._bytes()),
                }
                for number, entry in enumerate(shown["files"], start=1)
            ]
        )


def _without_files(document):
    return {key: value for key, value in document.items() if key != "files"}
