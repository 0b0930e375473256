import re
import tracemalloc
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib import canonical, rich_text
from odoo.addons.yangguang_cunwu.lib.rich_text import Item, List, Paragraph, Run, Table
from odoo.addons.yangguang_cunwu.lib.tables.values import clean as visible_text

TAGS = {"p", "h3", "h4", "strong", "br", "ul", "ol", "li", "table", "tbody", "tr", "th", "td"}
# what has got past one sanitiser or another
HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//x.example/y.js></sCrIpT>",
    "<scr\0ipt>alert(1)</scr\0ipt>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=x OnErRoR=alert(1)//",
    "<p onclick=alert(1) style='background:url(javascript:x)' class=x id=y data-x=z>甲</p>",
    "<a href=' &#106;avascript:alert(1)'>甲</a>",
    "<a href=https://x.example>甲</a>",
    "<svg onload=alert(1)><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><p><style><!--</style><img src=x onerror=alert(1)>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;<img src onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<style>@import 'x'; p{color:red}</style>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object><embed src=x>",
    "<form action=//x.example><input name=q value=v autofocus onfocus=alert(1)></form>",
    "<meta http-equiv=refresh content='0;url=//x.example'><base href=//x.example><link rel=x>",
    "<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<!--[if gte mso 9]><script>alert(1)</script><![endif]-->",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "<textarea><img src=x onerror=alert(1)></textarea><title><b>x</title>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<table><tr onclick=x><td background='javascript:x' colspan='2 onload=x'>乙",
    '<ol start="3 onclick=x"><li value="x">丙',
    "<p>\u0338<b>\u0338甲</b></p>",
    "\u202e<p>\ufeff丁\u200b</p>",
    "<",
    "<b",
    "</",
    "]]>",
    "'\"`",
]
FRAGMENTS = [
    *(f"<{tag}>" for tag in sorted(TAGS)),
    *(f"</{tag}>" for tag in sorted(TAGS)),
    *[
        "<div>",
        "</div>",
        "<span>",
        "<b>",
        "</b>",
        "<h1>",
        "<h6>",
        "</h6>",
        "<ul>",
        "</ul>",
        "<thead>",
        "<caption>",
    ],
    "<td colspan=3 rowspan=2>",
    "<ol start=7>",
    "<li>",
    "·&nbsp;&nbsp; ",
    " ",
    "&nbsp;",
    "\n",
    "甲",
    "一二三",
    "x<br>",
    "e\u0301",
    "\u0301",
    "\u0338",
    "\u0f73",
    "\u3000",
    "1.5",
]
MARKUP = st.lists(st.sampled_from(FRAGMENTS + HOSTILE) | st.text(max_size=8), max_size=25).map(
    "".join
)


