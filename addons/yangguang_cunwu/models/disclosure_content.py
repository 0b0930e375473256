import json

from odoo import models
from odoo.exceptions import LockError, UserError

from ..lib import canonical, clock, text_item
from ..lib.roles import DRAFTERS
from ..lib.tables import engine


class Disclosure(models.Model):
    """The content of a sheet: one document with a revision number, changed in the draft alone."""

    _inherit = "yangguang.disclosure"

    def _document(self):
        """The content as a dictionary; every scalar is a string or None."""
        self.ensure_one()
        return json.loads(self.content)

    def _layout(self):
        """The layout of the table, None for an item that is a text."""
        return self.template_id._layout() if self.template_id else None

    def save_content(self, revision, document):
        """Replaces the content of a draft by `document`; gives the new revision.

        `revision` is the one the writer has read: when another has been saved since, nothing is
        lost, the second writer is told. Computed columns are filled here.
        """
        self.ensure_one()
        self._begin_change(revision)
        completed = self._completed(document)
        # files come and go by `attach` and `detach` alone
        if files := self._document().get("files"):
            completed["files"] = files
        return self._store_content(completed)

    def _begin_change(self, revision):
        """Locks the draft for a change by the current user, who has read `revision`."""
        self.check_access("write")
        self._check_appointed(DRAFTERS)
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is saving this sheet right now: open it again, your entry is"
                    " not saved."
                )
            ) from error
        if self.state != "draft":
            raise UserError(self.env._("Only a draft can be changed."))
        if revision != self.revision:
            raise UserError(
                self.env._(
                    "Changed by %(person)s at %(time)s: open the sheet again, your entry is not"
                    " saved.",
                    **self._last_change(),
                )
            )

    def _store_content(self, document):
        self.sudo().write(
            {
                "content": canonical.canonical(document).decode(),
                "revision": self.revision + 1,
                "unread": False,
                "drafter_ids": [(4, self.env.user.partner_id.id)],
            }
        )
        return self.revision

    def _last_change(self):
        """Who wrote last, and when, as people read it."""
        return {
            "person": self.write_uid.name,
            "time": clock.to_local(self.write_date).strftime("%Y-%m-%d %H:%M"),
        }

    def _completed(self, document):
        """`document` in its stored form; raises UserError when it has another shape."""
        layout = self._layout()
        try:
            if layout:
                return engine.complete(layout, document)
            return text_item.complete(document)
        except ValueError as error:
            raise UserError(str(error)) from error

    def _digest(self):
        """The private digest of what is reviewed and signed: the content and what it is about."""
        self.ensure_one()
        return canonical.digest(
            canonical.canonical(
                {
                    "division": self.division_id.code,
                    "item": self.item_id.code,
                    "period": self.period_key or None,
                    "event_date": self.event_date.isoformat() if self.event_date else None,
                    "corrects": self.corrects_id.code or None,
                    "content": self._document(),
                }
            )
        )
