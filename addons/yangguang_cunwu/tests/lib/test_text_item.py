from datetime import date

import pytest

from odoo.addons.yangguang_cunwu.lib import privacy, text_item

TODAY = date(2026, 3, 31)


def test_plain_text_stays_plain():
    assert text_item.complete({"text": "第一段\n第二段"}) == {
        "text": "第一段\n第二段",
        "zero": None,
    }


def test_paragraphs_alone_are_plain_text():
    document = text_item.complete({"html": "<div>第一段</div><p>第二<i>段</i></p>"})
    assert document == {"text": "第一段\n第二段", "zero": None}


def test_a_format_is_kept_beside_the_text():
    document = text_item.complete({"html": "<h1>甲</h1>乙", "text": "别的"})
    assert document == {"html": "<h3>甲</h3><p>乙</p>", "text": "甲\n乙", "zero": None}
    assert text_item.complete(document) == document


def test_an_emptied_editor_empties_the_text():
    assert text_item.complete({"html": "<p><br></p>", "text": "甲"})["text"] == ""


@pytest.mark.parametrize("document", [{"text": "<b>甲</b>"}, {"html": "<b>甲</b>"}, {}])
def test_what_an_editor_is_given_means_the_same(document):
    stored = text_item.complete(document)
    again = text_item.complete({"html": text_item.editable(stored)})
    assert again == {**stored, "text": stored["text"] or ""}


@pytest.mark.parametrize(
    "document",
    [{"rows": []}, {"text": 1}, {"html": ["<p>"]}, {"html": {"a": "b"}}, {"files": None}],
)
def test_another_shape_is_refused(document):
    with pytest.raises(ValueError, match="内容只能是文字"):
        text_item.complete(document)


@pytest.mark.parametrize("key", ["text", "html"])
def test_a_text_has_a_limit(key):
    with pytest.raises(ValueError, match="文字过长"):
        text_item.complete({key: "长" * 20_001})


@pytest.mark.parametrize(
    "html",
    [
        "138<b>0013</b>8000",
        "&#49;38&#48;013<span style='x'>8000</span>",
        "138<!-- x -->0013<wbr>8000",
        "<ul><li>１３８<strong> 0013 </strong>8000</li></ul>",
        "<table><tr><td>138<td>00138000</tr></table>",
        "<table><tr><td>王小明<td><p>138</p><p>00138000</p></table>",
        "<p>138&#x200b;0013&shy;8000</p>",
        "<h2>13800138000</h2>",
    ],
)
def test_tags_do_not_hide_a_number(html):
    document = text_item.complete({"html": html})
    findings = list(privacy.find(privacy.passages(None, document), TODAY))
    assert [finding.hit.kind for finding in findings] == ["mobile"]
