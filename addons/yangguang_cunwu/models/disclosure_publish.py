import base64
import secrets
from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError

from ..lib import canonical, clock, codes, face, masking, pdf, search

# hours within which a sheet that was published first is reviewed
RATIFY_HOURS = 24
SALT_BYTES = 16


class Disclosure(models.Model):
    """The one act that carries content from the private zone to the public one."""

    _inherit = "yangguang.disclosure"

    def action_publish(self):
        """The clerk publishes the sheet; gives the publication.

        In one transaction: the content is masked and frozen for each audience, the PDF is drawn,
        the envelope joins the village's chain, the town gets its filing. All of it, or nothing.
        """
        self.ensure_one()
        self._begin_step("publish")
        self._check_signed()
        self._refuse_unchecked(self._checkers_needed())
        now = clock.now()
        document = self._filled_document()
        self._refuse_problems(document)
        publication = self._freeze(document, now)
        first = self.event_ids[-1:].kind == "sign_first"
        values = {"publication_id": publication.id, "published_first": first}
        if first:
            values["ratify_until"] = now + timedelta(hours=RATIFY_HOURS)
        self._finish_step("publish", **values)
        if first:
            self._open_review()
        self._supersede(publication, now)
        self._file(publication, now)
        self._after_publish(publication)
        return publication

    def action_publish_chosen(self):
        """The clerk publishes the sheets chosen in a list, each under its own guards.

        One that is refused stays where it is and does not keep back the others; the answer says
        how many went out and why each of the rest did not.
        """
        refused = []
        for disclosure in self:
            try:
                with self.env.cr.savepoint():
                    disclosure.action_publish()
            except UserError as refusal:
                refused.append(
                    self.env._(
                        "%(sheet)s: %(reason)s", sheet=disclosure.display_name, reason=refusal
                    )
                )
        published = self.env._("Published: %(count)s", count=len(self) - len(refused))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": "\n".join([published, *refused]),
                "type": "warning" if refused else "success",
                "sticky": bool(refused),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _check_signed(self):
        """Raises unless the secretary's signature, where it is needed, covers this content."""
        if self.content_digest != self._digest():
            raise UserError(self.env._("The content is not the one that was reviewed."))
        if not self.item_id.needs_signature and self.state == "agreed":
            return
        signature = (
            self.env["yangguang.signature"]
            .sudo()
            .search([("disclosure_id", "=", self.id), ("round", "=", self.round)])
        )
        if self.state != "signed" or signature.digest != self.content_digest:
            raise UserError(self.env._("The Party secretary has to sign this sheet first."))

    def _freeze(self, document, now):
        """Makes the publication with its page and renditions, and its first event."""
        item = self.item_id
        code = codes.public_code(secrets.token_bytes(8))
        faces = self._faces(document, now)
        public = faces.pop("public", None)
        page = self._page_values(public, code) if public else None
        renditions = {
            audience: canonical.canonical({**shown, "salt": secrets.token_hex(SALT_BYTES)})
            for audience, shown in faces.items()
        }
        division = self.division_id
        envelope = {
            "format": "yangguang.envelope/1",
            "code": code,
            "division": {"code": division.code, "name": division.name},
            "item": {"code": item.code, "name": item.name},
            "period": self.period_label or None,
            "audience": item.audience,
            "open_web": item.open_web,
            "time": clock.to_local(now).isoformat(),
            "corrects": self.corrects_id.code or None,
            "carried_over": "1" if self.carried_over else None,
            "digests": {
                **({"public": page["digest"], "pdf": page["pdf_digest"]} if page else {}),
                **{key: canonical.digest(content) for key, content in renditions.items()},
            },
        }
        publication = (
            self.env["yangguang.publication"]
            .sudo()
            ._append(
                envelope,
                {
                    "code": code,
                    "division_id": division.id,
                    "division_code": division.code,
                    "division_name": division.name,
                    "town_name": division.parent_id.name,
                    "item_id": item.id,
                    "item_code": item.code,
                    "item_name": item.name,
                    "category_number": item.category_id.number,
                    "category_name": item.category_id.name,
                    "title": self._title(),
                    "period_key": self.period_key,
                    "period_label": self.period_label,
                    "audience": item.audience,
                    "open_web": item.open_web,
                    "time": now,
                    "display_until": self._display_until(now),
                    "carried_over": self.carried_over,
                    "corrects_id": self.corrects_id.id,
                },
            )
        )
        if page:
            self.env["yangguang.public.page"].sudo().create(
                {"publication_id": publication.id, **page}
            )
            self._publish_files(publication, public)
        self.env["yangguang.rendition"].sudo().create(
            [
                {
                    "publication_id": publication.id,
                    "division_id": division.id,
                    "audience": audience,
                    "content": content.decode(),
                    "digest": canonical.digest(content),
                }
                for audience, content in renditions.items()
            ]
        )
        publication._record_event("published", now, self.env.user.partner_id)
        return publication

    def _display_until(self, now):
        """The last day on which the sheet is protected on display; None for standing items."""
        if self.item_id.frequency == "permanent":
            return False
        return clock.to_local(now).date() + timedelta(days=self.item_id.min_display_days)

    def _title(self):
        layout = self._layout()
        return layout.title if layout else self.item_id.name

    def _faces(self, document, now):
        """What each audience of the item gets: `{audience: face}`. No "public" among them when
        the open web gets nothing."""
        item = self.item_id
        faces = {}
        context = self._face_context(now)
        if item.open_web != "nothing":
            faces["public"] = self._face(document, "public", context, item.open_web == "totals")
        if item.audience != "public":
            faces[item.audience] = self._face(document, item.audience, context, False)
        return faces

    def _face(self, document, audience, context, totals_only):
        return face.build(
            self._layout(),
            document,
            context,
            audience,
            mask=masking.mask,
            totals_only=totals_only,
        )

    def _face_context(self, now=None):
        division, item = self.division_id, self.item_id
        return face.Context(
            division={
                "code": division.code,
                "name": division.name,
                "town": division.parent_id.name,
                "district": division.parent_id.parent_id.name,
            },
            item={"code": item.code, "name": item.name, "category": item.category_id.name},
            period=self.period_label or "",
            title=self._title(),
            procedure=tuple(self._procedure(now)),
            legal_basis=item.legal_basis or None,
            reconstruction=(
                "本表式为试行重建版，以区民政局正式印发的为准"
                if item.edition_id.reconstruction
                else None
            ),
        )

    def _procedure(self, now=None):
        """The steps as the public sees them: drafting, review, signature, publication."""
        last = {event.kind: event for event in self.sudo().event_ids if event.round == self.round}
        submit = last.get("submit")
        review = last.get("agree") or last.get("ratify")
        signed = last.get("sign") or last.get("sign_first")
        steps = [
            ("编制", submit.person_name if submit else None, submit),
            ("审核", "村务监督委员会" if review else None, review),
            ("签名把关", signed.person_name if signed else None, signed),
        ]
        yield from (
            {"label": label, "person": person, "date": event.date.isoformat()}
            for label, person, event in steps
            if event
        )
        if now:
            yield {
                "label": "公开",
                "person": self.env.user.partner_id.name,
                "date": clock.to_local(now).date().isoformat(),
            }

    def _page_values(self, public, code):
        """The public page's columns: the frozen face, its PDF, the words to find it by."""
        content = canonical.canonical(public)
        drawing = pdf.draw(public, public_code=code, verify_url=self._verify_url(code))
        return {
            "content": content.decode(),
            "digest": canonical.digest(content),
            "pdf": base64.b64encode(drawing.data),
            "pdf_digest": canonical.digest(drawing.data),
            "terms": search.vector(" ".join(_words(public))),
        }

    def _verify_url(self, code):
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url", "")
        return f"{base}/verify/{code}"

    def _supersede(self, publication, now):
        if not self.corrects_id:
            return
        self.corrects_id.sudo()._record_event(
            "superseded",
            now,
            self.env.user.partner_id,
            reason="correction",
            note=self.correction_reason,
            successor_id=publication.id,
        )

    def _file(self, publication, now):
        self.env["yangguang.filing"].sudo().create(
            {
                "publication_id": publication.id,
                "disclosure_id": self.id,
                "division_id": self.division_id.id,
                "date_sent": now,
            }
        )
        duty = self.duty_id.sudo() or self.env["yangguang.duty"].sudo().search(
            [
                ("division_id", "=", self.division_id.id),
                ("item_id", "=", self.item_id.id),
                ("period_key", "=", self.period_key),
            ]
        )
        if duty and not duty.published_on:
            duty.published_on = clock.to_local(now).date()

    def _after_publish(self, publication):
        """For other addons: insert outbox rows here. Runs inside the transaction, so no I/O."""


def _words(public):
    """Every text of a face that a reader may search for."""
    yield from filter(None, (public["title"], public["period"], public["text"]))
    for row in public["rows"]:
        yield from filter(None, row)
