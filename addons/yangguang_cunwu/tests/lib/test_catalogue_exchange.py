"""The catalogue as YAML and Excel: what goes out comes back, what is broken is refused."""

import string
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib import catalogue
from odoo.addons.yangguang_cunwu.lib.catalogue import (
    Category,
    Edition,
    Item,
    Parameter,
    yaml_text,
)
from odoo.addons.yangguang_cunwu.lib.tables import (
    Column,
    FixedRow,
    HeaderField,
    Option,
    Rule,
    Template,
)
from odoo.addons.yangguang_cunwu.lib.tables.crosscheck import CrossCheck, Figure

DATA = Path(catalogue.__file__).parents[2] / "data" / "catalogue"
EDITIONS = {kind: catalogue.read_directory(DATA, kind) for kind in catalogue.DIVISION_KINDS}
VILLAGE = EDITIONS["village"]
SMALL = replace(
    VILLAGE,
    items=VILLAGE.items[:6],
    templates=VILLAGE.templates[:1],
    cross_checks=(),
    line_accounts={},
    option_sets={},
)


@pytest.fixture(params=sorted(EDITIONS))
def edition(request):
    return EDITIONS[request.param]


def test_yaml_gives_the_edition_back(edition):
    assert catalogue.load(catalogue.dump(edition)) == edition


def test_excel_gives_the_edition_back(edition):
    assert catalogue.from_workbook(catalogue.to_workbook(edition)) == edition


LETTERS = st.characters(
    categories=("L", "N", "P", "S"), exclude_characters=";", max_codepoint=0x1FFFF
)
WORDS = st.text(LETTERS, min_size=1, max_size=12)
OPTIONAL = WORDS | st.just("")
CODES = st.from_regex(r"\A[A-Z][A-Z0-9]{1,5}\Z")
KEYS = st.text(string.ascii_lowercase, min_size=1, max_size=6)
LISTS = st.lists(WORDS, max_size=3).map(tuple)
CELLS = st.dictionaries(KEYS, WORDS, max_size=3)
OPTIONS = st.lists(
    st.builds(Option, value=WORDS, label=WORDS, label_en=OPTIONAL), min_size=1, max_size=3
).map(tuple)


def unique(elements, key="code", **limits):
    return st.lists(elements, unique_by=lambda each: getattr(each, key), max_size=3, **limits).map(
        tuple
    )


COLUMNS = st.builds(
    Column,
    key=KEYS,
    label=WORDS,
    type=WORDS,
    unit=OPTIONAL,
    required=st.booleans(),
    options=st.just(()) | OPTIONS,
)
FIGURES = st.builds(Figure, item_code=CODES, where=OPTIONAL, all_periods=st.booleans())
HEADER_FIELDS = unique(
    st.builds(HeaderField, key=KEYS, label=WORDS, type=WORDS, automatic=st.booleans()), "key"
)


@st.composite
def editions(draw):
    header_fields = draw(HEADER_FIELDS)
    header = st.lists(st.sampled_from(header_fields), max_size=3) if header_fields else st.just(())
    templates = st.builds(
        Template,
        code=CODES,
        item_code=CODES,
        title=WORDS,
        note=OPTIONAL,
        columns=unique(COLUMNS, "key", min_size=1),
        header=header.map(tuple),
        rules=st.lists(st.builds(Rule, WORDS, WORDS, OPTIONAL), max_size=2).map(tuple),
        fixed_rows=unique(st.builds(FixedRow, KEYS, WORDS, formula=OPTIONAL, cells=CELLS), "key"),
        sample_header=CELLS,
        sample_rows=st.lists(CELLS.filter(bool), max_size=2).map(tuple),
    )
    items = st.builds(
        Item,
        code=CODES,
        category_code=CODES,
        name=WORDS,
        frequency=WORDS,
        deadline=WORDS,
        min_display_days=st.integers(0, 999),
        forms=LISTS,
        legal_basis=LISTS,
        emergency=st.booleans(),
    )
    checks = st.builds(CrossCheck, CODES, WORDS, FIGURES, FIGURES, relation=WORDS, match=LISTS)
    return draw(
        st.builds(
            Edition,
            code=CODES,
            division_kind=WORDS,
            title=WORDS,
            effective=st.dates().map(str),
            document_number=OPTIONAL,
            categories=unique(st.builds(Category, CODES, WORDS, OPTIONAL)),
            items=unique(items),
            templates=unique(templates),
            cross_checks=unique(checks),
            parameters=unique(st.builds(Parameter, CODES, WORDS, WORDS)),
            header_fields=st.just(header_fields),
            option_sets=st.dictionaries(KEYS, OPTIONS, max_size=2),
            line_accounts=st.dictionaries(KEYS, LISTS.filter(bool), max_size=2),
        )
    )


