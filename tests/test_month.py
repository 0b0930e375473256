"""A clerk's month, done in a browser by a script that counts what the hands do.

The time is that of the keystroke-level model (Card, Moran and Newell 1980): a key 0.28 s, pointing
1.1 s, a click 0.2 s, the hand between keyboard and mouse 0.4 s, a thought before each new action
1.35 s; a Chinese character counts as four keys. Waiting for the program is not the hands' time; it
is measured and added. The clerk has each table in Excel, as the accounting agency sends it, and
copies it over.
"""

import re
import time

import pytest
from people import POINTS, Person
from remote import shell
from serving import served_clone

KEY, POINT, CLICK, HOME, THINK = 0.28, 1.1, 0.2, 0.4, 1.35  # s
KEYS_OF_A_CHARACTER = 4
ITEMS = 40
MINUTES = 45
PREPARE = """
from bench.sheets import Village
from odoo.addons.yangguang_cunwu.lib import grid
from odoo.addons.yangguang_cunwu.lib.tables import complete

village = Village(env)
village.division.discloses_from = "2026-01-01"
env["yangguang.duty"]._cron_generate()
duties = env["yangguang.duty"].search([("division_id", "=", village.division.id)], order="due desc")
sheets, seen = [], set()
for duty in duties:
    item = duty.item_id
    if item in seen or item.emergency or len(sheets) == {items}:
        continue
    seen.add(item)
    work = {{"duty": duty.id, "item": item.display_name, "period": duty.period_label or "",
             "party": item.secrecy_check}}
    if item.template_id:
        layout = item.template_id._layout()
        document = complete(layout, layout.sample)
        texts = grid.show(layout, document)
        hidden = {{field.key for field in layout.header if field.automatic}}
        work["rows"] = texts["rows"]
        # what the system does not know by itself
        work["header"] = {{key: text for key, text in texts["header"].items()
                           if text and key not in hidden}}
        work["known"] = sorted(hidden)
    sheets.append(work)
result = {{"sheets": sheets, "village": village.division.id}}
"""
PASS_ON = """
from bench.sheets import PASSWORD, Village
village = Village.existing(env)
sheets = env["yangguang.disclosure"].search(
    [("division_id", "=", village.division.id), ("state", "=", "review")])
for sheet in sheets:
    for role in ("supervisor_chair", "supervisor"):
        sheet.with_user(village.users[role]).action_vote(True)
signing = sheets.filtered(lambda one: one.item_id.needs_signature)
signing = signing.with_user(village.users["secretary"])
signing.action_sign(PASSWORD, {str(one.id): one._digest() for one in signing})
result = [[one.id, one.display_name] for one in sheets]
"""


class Hands:
    """Does things at a page and adds up what they cost."""

    def __init__(self, page):
        self.page = page
        self.clicks = self.keys = 0
        self.seconds = self.waited = 0.0
        self.typed = []

    def click(self, selector, thinks=True):
        self.clicks += 1
        self.seconds += THINK * thinks + POINT + CLICK
        started = time.monotonic()
        self.page.locator(selector).first.click()
        self.wait(started)

    def press(self, *keys):
        for key in keys:
            # a chord is two keys
            self.keys += key.count("+") + 1
            self.seconds += KEY * (key.count("+") + 1)
            self.page.keyboard.press(key)

    def type(self, field, text):
        """Types into the field that has the focus; remembers what was typed where."""
        keys = sum(KEYS_OF_A_CHARACTER if ord(char) > 0x2E7F else 1 for char in text)
        self.keys += keys
        self.seconds += HOME + THINK + KEY * keys
        self.typed.append((field, text))
        self.page.keyboard.insert_text(text)

    def copy_from_excel(self):
        """To the other window, the block chosen, copied, and back."""
        self.clicks += 2
        self.keys += 6
        self.seconds += 3 * THINK + 2 * (POINT + CLICK) + 2 * HOME + 6 * KEY

    def wait(self, started):
        self.page.wait_for_load_state("networkidle")
        self.waited += time.monotonic() - started


