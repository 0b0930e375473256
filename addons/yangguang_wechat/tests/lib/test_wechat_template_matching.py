import pytest

from odoo.addons.yangguang_wechat.lib.template_matching import KINDS, kind_of, values_of
from odoo.addons.yangguang_wechat.simulators.state import State


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("问题答复通知", "answered"),
        ("村务公开提醒", "published"),
        ("任务逾期提醒", "overdue"),
        ("待办事项提醒", "duty_due"),
        ("审核结果通知", "review"),
        ("取餐通知", None),
    ],
)
def test_what_a_template_is_for(title, kind):
    assert kind_of(title, set()) == kind


def test_a_kind_has_one_template():
    assert kind_of("问题答复通知", {"answered"}) is None
    assert kind_of("公开答复通知", {"answered"}) == "published"


def test_what_is_said_in_each_line():
    content = "事项:{{thing1.DATA}}\n村名:{{thing2.DATA}}\n公开时间:{{date3.DATA}}\n"
    assert values_of(content) == [
        ("事项", "thing1", "title"),
        ("村名", "thing2", "village"),
        ("公开时间", "date3", "time"),
    ]
    strange = "甲:{{character_string1.DATA}}\n乙:{{thing2.DATA}}\n丙:{{thing3.DATA}}"
    assert [name for _label, _keyword, name in values_of(strange)] == ["number", "title", "text"]


def test_every_kind_is_found_among_templates_as_they_are_named():
    taken = set()
    for template in State().templates:
        taken.add(kind_of(template["title"], taken))
        assert len({name for _label, _keyword, name in values_of(template["content"])}) == 3
    assert taken == set(KINDS)
