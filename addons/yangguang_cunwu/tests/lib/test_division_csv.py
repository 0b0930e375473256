import csv
import io
import time

import pytest

from odoo.addons.yangguang_cunwu.lib.division_csv import read

COLUMNS = ("code12", "name", "official_suffix_name", "kind", "parent_code12", "in_use", "comment")
DISTRICT = "990122000000"
TOWN = "990122100000"


def unit(code, name="南湖村", kind="village", parent=TOWN, in_use="yes"):
    return {
        "code12": code,
        "name": name,
        "official_suffix_name": f"{name}委会",
        "kind": kind,
        "parent_code12": parent,
        "in_use": in_use,
        "comment": "",
    }


def upper_units():
    return [
        unit("990000000000", "示例省", "province", ""),
        unit("990100000000", "示例市", "prefecture", "990000000000"),
        unit(DISTRICT, "东岭区", "district", "990100000000"),
    ]


def town(number, kind="town", **values):
    return unit(f"990122{number:03d}000", f"东岭{number}镇", kind, DISTRICT, **values)


def csv_bytes(units, encoding="utf-8"):
    output = io.StringIO()
    writer = csv.DictWriter(output, COLUMNS)
    writer.writeheader()
    writer.writerows(units)
    return output.getvalue().encode(encoding)


def whole_district():
    """240 lines: 11 above the villages' towns included, 3 zones, 6 virtual units, 212 villages."""
    units = upper_units()
    units += [town(number) for number in range(100, 115)]
    units += [town(number, "zone", in_use="statistical_only") for number in (403, 405, 406)]
    units += [
        unit(f"990122{number:03d}{ending}", "虚拟社区", "virtual", f"990122{number:03d}000", "no")
        for number, ending in [
            (403, "498"),
            (405, "498"),
            (406, "498"),
            (100, "598"),
            (101, "598"),
            (102, "598"),
        ]
    ]
    units += [
        unit(
            f"990122{100 + index % 15}{201 + index // 15}",
            "南湖村",
            "village",
            f"990122{100 + index % 15}000",
        )
        for index in range(240 - len(units))
    ]
    return units


def problems(units, **options):
    return [str(problem) for problem in read(csv_bytes(units), **options).problems]


def test_a_whole_district():
    started = time.perf_counter()
    reading = read(csv_bytes(whole_district()))
    assert time.perf_counter() - started < 1
    assert reading.problems == []
    assert len(reading.rows) == 229
    assert len(reading.skipped) == 11
    seen = {"990100000000"}
    for division in reading.rows:
        assert division.parent_code in seen
        seen.add(division.code)
    assert reading.rows[0].official_name == "东岭区委会"


def test_the_reasons_for_skipping():
    reading = read(csv_bytes([*whole_district()[:26], unit("990122100201", in_use="no")]))
    reasons = {unit.code: (unit.line, unit.reason) for unit in reading.skipped}
    assert reasons["990000000000"] == (2, "区县以上单位，不在本系统内")
    assert reasons["990100000000"] == (3, "区县以上单位，不在本系统内")
    assert str(reading.skipped[0]) == "第2行示例省（990000000000）：区县以上单位，不在本系统内"
    assert reasons["990122403000"] == (20, "仅用于统计的区域，不设公开单位")
    assert reasons["990122403498"] == (23, "虚拟单位，不设公开单位")
    assert reasons["990122100201"] == (28, "已停用，不设公开单位")


def test_a_virtual_unit_is_known_by_its_code_alone():
    reading = read(csv_bytes([unit("990122100598", kind="community")]), {TOWN})
    assert [unit.reason for unit in reading.skipped] == ["虚拟单位，不设公开单位"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_usual_encodings(encoding):
    reading = read(csv_bytes([unit("990122100201")], encoding), {TOWN})
    assert [division.name for division in reading.rows] == ["南湖村"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (unit("99012210020"), "第2行「code12」：应为12位数字"),
        (unit("9.90102E+11"), "第2行「code12」：应为12位数字"),
        (unit("\uff1990122100201"), "第2行「code12」：应为12位数字"),
        (unit("990122100201", name=" "), "第2行「name」：名称不能为空"),
        (unit("990122100201", kind="hamlet"), "第2行「kind」：不认识的类型「hamlet」"),
        (unit("990122100000"), "第2行「code12」：代码990122100000与类型「village」的层级不符"),
        (
            unit("990122100201", kind="town", parent=DISTRICT),
            "第2行「code12」：代码990122100201与类型「town」的层级不符",
        ),
        (
            unit("990122101201"),
            "第2行「parent_code12」：代码990122101201不在上级代码990122100000之下",
        ),
        (
            unit("990122100201", parent=""),
            "第2行「parent_code12」：代码990122100201不在上级代码（空）之下",
        ),
        (
            unit("990122101201", parent="990122101000"),
            "第2行「parent_code12」：上级990122101000不在文件中，也未建立",
        ),
    ],
)
def test_each_mistake_is_named_with_its_line(wrong, message):
    (problem,) = problems([wrong], known_codes={TOWN})
    assert problem.startswith(message)


def test_a_code_given_twice():
    units = [unit("990122100201"), unit("990122100202"), unit("990122100201", "北湖村")]
    assert problems(units, known_codes={TOWN}) == ["第4行「code12」：代码990122100201与第2行重复"]


def test_a_village_under_a_unit_that_is_skipped():
    units = [
        *upper_units(),
        town(403, "zone", in_use="statistical_only"),
        unit("990122403201", parent="990122403000"),
    ]
    assert problems(units) == ["第6行「parent_code12」：上级990122403000不设公开单位"]


def test_a_wrong_town_does_not_make_its_villages_wrong():
    wrong = {**town(100), "name": ""}
    units = [*upper_units(), wrong, unit("990122100201")]
    assert problems(units) == ["第5行「name」：名称不能为空"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "第1行「code12、name、kind、parent_code12」：表头缺少这些列"),
        (b"code12,name\n", "第1行「kind、parent_code12」：表头缺少这些列"),
        (b"\xff\xfe\xff", "第1行「文件」：文字编码无法识别"),
        (b'code12,name,kind,parent_code12\n"990122', "「文件」：不是规范的CSV"),
    ],
)
def test_files_that_are_no_such_list(content, message):
    (problem,) = read(content).problems
    assert message in str(problem)


def test_short_lines_and_extra_cells_are_read():
    content = (
        b"code12,name,kind,parent_code12\n990122100201\n990122100202,n,village,990122100000,x\n"
    )
    reading = read(content, {TOWN})
    assert [division.code for division in reading.rows] == ["990122100202"]
    assert [problem.column for problem in reading.problems] == ["name"]