@settings(max_examples=30, deadline=None)
@given(editions())
def test_any_edition_survives_yaml_and_sheets(edition):
    assert catalogue.load(catalogue.dump(edition)) == edition
    assert catalogue.from_sheets(catalogue.to_sheets(edition)) == edition


@settings(max_examples=10, deadline=None)
@given(editions())
def test_any_edition_survives_excel(edition):
    assert catalogue.from_workbook(catalogue.to_workbook(edition)) == edition


@settings(max_examples=30, deadline=None)
@given(editions(), editions())
def test_a_difference_is_found_exactly_when_there_is_one(old, new):
    assert catalogue.diff(old, old) == []
    assert bool(catalogue.diff(old, new)) == (old != new)
    forth = Counter(
        (c.kind, c.code, c.field) for c in catalogue.diff(old, new) if c.kind != "edition"
    )
    back = Counter(
        (c.kind, c.code, c.field) for c in catalogue.diff(new, old) if c.kind != "edition"
    )
    assert forth == back


def test_yaml_scalars_stay_what_they_say():
    assert yaml_text.load("{a: no, b: 2026-01-01, c: 1234.50, d: null, e: 'null', f: '', g: }") == {
        "a": "no",
        "b": "2026-01-01",
        "c": "1234.50",
        "d": None,
        "e": "null",
        "f": "",
        "g": None,
    }


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("a: 1\na: 2", "第2行：「a」重复"),
        ("a: &x [1]\nb: *x", "第1行：不能用锚点和引用"),
        ("a: [1", "写法有误"),
        ("a: 1\n b: 2", "第2行：写法有误"),
        ("a: \x00", "不能识别"),
        ("? [1]\n: 2", "不能作名称"),
        ("[" * 20000, "不能识别|写法有误"),
        ("a" * 5_000_001, "文件过大"),
        ("- 1", "名称：内容"),
        ("{code: X, division_kind: x, title: x, effective: x, templates: 3}", "列表"),
        ("templates:\n- {code: T_1, header: [nobody]}", "表格T_1：没有表头「nobody」"),
        ("templates:\n- {code: T_1, columns: [{option_set: none}]}", "没有选项组「none」"),
    ],
)
def test_broken_yaml_is_refused_with_its_place(source, sentence):
    with pytest.raises(ValueError, match=sentence):
        catalogue.load(source)


def test_a_header_field_that_differs_from_the_shared_one_is_refused():
    field = HeaderField("village", "别名", "text")
    with pytest.raises(ValueError, match="表格T_GK02：表头「别名」与目录登记的不同"):
        catalogue.dump(replace(SMALL, templates=(replace(SMALL.templates[0], header=(field,)),)))


def workbook(change):
    book = openpyxl.load_workbook(BytesIO(catalogue.to_workbook(SMALL)))
    change(book)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_what_excel_makes_of_typed_values_is_read():
    def retype(book):
        sheet = book["事项"]
        headings = [cell.value for cell in sheet[1]]
        days = sheet.cell(2, headings.index("最少公开天数") + 1)
        days.value, days.data_type = "30.0", "n"
        sheet.cell(2, headings.index("可先发后审") + 1).value = True

    item = catalogue.from_workbook(workbook(retype)).item("XC01")
    assert (item.min_display_days, item.emergency) == (30, True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda book: book.create_sheet("别的"), "没有「别的」这张工作表"),
        (lambda book: book["列"].delete_cols(1), "工作表「列」缺少「表格」一栏"),
        (lambda book: book["列"].append(["T_NONE", "a", "甲", "text"]), "列所属的表格「T_NONE」"),
        (lambda book: book["列选项"].append(["T_GK02", "no", "a", "甲"]), "表格T_GK02的「no」"),
        (lambda book: book["样例"].append(["T_NONE", "1", "a", "甲"]), "样例所属的表格「T_NONE」"),
        (lambda book: book["事项"].append(["XX01"]), "缺少「category_code」"),
        (lambda book: book["目录"].delete_rows(2, 9), "缺少「code」"),
    ],
)
def test_a_broken_workbook_is_refused(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        catalogue.from_workbook(workbook(change))


def with_broken_xml():
    buffer = BytesIO()
    with ZipFile(BytesIO(catalogue.to_workbook(SMALL))) as source, ZipFile(buffer, "w") as target:
        for name in source.namelist():
            broken = name == "xl/worksheets/sheet2.xml"
            target.writestr(name, b"<sheet" if broken else source.read(name))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"code: X", catalogue.to_workbook(SMALL)[:9000], with_broken_xml()],
)
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(ValueError, match="不是 Excel 工作簿"):
        catalogue.from_workbook(content)


def test_cells_of_the_workbook_are_text():
    content = catalogue.to_workbook(replace(SMALL, title="=1+1"))
    values = [
        cell.value
        for sheet in openpyxl.load_workbook(BytesIO(content))
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type != "s"
    ]
    assert not any(values)
