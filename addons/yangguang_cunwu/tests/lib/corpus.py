"""Hundreds of files with invented personal data in every corner, and look-alikes beside it.

Everything comes from one seed: the same files each time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import samples
from planted import Source, Token


@dataclass
class Case:
    """A file, what is planted in it, and what must be gone from it."""

    name: str
    content: bytes
    tokens: list[Token] = field(default_factory=list)
    erased: list[Token] = field(default_factory=list)
    look_alikes: int = 0


def cases() -> Iterator[Case]:
    """The files of the corpus."""
    source = Source(20260331)
    makers = ((_workbook, 110), (_document, 110), (_pdf, 70), (_picture, 30), (_video, 10))
    for make, count in makers:
        for number in range(count):
            before = source.look_alikes
            case = make(source, number)
            case.look_alikes = source.look_alikes - before
            yield case


def _workbook(source, number):
    def fill(book, sheet):
        sheet.write_column(2, 0, [source.token(), source.look_alike(), source.token()])
        sheet.write_row(6, 0, [source.look_alike(), source.look_alike(), source.token()])
        sheet.write_row(7, 3, [source.token()])
        identity = source.number()
        sheet.write_row(10, 3, [identity[:9], identity[9:]])
        sheet.set_row(7, options={"hidden": True})
        sheet.write("K9", source.token())
        sheet.set_column("K:K", options={"hidden": True})
        sheet.write_comment("B2", source.token())
        sheet.set_footer(f"&L{source.token(broken=False)}")
        hidden = book.add_worksheet("底稿")
        hidden.write("B7", source.token())
        hidden.hide() if number % 2 else hidden.very_hidden()
        book.set_properties({"comments": source.token(broken=False)})
        book.define_name(f"name{number}", f'="{source.token(broken=False)}"')
        sheet.insert_textbox("D2", source.token())

    parts = {
        "xl__pivotCache__pivotCacheRecords1.xml": lambda text: f'<r><s v="{text}"/></r>',
        "xl__externalLinks__externalLink1.xml": lambda text: f"<a><cell><v>{text}</v></cell></a>",
        "customXml__item1.xml": lambda text: f"<data><who note='{text}'/></data>",
    }
    content = samples.workbook(fill)
    added = {name: write(source.token(broken=False)) for name, write in parts.items()}

    def leave_behind(name, part):
        if name != "xl/sharedStrings.xml":
            return part
        return part.replace(b"</sst>", f"<si><t>{source.token()}</t></si></sst>".encode())

    content = samples.repacked(content, leave_behind, **added)
    return Case(f"收据{number}.xlsx", content, source.drawn())


def _document(source, number):
    def words(properties=""):
        text = source.token().replace("\n", "</w:t><w:br/><w:t>")
        return samples.paragraph(text, properties)

    def in_pieces(text):
        """A paragraph whose text is cut into runs, as Word does with corrected text."""
        runs = (f"<w:r><w:t xml:space='preserve'>{piece}</w:t></w:r>" for piece in text)
        return f"<w:p>{''.join(runs)}</w:p>"

    deleted, added = source.token(broken=False), source.token(broken=False)
    body = [
        words(),
        in_pieces(source.token(broken=False)),
        samples.paragraph(source.look_alike()),
        words("<w:rPr><w:vanish/></w:rPr>"),
        f"<w:p><w:del w:author='a'><w:r><w:delText>{deleted}</w:delText></w:r></w:del></w:p>",
        f"<w:p><w:ins w:author='a'><w:r><w:t>{added}</w:t></w:r></w:ins></w:p>",
        f"<w:p><w:r><w:pict><w:txbxContent>{words()}</w:txbxContent></w:pict></w:r></w:p>",
        f"<w:tbl><w:tr><w:tc>{words()}</w:tc>"
        f"<w:tc>{samples.paragraph(source.look_alike())}</w:tc></w:tr></w:tbl>",
    ]
    parts = [
        (name, name.rstrip("0123456789"), inner.format(words()))
        for name, inner in (
            ("header1", "{}"),
            ("footer1", "{}"),
            ("footnotes", "<w:footnote>{}</w:footnote>"),
            ("comments", "<w:comment w:id='0'>{}</w:comment>"),
        )
    ]
    properties = f"<cp xmlns:d='d'><d:title>{source.token(broken=False)}</d:title></cp>"
    content = samples.document("".join(body), parts)
    content = samples.repacked(content, **{"docProps__core.xml": properties})
    return Case(f"纪要{number}.docx", content, source.drawn())


def _pdf(source, number):
    def draw(page):
        page.drawString(60, 500, source.token(broken=False))
        page.rect(50, 490, 400, 25, fill=1)
        page.setSubject(source.token(broken=False))
        page.textAnnotation(source.token(), Rect=(10, 10, 20, 20))
        page.bookmarkPage("a")
        page.addOutlineEntry(source.token(broken=False), "a")

    lines = [
        source.token(broken=False),
        source.look_alike(),
        source.token(broken=False),
        source.look_alike(),
    ]
    return Case(f"合同{number}.pdf", samples.pdf(draw, lines), source.drawn())


def _picture(source, number):
    kind = ("JPEG", "PNG", "WEBP")[number % 3]
    content = samples.picture(kind, text=source.token(), located=True)
    return Case(f"照片{number}.{kind.lower()}", content, erased=source.drawn())


def _video(source, number):
    title = samples.box(b"udta", samples.box(b"\xa9xyz", source.token().encode()))
    return Case(f"视频{number}.mp4", samples.video(beside=title), erased=source.drawn())