@pytest.fixture(scope="module")
def village(cluster):
    """A server with a village that owes a month's sheets."""
    with served_clone(cluster) as server:
        prepared = shell(cluster, server.database, PREPARE.format(items=ITEMS))
        yield {**prepared, "server": server, "cluster": cluster}


@pytest.mark.slow
def test_a_month_in_three_quarters_of_an_hour(browser, village):
    clerk = Person(browser, village, "clerk")
    clerk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    hands = Hands(clerk.page)
    assert len(village["sheets"]) == ITEMS
    for sheet in village["sheets"]:
        begin(hands, sheet)
        fill(hands, sheet)
        hand_in(hands, sheet)
    ready = shell(village["cluster"], village["server"].database, PASS_ON)
    assert len(ready) == ITEMS
    publish(hands, ready)
    minutes = (hands.seconds + hands.waited) / 60
    print(
        f"month: {ITEMS} items, {hands.clicks} clicks, {hands.keys} keys,"
        f" hands {hands.seconds / 60:.1f} min, waiting {hands.waited / 60:.1f} min"
    )
    assert minutes <= MINUTES
    # nothing that the system knows, and nothing that has been entered already
    assert len(set(hands.typed)) == len(hands.typed)


def begin(hands, sheet):
    """From the list of duties to the draft; the list shows the item's name."""
    hands.page.goto("/odoo/duties")
    hands.page.wait_for_selector(".o_list_view")
    hands.clicks += 1
    hands.seconds += THINK + POINT + CLICK
    row = hands.page.locator(".o_data_row", has_text=sheet["item"])
    if sheet["period"]:
        row = row.filter(has_text=sheet["period"])
    row.first.locator("button[name=action_draft]").click()
    hands.page.wait_for_selector(".o_form_view")


def fill(hands, sheet):
    if "rows" not in sheet:
        hands.click("button[name=action_fill]")
        hands.click(".modal .o_field_widget[name=text] textarea", thinks=False)
        # copied from the paper that the meeting has agreed on
        hands.copy_from_excel()
        hands.page.keyboard.insert_text(f"{sheet['item']}：按有关规定办理，现予公布。")
        hands.click("button[name=action_save]")
        hands.page.wait_for_selector(".modal", state="detached")
        return
    hands.copy_from_excel()
    text = "\r\n".join("\t".join(row) for row in sheet["rows"]) + "\r\n"
    hands.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    hands.click(".yg_cell[data-row='0'][data-column='0']", thinks=False)
    hands.press("Control+v")
    hands.page.wait_for_timeout(300)
    for key, value in sheet["header"].items():
        field = f"#yg_header_{key}"
        shown = hands.page.locator(field)
        if shown.count() and not shown.input_value() and not shown.get_attribute("placeholder"):
            hands.click(field)
            hands.type((sheet["item"], key), value)


def hand_in(hands, sheet):
    hands.click("button[name=action_open_submit]:visible")
    for point in (*POINTS, *(["party_secrecy"] if sheet["party"] else [])):
        hands.click(f".modal .o_field_widget[name={point}] input", thinks=False)
    hands.click("button[name=action_confirm]:visible")
    hands.page.wait_for_selector(".modal", state="detached")
    current = hands.page.locator(".o_arrow_button_current")
    assert re.search("审核", current.inner_text()), sheet["item"]


def publish(hands, ready):
    for number, _name in ready:
        hands.page.goto(f"/odoo/sheets/{number}")
        # one click on the row of the list
        hands.clicks += 1
        hands.seconds += THINK + POINT + CLICK
        hands.click("button[name=action_publish]:visible")
        hands.click(".modal button.btn-primary", thinks=False)
        hands.page.wait_for_selector(".modal", state="detached")
