import io

import pypdf
import pytest

from odoo.addons.yangguang_cunwu.lib import face, pdf, rich_text

CODE = "7Q4K9M2TXB6RDPWA"
CONTEXT = face.Context(
    division={"code": "445299101201", "name": "样例村", "town": "样例镇", "district": "样例区"},
    item={"code": "GK05", "name": "村规民约", "category": "村情"},
    period="2026年",
    procedure=({"label": "编制", "person": "王小明", "date": "2026-04-10"},),
)
RULES = rich_text.clean(
    """<h3>第一章 总则</h3><p>为了<b>推进</b>民主法治建设，制定本村规民约。</p>
    <ol start="3"><li>爱护公共财物<ul><li>路灯</li></ul></li><li>维护环境卫生</li></ol>
    <h4>附表</h4><table><tr><th>组</th><th>负责人</th></tr><tr><td>一组</td><td>张三</td></tr>
    <tr><td><b>合计</b></td><td><b>一人</b></td></tr></table>"""
)


def draw(html):
    document = {"text": rich_text.plain(html), "html": html}
    shown = face.build(None, document, CONTEXT, "public", mask=lambda value, kind: value)
    return pdf.draw(shown, public_code=CODE, verify_url=f"https://x.example/verify/{CODE}")


def pages(drawing):
    reader = pypdf.PdfReader(io.BytesIO(drawing.data))
    return [page.extract_text() for page in reader.pages]


def test_everything_is_drawn():
    (page,) = pages(draw(RULES))
    lines = page.split("\n")
    for line in ("第一章 总则", "为了推进民主法治建设，制定本村规民约。"):
        assert line in "".join(lines)
    lines = [line.strip() for line in lines]
    for line in ("3. 爱护公共财物", "· 路灯", "4. 维护环境卫生", "附表"):
        assert line in lines
    for cell in ("组", "负责人", "一组", "张三", "合计", "一人"):
        assert cell in page


def strokes(html):
    """The texts that are drawn bold, by the operators of the first page."""
    reader = pypdf.PdfReader(io.BytesIO(draw(html).data))
    return reader.pages[0].get_contents().get_data().count(b"2 Tr")


def test_bold_words_are_drawn_bold():
    plain = strokes("<p>为了推进建设</p>")
    assert strokes("<p>为了<strong>推进</strong>建设</p>") == plain + 1


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "很长的<strong>一段</strong>话。" * 900 + "</p>",
        "<ul>" + "<li>甲<br>乙<ul><li>丙</li></ul></li>" * 120 + "</ul>",
        "<table>" + "<tr><td>甲</td><td>长的格子，" + "要折行。" * 20 + "</td></tr>" * 120,
        "<table><tr><th>甲</th></tr>" + "<tr><td>乙</td></tr>" * 120,
        "<table><tr>" + "<td>很宽的一栏，写满了字</td>" * 12 + "</tr></table>",
        "<h3>题</h3><p>文</p>" * 60,
    ],
)
def test_what_is_long_goes_on(html):
    html = rich_text.clean(html)
    text = "".join(pages(draw(html)))
    for char in set("".join(rich_text.plain(html).split())):
        assert text.count(char) >= rich_text.plain(html).count(char)


def test_a_heading_does_not_stand_alone():
    for lines in range(25, 45):
        html = "<p>行</p>" * lines + "<h3>标题</h3>" + "<p>尾</p>" * 12
        for page in pages(draw(html))[:-1]:
            assert "标题" not in page or "尾" in page


def test_characters_the_font_lacks_are_named():
    drawing = draw("<p>𠮷<strong>祥</strong></p>")
    assert drawing.missing == ["𠮷"]
    assert "[U+20BB7]" in "".join(pages(drawing)).replace("\n", "")
