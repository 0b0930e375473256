import pytest

from odoo.addons.yangguang_cunwu.lib import canonical, chain
from odoo.addons.yangguang_cunwu.lib.verification import examine, summary

PAGE, PDF = b'{"title":"x"}', b"%PDF"
SEALED = {
    "code": "7M2AAWVF9R62",
    "division": {"code": "990101101201", "name": "东岸村"},
    "item": {"code": "CW02", "name": "货币资金收支明细"},
    "period": "2026年1月",
    "audience": "public",
    "open_web": "masked",
    "time": "2026-02-10T09:00:00+08:00",
    "position": "4",
    "previous": "ab" * 32,
    "digests": {"public": canonical.digest(PAGE), "pdf": canonical.digest(PDF)},
}
ENVELOPE = canonical.canonical(SEALED)


def parts(**changes):
    given = {
        "envelope": ENVELOPE,
        "previous": "ab" * 32,
        "position": 4,
        "link": chain.link("ab" * 32, 4, ENVELOPE),
        "shown": summary(SEALED),
        "files": {"page": PAGE, "pdf": PDF},
    }
    findings = examine(**{**given, **changes})
    return {finding.part: finding.agrees for finding in findings}


def test_all_agree():
    assert parts() == {"chain": True, "entry": True, "page": True, "pdf": True}


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"link": "00" * 32}, "chain"),
        ({"position": 5}, "chain"),
        ({"previous": "cd" * 32}, "chain"),
        ({"shown": {**summary(SEALED), "division_name": "西岸村"}}, "entry"),
        ({"shown": {**summary(SEALED), "time": "2026-02-09T09:00:00+08:00"}}, "entry"),
        ({"files": {"page": b"{}", "pdf": PDF}}, "page"),
        ({"files": {"page": PAGE, "pdf": b"%PDF-2"}}, "pdf"),
        ({"files": {}}, "page"),
    ],
)
def test_each_change_is_found(change, part):
    assert parts(**change)[part] is False


@pytest.mark.parametrize("name", ["position", "previous"])
def test_place_in_the_chain_is_sealed(name):
    envelope = canonical.canonical({**SEALED, name: "9" * 64 if name == "previous" else "9"})
    found = parts(envelope=envelope, link=chain.link("ab" * 32, 4, envelope))
    assert found["chain"] is True
    assert found["entry"] is False


def test_a_file_that_was_never_sealed():
    envelope = canonical.canonical({**SEALED, "digests": {"public": canonical.digest(PAGE)}})
    found = parts(envelope=envelope, link=chain.link("ab" * 32, 4, envelope))
    assert found["pdf"] is False


def test_an_envelope_that_says_nothing():
    found = parts(envelope=b"{ }", link=chain.link("ab" * 32, 4, b"{ }"))
    assert found == {"chain": True, "entry": False}