class Markup(HTMLParser):
    """What a browser would be given: the tags with their attributes, and the text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.other, self.open, self.text = [], [], [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, tuple(attributes)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        self.other.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def letters(text):
    """`text` without white space and without marks of lists."""
    return re.sub(r"[\s·]|\d+\.", "", text)


def assert_canonical(html):
    markup = Markup(html)
    assert markup.open == markup.other == []
    for tag, attributes in markup.tags:
        assert tag in TAGS
        assert not attributes or (
            tag == "ol"
            and re.fullmatch("[1-9][0-9]{0,3}", dict(attributes)["start"])
            and len(attributes) == 1
        )
    assert rich_text.clean(html) == html
    # the frozen bytes hold it as it is
    assert canonical.parse(canonical.canonical({"html": html}))["html"] == html


@given(MARKUP)
def test_only_what_is_allowed_comes_out_and_comes_out_the_same_again(html):
    cleaned = rich_text.clean(html)
    assert_canonical(cleaned)
    assert rich_text.plain(cleaned) == rich_text.plain(html)
    assert letters(Markup(cleaned).text) == letters(rich_text.plain(html))


@pytest.mark.parametrize("fragment", HOSTILE)
def test_nothing_hostile_survives(fragment):
    for html in (
        fragment,
        f"<p>前{fragment}后</p>",
        f"<table><tr><td>{fragment}",
        f"<ul>{fragment}",
    ):
        cleaned = rich_text.clean(html)
        assert_canonical(cleaned)
        assert "前" not in html or "前" in cleaned


LINES = st.text(st.characters(exclude_categories=["Cs", "Cn", "M"]), max_size=30)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "<p>{}</p>",
                    "<div><span style='x'>{}</span></div>",
                    "<h2>{}</h2>",
                    "<ul><li>{}</li></ul>",
                    "<ol start=4><li><p>{}</p></li></ol>",
                    "<table><tr><td>{}</td><td rowspan=2><p>{}</p></td></tr></table>",
                    "<blockquote><a href=x>{}</a></blockquote>",
                    "<o:p><font color=red>{}</font></o:p><br>",
                ]
            ),
            LINES,
        ),
        max_size=8,
    )
)
def test_no_visible_character_is_lost(parts):
    html = "".join(
        pattern.format(*[line.replace("&", "&amp;").replace("<", "&lt;")] * pattern.count("{}"))
        for pattern, line in parts
    )
    expected = "".join(line * pattern.count("{}") for pattern, line in parts)
    expected = letters(visible_text(expected))
    if not rich_text.plain(html).startswith("·") and "\xa0" not in expected:
        assert letters(rich_text.plain(html)) == expected


@given(LINES, LINES)
def test_plain_lines_stay_as_they_are(first, second):
    lines = [" ".join(re.split(r"[ \xa0]+", visible_text(line))) for line in (first, second)]
    lines = [part.strip() for line in lines for part in line.split("\n") if part.strip()]
    html = rich_text.from_plain("\n".join(lines))
    assert rich_text.plain(html) == "\n".join(lines)
    assert rich_text.is_plain(rich_text.blocks(html))


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<p>甲<b>乙</b><strong>丙</strong> 丁</p>", "<p>甲<strong>乙丙 </strong>丁</p>"),
        ("甲<div>乙</div>丙", "<p>甲</p><p>乙</p><p>丙</p>"),
        ("<p>甲<br>乙<br></p><p><br></p><p>&nbsp;</p>", "<p>甲<br>乙</p>"),
        ("<p> 甲 \n a </p>", "<p>甲 a</p>"),
        ("<p>甲\n  乙，\n丙</p>", "<p>甲乙，丙</p>"),
        ("<p>　　甲　　年</p>", "<p>甲　　年</p>"),
        ("<h1><b>甲</b></h1><h2>乙</h2><h4>丙</h4>", "<h3>甲</h3><h4>乙</h4><h4>丙</h4>"),
        ("<h5>甲</h5>", "<h3>甲</h3>"),
        ("<h4>甲</h4><h3>乙</h3>", "<h3>甲</h3><h3>乙</h3>"),
        ("<ol start=3><li>甲<li>乙</ol>", '<ol start="3"><li>甲</li><li>乙</li></ol>'),
        ("<ol start=x><li>甲</ol>", "<ol><li>甲</li></ol>"),
        (
            "<ul><li><p>甲</p><p>乙</p><ol><li>丙</ol>丁</ul>",
            "<ul><li>甲<br>乙<ol><li>丙<br>丁</li></ol></li></ul>",
        ),
        (
            "<ul><li>甲</li><li class='oe-nested'><ul><li>乙</li></ul></li></ul>",
            "<ul><li>甲<ul><li>乙</li></ul></li></ul>",
        ),
        ("<ul><li></li></ul>", ""),
        (
            "<ul><li>1<ul><li>2<ul><li>3<ul><li>4<ul><li>5</ul></ul></ul></ul></ul>",
            "<ul><li>1<ul><li>2<ul><li>3<ul><li>4</li><li>5</li></ul></li></ul></li></ul></li></ul>",
        ),
        (
            "<table><thead><tr><th>甲<th>乙</thead><tr><td>1</table>",
            "<table><tbody><tr><th>甲</th><th>乙</th></tr><tr><td>1</td><td></td></tr></tbody>"
            "</table>",
        ),
        (
            "<table><caption>题</caption><tr><td colspan=2>甲<td rowspan=2>乙<tr><td>1<td>2",
            "<p>题</p><table><tbody><tr><td>甲</td><td></td><td>乙</td></tr>"
            "<tr><td>1</td><td>2</td><td></td></tr></tbody></table>",
        ),
        (
            "<table><tr><td><p>甲</p><ol><li>乙<li>丙</ol><table><tr><td>1<td>2</table></table>",
            "<table><tbody><tr><td>甲<br>1. 乙<br>2. 丙<br>1　2</td></tr></tbody></table>",
        ),
        ("<ul><li>甲<table><tr><td>1<td>2</table></ul>", "<ul><li>甲<br>1　2</li></ul>"),
        ("<span style='font-weight: 700'>甲</span>", "<p><strong>甲</strong></p>"),
        ("<b style='font-weight:normal'>甲</b>", "<p>甲</p>"),
        ("<a href='https://x.example'>甲</a><img src=x alt=乙>", "<p>甲</p>"),
        ("<meta charset=gbk>甲", "<p>甲</p>"),
        ("", ""),
    ],
)
def test_canonical_form(html, cleaned):
    assert rich_text.clean(html) == cleaned


def test_blocks():
    html = "<h3>甲</h3><p>乙<strong>丙</strong></p><ol start='2'><li>丁</li></ol>"
    html += "<table><tr><th>戊</th></tr><tr><td>己</td></tr></table>"
    assert rich_text.blocks(html) == (
        Paragraph((Run("甲"),), level=1),
        Paragraph((Run("乙"), Run("丙", bold=True))),
        List((Item((Run("丁"),)),), start=2),
        Table((((Run("戊"),),), ((Run("己"),),)), has_head=True),
    )
    assert rich_text.plain(html) == "甲\n乙丙\n2. 丁\n戊\n己"


def test_a_word_processor_s_markup():
    html = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=gb2312>
    <!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml>
    <![endif]--><style>p.MsoNormal {mso-style-unhide:no; color:red}</style></head>
    <body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
    <p class=MsoTitle align=center style='text-align:center'><b style='mso-bidi-font-weight:normal'>
    <span style='font-size:22.0pt;font-family:宋体'>关于修路的通知<o:p></o:p></span></b></p>
    <p class=MsoNormal style='text-indent:24.0pt'><span lang=EN-US>2026</span>年<span
    lang=EN-US>3</span>月<b><span style='mso-hide:none'>封路</span></b>。<o:p>&nbsp;</o:p></p>
    <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
    style='font-family:Wingdings;mso-list:Ignore'>l<span style='font:7.0pt "Times New Roman"'>&nbsp;
    </span></span><![endif]>绕行北路</p>
    <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span
    style='mso-list:Ignore'>·<span>&nbsp;&nbsp;&nbsp;&nbsp; </span></span>减速慢行</p>
    <p class=MsoListParagraph><span style='mso-list:Ignore'>1、<span>&nbsp;&nbsp;</span></span>甲组
    </p><table class=MsoTableGrid border=1 style='border:none;mso-yfti-tbllook:1184'><tr style='x'>
    <td width=200 valign=top style='width:207pt'><p class=MsoNormal>路段<o:p></o:p></p></td>
    <td><p>日期</p></td></tr><tr><td><p>南街</p></td><td><table><tr><td>3<td>4</table></td></tr>
    </table><p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
    <!--EndFragment--></body></html>"""
    assert rich_text.clean(html) == (
        "<p>关于修路的通知</p><p>2026年3月<strong>封路</strong>。</p>"
        "<ul><li>绕行北路</li><li>减速慢行</li></ul><p>1、 甲组</p>"
        "<table><tbody><tr><td>路段</td><td>日期</td></tr>"
        "<tr><td>南街</td><td>3　4</td></tr></tbody></table>"
    )


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<p>" + "长" * 20_001, "文字过长，最多20000字"),
        ("长" * 2_000_001, "粘贴的内容过大"),
        ("<b>" * 500_000, "嵌套过深"),
        ("<div>" * 150, "嵌套过深"),
        ("<table><tr><td>" * 30_000, "嵌套过深"),
        ("<p>" * 600_000, "格式过于复杂"),
        ("<br>" * 400_000, "格式过于复杂"),
        ("<table><td><ol>" + "<li>" * 300_000, "格式过于复杂"),
        ("<" * 1_900_000, "文字过长"),
        ("<table><tr>" + "<td>" * 13, "最多12栏"),
        ("<table><td colspan=99>", "最多12栏"),
        ("<table>" + "<tr><td>甲" * 501, "最多500行"),
        ("<table><td colspan=12 rowspan=9999>甲" + "<tr><td>" * 501, "最多12栏"),
        (("<table>" + "<tr><td>甲<td><td>乙" * 250 + "</table>") * 14, "表格过多"),
    ],
)
def test_bombs_are_refused_in_a_sentence(html, sentence):
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=sentence):
            rich_text.clean(html)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()
