"""Personal data planted in every form: what must not leave is refused, and of what is published a
crawl over every public surface finds nothing."""

import io
import re
import zipfile
from html import unescape
from urllib.parse import quote, urljoin, urlsplit

import pytest
import requests
from pypdf import PdfReader
from serving import served_clone
from shells import shell

# what a crawler follows: everything the public gets
PUBLIC = re.compile(r"/(?:v|p|verify|api/v1)(?:[/.?]|$)")
PREPARE = """
import random
from stdnum import luhn
from stdnum.cn import ric
from odoo.exceptions import UserError
from bench.sheets import PASSWORD, Village
from odoo.addons.yangguang_cunwu.lib.content_check import required

generator = random.Random(20261123)
village = Village(env)
village.item.edition_id.item_ids  # read once


def id_card():
    number = f"44520219{generator.randrange(50, 99)}{generator.randrange(1, 13):02}"
    number += f"{generator.randrange(1, 29):02}{generator.randrange(1000):03}"
    return number + ric.calc_check_digit(f"{number}0")


def bank_card():
    number = "622848" + "".join(str(generator.randrange(10)) for _ in range(12))
    return number + luhn.calc_check_digit(number)


def phone():
    return f"13{generator.randrange(10)}{generator.randrange(10**8):08}"


MAKERS = {"id_card": id_card, "bank_account": bank_card, "phone": phone}
planted, refused, accepted = [], [], []
ready = env["yangguang.disclosure"].with_user(village.users["clerk"])


def begin(item, number, document):
    values = {"division_id": village.division.id, "item_id": item.id}
    values["period_key"] = f"{1950 + number // 12}-{number % 12 + 1:02}"
    sheet = env["yangguang.disclosure"].with_user(village.users["clerk"]).create(values)
    sheet.save_content(0, document)
    return sheet


def hand_in(sheet):
    with env.cr.savepoint():
        sheet.action_submit(required(sheet.item_id.secrecy_check))


def must_be_refused(sheet, place):
    try:
        hand_in(sheet)
        accepted.append(f"{sheet.item_id.code} {place}")
    except UserError:
        refused.append(place)


number = 0
# between the tags of a text
notice = village.item.edition_id.item_ids.filtered(lambda item: item.code == "TG01")
for make in MAKERS.values():
    token = make()
    planted.append(token)
    for html in ("<p>{}<b>{}</b>{}</p>", "<table><tr><td>{}<td>{}<!-- -->{}</tr></table>"):
        number += 1
        html = html.format(token[:3], token[3:7], token[7:])
        must_be_refused(begin(notice, number, {"html": html}), "html")
for item in village.item.edition_id.item_ids.filtered("template_id"):
    layout = item.template_id._layout()
    texts = [c.key for c in layout.columns if c.type == "text" and not c.internal]
    # in a cell for anything: it must be refused
    for make in MAKERS.values():
        if not texts:
            break
        sample = layout.sample
        rows = [dict(row) for row in sample["rows"]]
        token = make()
        planted.append(token)
        rows[0][texts[-1]] = f"{rows[0].get(texts[-1]) or ''}；{token}"
        number += 1
        sheet = begin(item, number, {**sample, "rows": rows})
        if token not in sheet.content:
            continue  # what the form itself prints is put back
        must_be_refused(sheet, texts[-1])
    # where the form asks for it: it is masked, or stays inside
    rows = [dict(row) for row in layout.sample["rows"]]
    for row in rows:
        for column in layout.columns:
            if column.type in MAKERS and (column.internal or column.mask != "none"):
                row[column.key] = MAKERS[column.type]()
                planted.append(row[column.key])
    number += 1
    sheet = begin(item, number, {**layout.sample, "rows": rows})
    hand_in(sheet)
    for role in ("supervisor_chair", "supervisor"):
        sheet.with_user(village.users[role]).action_vote(True)
    ready += sheet
# one signature for all: checking a password is slow on purpose
signing = ready.filtered("item_id.needs_signature").with_user(village.users["secretary"])
signing.action_sign(PASSWORD, {str(sheet.id): sheet._digest() for sheet in signing})
published = [sheet.action_publish().code for sheet in ready]
result = {"village": village.division.code, "planted": planted, "refused": len(refused),
          "accepted": accepted, "published": published}
"""


@pytest.fixture(scope="module")
def site(cluster):
    """A server whose measuring village has published every form."""
    with served_clone(cluster) as server:
        yield {**shell(cluster, server.database, PREPARE), "base_url": server.base_url}


def test_a_number_in_a_cell_for_anything_is_refused(site):
    assert site["accepted"] == []
    assert site["refused"] > 100


def test_a_crawl_finds_nothing(site):
    tokens = set(site["planted"])
    pages = crawl(site)
    kinds = {kind for kind, _content in pages.values()}
    assert {"text/html", "application/json", "application/pdf", "text/csv"} <= kinds
    assert any("spreadsheet" in kind for kind in kinds)
    seen = {code for code in site["published"] if any(f"/p/{code}" in path for path in pages)}
    assert len(seen) > 50
    leaks = [
        (path, token)
        for path, (kind, content) in pages.items()
        for text in [readable(kind, content)]
        for token in tokens
        if token in text
    ]
    assert leaks == []


def test_a_search_for_a_number_finds_nothing(site):
    for token in site["planted"][:40]:
        for path in (f"/v/{site['village']}/search?q={token}", f"/api/v1/publications?q={token}"):
            answer = requests.get(site["base_url"] + path, timeout=30)
            assert answer.status_code in (200, 404)
            assert not re.search(r"/p/[0-9A-Z]{8,}", answer.text), path


def crawl(site):
    """What the public gets of the village: `{path: (type, bytes)}`."""
    waiting = [f"/v/{site['village']}", f"/api/v1/publications?division={site['village']}"]
    waiting += ["/robots.txt", "/api/v1/openapi.json", f"/api/v1/divisions/{site['village']}"]
    for code in site["published"]:
        waiting += [f"/api/v1/publications/{code}", f"/verify/{code}"]
    own = re.compile("|".join([site["village"], *site["published"]]))
    session = requests.Session()
    pages = {}
    while waiting:
        path = waiting.pop()
        if path in pages:
            continue
        answer = session.get(site["base_url"] + quote(path, safe="/?=&%.-:"), timeout=60)
        kind = answer.headers["Content-Type"].partition(";")[0]
        pages[path] = kind, answer.content
        if kind in ("text/html", "application/json"):
            found = re.findall(r'(?:href|src|"next")\s*[=:]\s*"([^"]+)"', answer.text)
            for link in map(unescape, found):
                target = urlsplit(urljoin(path, link))
                address = target.path + (f"?{target.query}" if target.query else "")
                if not target.netloc and PUBLIC.match(target.path) and own.search(address):
                    waiting.append(address)
    return pages


def readable(kind, content):
    """The text of an answer, without what could stand between the digits of a number."""
    if kind == "application/pdf":
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = "".join(
                archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()
            )
    else:
        text = content.decode("utf-8", "ignore")
    return re.sub(r"[\s\-]", "", text)
