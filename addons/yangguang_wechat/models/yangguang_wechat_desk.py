from odoo import api, models
from odoo.exceptions import MissingError
from odoo.fields import Domain

from odoo.addons.yangguang_cunwu.lib import clock, echo_wall, face
from odoo.addons.yangguang_cunwu.lib.roles import DISTRICT, TOWN

# what a list on a telephone holds
_MOST = 50
_PAGE = 30
_LAMPS = {"overdue": "red", "soon": "yellow", "waiting": "green"}
# characters of a question in a list
_WORDS = 30
# pages of the mini-program
_SHEET, _FILING = "desk/sheet/sheet", "desk/filing/filing"


class WechatDesk(models.AbstractModel):
    """The desk of an official on his telephone. Everything runs as his own user: what he may see
    and do is what his offices allow in the browser."""

    _name = "yangguang.wechat.desk"
    _description = "Desk of an official on the telephone"

    @api.model
    def _todo(self):
        """What waits for the current user, by kind."""
        return {
            "duties": self._duties(),
            "reviews": self._reviews(),
            "filings": self._filings(),
            "questions": self._questions(),
        }

    @api.model
    def _duties(self):
        """What he has to publish within the next days, or should have."""
        drafts = self.env.user.draft_division_ids
        if not drafts:
            return []
        duties = self.env["yangguang.duty"].search(
            Domain("division_id", "in", drafts.ids) & Domain("light", "in", ("soon", "overdue")),
            limit=_MOST,
            order="due, id",
        )
        return [
            _line(duty, duty.item_id.name, duty.period_label, duty.due, _LAMPS[duty.light])
            for duty in duties
        ]

    @api.model
    def _reviews(self):
        """The sheets that wait for his vote."""
        if not self.env.user.review_division_ids:
            return []
        waiting, _voted = self.env["yangguang.disclosure"]._open_to_vote()
        today = clock.today()
        lines = []
        for sheet in waiting[:_MOST]:
            until = sheet.ratify_until and clock.to_local(sheet.ratify_until).date()
            lamp = "red" if until and until < today else "yellow"
            lines.append(_line(sheet, sheet.item_id.name, sheet.period_label, until, lamp, _SHEET))
        return lines

    @api.model
    def _filings(self):
        """What villages have filed and the town has not answered."""
        towns = self._divisions_of("town_officer")
        if not towns:
            return []
        filings = self.env["yangguang.filing"].search(
            Domain("state", "=", "sent") & Domain("division_id.parent_id", "in", towns.ids),
            limit=_MOST,
            order="id",
        )
        return [
            {
                **_line(filing, sheet.item_id.name, sheet.period_label, None, "green", _FILING),
                "publication": publication.code if publication.open_web != "nothing" else None,
            }
            for filing in filings
            for sheet, publication in [(filing.disclosure_id, filing.publication_id)]
        ]

    @api.model
    def _questions(self):
        """The questions that his office has to answer."""
        user = self.env.user
        drafts = user.draft_division_ids
        reached = [Domain("division_id", "in", drafts.ids)] if drafts else []
        if towns := self._divisions_of("town_officer"):
            here = Domain("division_id.parent_id", "in", towns.ids)
            reached.append(here & Domain("level", "=", str(TOWN)))
        if self._divisions_of("district_officer"):
            reached.append(Domain("level", "=", str(DISTRICT)))
        if not reached:
            return []
        questions = self.env["yangguang.question"].search(
            Domain("state", "in", list(echo_wall.OPEN)) & Domain.OR(reached),
            limit=_MOST,
            order="answer_due, id",
        )
        return [
            _line(
                question,
                f"{question.number} {question.text[:_WORDS]}",
                None,
                question.answer_due,
                question.lamp,
            )
            for question in questions
        ]

    @api.model
    def _overdue(self, after=None):
        """A page of what is overdue where he reads, the longest first, and the number of rows to
        go on after; None at the end."""
        duties = self.env["yangguang.duty"]
        if not duties.has_access("read"):
            return [], None
        start = after or 0
        found = duties.search(
            [("light", "=", "overdue")], order="due, id", offset=start, limit=_PAGE + 1
        )
        today = clock.today()
        rows = [
            {
                "village": duty.division_id.name,
                "item": " ".join(filter(None, (duty.item_id.name, duty.period_label))),
                "due": duty.due.isoformat(),
                "days": (today - duty.due).days,
            }
            for duty in found[:_PAGE]
        ]
        return rows, start + _PAGE if len(found) > _PAGE else None

    @api.model
    def _screens(self):
        """What is on the screens of the places he reads, as far as it is known."""
        user = self.env.user
        return self.env["yangguang.division"]._screens_now(
            user.read_place_ids | user.review_division_ids
        )

    @api.model
    def _sheet(self, sheet_id):
        """A sheet that has left the draft, with every column, as the committee reads it."""
        sheet = self._find_sheet(sheet_id)
        waiting, _voted = (
            sheet._open_to_vote() if self.env.user.review_division_ids else (sheet.browse(),) * 2
        )
        states = dict(sheet._fields["state"]._description_selection(self.env))
        return {
            "title": sheet.item_id.name,
            "village": sheet.division_id.name,
            "period": sheet.period_label or None,
            "state": sheet.state,
            "state_label": states[sheet.state],
            "face": sheet._face(
                sheet._filled_document(), face.INTERNAL, sheet._face_context(), False
            ),
            "revision": sheet.revision,
            "can": {"vote": sheet in waiting and not sheet._refusal_to_vote()},
        }

    @api.model
    def _find_sheet(self, sheet_id):
        """The sheet, if the current user may read it and it has left the draft. Raises
        MissingError."""
        sheet = self.env["yangguang.disclosure"].search(
            [("id", "=", sheet_id), ("state", "!=", "draft")]
        )
        return self._found(sheet)

    @api.model
    def _find_filing(self, filing_id):
        """The filing, if the current user may read it. Raises MissingError."""
        return self._found(self.env["yangguang.filing"].search([("id", "=", filing_id)]))

    def _found(self, record):
        if not record:
            raise MissingError(self.env._("There is nothing here, or it is not open to you."))
        return record

    @api.model
    def _search_sheets(self, words):
        """What is on display where he reads and holds `words`, the newest first."""
        publications = self.env["yangguang.publication"]
        user = self.env.user
        places = user.read_place_ids | user.review_division_ids
        found = publications.search(
            publications._on_display()
            & publications._chosen(words=words)
            & Domain("division_id", "in", places.ids),
            limit=_MOST,
            order="id desc",
        )
        return [
            {
                "code": one.code,
                "title": " ".join(filter(None, (one.title, one.period_label))),
                "village": one.division_name,
                "published": clock.to_local(one.time).date().isoformat(),
            }
            for one in found
        ]

    def _divisions_of(self, role):
        offices = self.env.user._offices().filtered(lambda office: office.role == role)
        return offices.division_id


def _line(record, title, period, due, lamp, page=None):
    """A line of a list; `page` of the mini-program opens it, None for what needs the browser.
    `publication` is the public code of what a filing is about."""
    return {
        "id": record.id,
        "title": " ".join(filter(None, (title, period))),
        "village": record.division_id.name,
        "due": due.isoformat() if due else None,
        "lamp": lamp,
        "page": f"{page}?id={record.id}" if page else "",
        "publication": None,
    }
