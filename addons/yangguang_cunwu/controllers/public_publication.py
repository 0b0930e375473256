"""The page of one publication, its files, and the check that anybody can make of it."""

import base64

from markupsafe import Markup
from werkzeug.exceptions import Gone, NotFound

from odoo import http
from odoo.http import request

from ..lib import attachments, chart_svg, clock, codes, excel, face, figures, verification
from .public_common import answer, public_route, secure
from .public_page import find_place, links, page, redirect

# extension -> content type
FILES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class PublicPublication(http.Controller):
    @public_route("/p/<string:code>")
    def publication(self, code, **ignored):
        publication = find_publication(code)
        if publication.code != code:
            return redirect(links().publication(publication.code))
        sheet = publication._page()
        url = links()
        return page(
            "public_publication",
            title=" ".join(filter(None, (publication.title, publication.period_label))),
            description=f"{publication.division_name} {publication.item_name}",
            place=find_place(publication.division_code),
            trail=(
                (
                    publication.category_name,
                    url.category(publication.division_code, publication.category_number),
                ),
                (
                    publication.item_name,
                    url.item(publication.division_code, publication.item_code),
                ),
                (publication.period_label or publication.title, None),
            ),
            noindex=is_hidden_from_search(publication),
            card=sheet and url.card(publication.code),
            publication=publication,
            printed_code=codes.grouped(publication.code),
            withdrawn=publication._event("withdrawn"),
            superseded=publication._event("superseded"),
            successor=publication._successor(),
            predecessor=publication._predecessor(),
            until=publication._shown_until(),
            displayed=publication.has_screen
            and request.env._("Shown on %(days)s days so far", days=publication.days_displayed),
            **_content(publication, sheet),
        )

    @public_route("/v/<string:place_code>/p/<string:code>")
    def publication_of_place(self, place_code, code, **ignored):
        return redirect(links().publication(find_publication(code).code))

    @public_route("/p/<string:code>.<any(pdf,xlsx,csv):extension>")
    def file(self, code, extension, **ignored):
        publication = find_publication(code)
        if publication.code != code:
            return redirect(links().file(publication.code, extension))
        return file_answer(publication, extension)

    @public_route("/p/<string:code>/files/<int:number>")
    def attachment(self, code, number, **ignored):
        publication = find_publication(code)
        if publication.code != code:
            return redirect(links().attachment(publication.code, number))
        if not publication._page():
            raise Gone
        return attachment_answer(publication, number)

    @public_route("/verify")
    def verify_form(self, code="", **ignored):
        known = codes.normalise(code)
        if known:
            return redirect(links().verify(known))
        return page(
            "public_verify_form",
            title=request.env._("Check a sheet"),
            trail=((request.env._("Check a sheet"), None),),
            wrong=code.strip(),
        )

    @public_route("/verify/<string:code>")
    def verify(self, code, sha256="", **ignored):
        publication = find_publication(code)
        if publication.code != code:
            return redirect(links().verify(publication.code))
        sheet = publication._page()
        files = _bytes(sheet) if sheet else {}
        envelope = publication.envelope.encode()
        findings = verification.examine(
            envelope,
            publication.previous,
            publication.position,
            publication.link,
            publication._summary(),
            files,
        )
        pasted = "".join(sha256.split()).lower()
        withdrawn = publication.state == "withdrawn"
        return page(
            "public_verify",
            title=f"{request.env._('Check a sheet')} {codes.grouped(publication.code)}",
            place=find_place(publication.division_code),
            trail=((request.env._("Check a sheet"), None),),
            noindex=True,
            publication=publication,
            printed_code=codes.grouped(publication.code),
            sealed=verification.parsed(envelope),
            face=verification.parsed(files.get("page", b"null")),
            findings=findings,
            withdrawn=withdrawn,
            intact=all(
                finding.agrees or (withdrawn and finding.found is None) for finding in findings
            ),
            pasted=pasted,
            match=next((one.part for one in findings if one.agrees and one.found == pasted), None),
        )


def find_publication(code):
    """The publication with this public code, however it is typed; raises NotFound."""
    known = codes.normalise(code)
    publication = known and request.env["yangguang.publication"].search([("code", "=", known)])
    if not publication:
        raise NotFound
    return publication


def is_hidden_from_search(publication):
    """Whether search engines are asked to leave a publication out: it is meant for the village,
    it is no longer valid, or its days on display are over."""
    until = publication._shown_until()
    return (
        publication.audience != "public"
        or publication.state != "published"
        or bool(until and until < clock.today())
    )


def file_answer(publication, extension):
    """Return a file of the publication; raises Gone when it was taken down."""
    sheet = publication._page()
    if not sheet:
        raise Gone
    name = f"{publication.code}.{extension}"
    if extension == "pdf":
        body, tag = _pdf(sheet), sheet.pdf_digest
    else:
        face = sheet._face()
        body = excel.to_csv(face) if extension == "csv" else excel.export(face)
        tag = f"{sheet.digest}-{extension}"
    return answer(
        body,
        FILES[extension],
        tag=tag,
        noindex=is_hidden_from_search(publication),
        headers={
            "Content-Disposition": f"{'inline' if extension == 'pdf' else 'attachment'};"
            f' filename="{name}"'
        },
    )


def attachment_answer(publication, number):
    """Return an attached file of the publication, in parts when the reader asks for parts."""
    file = publication.file_ids.filtered(lambda one: one.number == number)
    if not file:
        raise NotFound
    stream = request.env["ir.binary"]._get_stream_from(
        file, "content", filename=file.name, mimetype=file.mimetype
    )
    # what a browser shows by itself; the rest is to be saved
    shown = file.mimetype.startswith(("image/", "video/")) or file.mimetype == FILES["pdf"]
    response = stream.get_response(as_attachment=not shown, etag=file.digest, max_age=None)
    secure(response, noindex=is_hidden_from_search(publication))
    return response


def _content(publication, sheet):
    """What the page shows of the frozen face; nothing of a sheet that was taken down."""
    if not sheet:
        return {"face": None}
    shown = sheet._face()
    told = publication._in_plain_words(shown)
    return {
        "face": shown,
        "heading": face.heading,
        "told": told,
        # written by `rich_text` alone
        "text": Markup(face.text_html(shown)),
        # drawn by ourselves, every text in it escaped
        "chart": told and told.chart and Markup(chart_svg.draw(told.chart)),
        "figures": figures.figures(shown),
        "fields": figures.fields(shown),
        "notice": face.notice(shown),
        "attachments": [
            {
                **entry,
                "number": number,
                "kind": attachments.kind(entry["mimetype"]),
                "size_label": attachments.size_label(int(entry["size"])),
            }
            for number, entry in enumerate(shown.get("files", ()), start=1)
        ],
        "labels": {
            "filed": request.env._("Filed"),
            "print": request.env._("Print"),
            "read": request.env._("Read aloud"),
            "rows": request.env._("%(count)s rows", count=shown["row_count"]),
            "stop": request.env._("Stop reading"),
        },
    }


def _bytes(sheet):
    files = {"page": sheet.content.encode()}
    if sheet.pdf:
        files["pdf"] = _pdf(sheet)
    return files


def _pdf(sheet):
    return base64.b64decode(sheet.with_context(bin_size=False).pdf)
