"""Many screens at a time: one line to one device, and what is dead keeps nobody waiting."""

import threading
import time
from unittest.mock import patch

from odoo.addons.yangguang_led.lib import sending
from odoo.addons.yangguang_led.lib.drivers.base import CONFIRMED, Page, Show, failed
from odoo.addons.yangguang_led.simulators.onbon_k import OnbonK

SILENT = failed("没有回答。", True)


class Device:
    """Stands for every driver: notes who is spoken to at the same time."""

    def __init__(self, dead=(), gate=None):
        self.dead, self.gate = set(dead), gate
        self.busy, self.together, self.calls = set(), 0, []
        self.guard = threading.Lock()

    def build(self, key, address, options, timeout):
        driver = Device.__new__(Device)
        driver.__dict__ = {**self.__dict__, "address": address, "options": options, "all": self}
        return driver

    def set_power(self, on):
        everything = self.all
        with everything.guard:
            assert self.address not in everything.busy
            everything.busy.add(self.address)
            everything.together = max(everything.together, len(everything.busy))
            everything.calls.append(self.address)
        if self.address in self.dead and self.gate:
            assert self.gate.wait(10)
        time.sleep(0.001)
        with everything.guard:
            everything.busy.discard(self.address)
        return SILENT if self.address in self.dead else CONFIRMED


def errands(addresses, first=0, **options):
    return [
        sending.Errand(first + number, sending.POWER, "x", address, options, True, turn=number)
        for number, address in enumerate(addresses)
    ]


def run(device, source, threads=4):
    with patch.object(sending.connections, "build", device.build):
        return list(sending.stream(source, threads))


def test_every_errand_has_one_outcome_that_brings_its_turn_back():
    given = errands([f"a{number % 7}" for number in range(60)])
    with patch.object(sending.connections, "build", Device().build):
        outcomes = list(sending.run(given, 4))
    assert sorted((one.key, one.turn) for one in outcomes) == [
        (errand.key, errand.turn) for errand in given
    ]


def test_a_line_is_used_by_one_at_a_time_also_across_batches():
    batches = iter([errands(["a", "b"] * 5), errands(["a", "b"] * 5, 10), []])
    device = Device()
    outcomes = [one for some in run(device, lambda: next(batches)) for one in some]
    assert len(outcomes) == 20
    assert device.together == 2


def test_outcomes_come_together_and_none_waits_long():
    batches = iter([errands([f"a{number}" for number in range(200)]), []])
    bunches = run(Device(), lambda: next(batches))
    assert sum(map(len, bunches)) == 200
    assert all(len(bunch) >= sending.BUNCH for bunch in bunches[:-1])
    # one that came is not kept back until a dead one has used up its time
    gate = threading.Event()
    batches = iter([errands(["quick", "dead"]), []])
    device = Device(dead={"dead"}, gate=gate)
    with (
        patch.object(sending, "PATIENCE", 0.05),
        patch.object(sending.connections, "build", device.build),
    ):
        source = sending.stream(lambda: next(batches))
        assert [one.answer for one in next(source)] == [CONFIRMED]
        gate.set()
        assert [one.answer for some in source for one in some] == [SILENT]


def test_no_more_threads_than_asked_for():
    device = Device()
    batches = iter([errands([f"a{number}" for number in range(50)]), []])
    run(device, lambda: next(batches), threads=3)
    assert device.together <= 3


def test_a_dead_screen_holds_up_no_later_batch():
    gate = threading.Event()
    device = Device(dead={"dead"}, gate=gate)
    batches = iter(
        [errands(["dead"])] + [errands([f"a{n}-{m}" for m in range(4)]) for n in range(20)]
    )

    def more():
        batch = next(batches, [])
        if not batch:
            # everybody else must be through before the dead one ends; else this is never reached
            gate.set()
        return batch

    outcomes = [one for some in run(device, more, threads=2) for one in some]
    assert len(outcomes) == 81


def test_what_a_silent_device_is_to_do_besides_is_not_tried_in_vain():
    device = Device(dead={"dead"})
    batches = iter([errands(["dead"] * 4), []])
    outcomes = [one for some in run(device, lambda: next(batches)) for one in some]
    assert device.calls == ["dead"]
    assert [one.answer for one in outcomes] == [SILENT] * 4


def test_cards_on_one_line_are_silent_each_for_itself():
    device = Device(dead={"dead"})
    batches = iter([errands(["dead"], destination="1") + errands(["dead"], destination="2"), []])
    run(device, lambda: next(batches))
    assert device.calls == ["dead", "dead"]


def test_a_card_told_not_to_answer_gets_everything_all_the_same():
    card = OnbonK(64, 32)
    card.faults.silent = True
    show = Show("1" * 64, 64, 32, (Page(5, "停水通知"),))
    with card.serve_tcp() as address:
        errands = [
            sending.Errand(
                number, kind, "onbon_k", address, {"reply": "0"}, value, show, timeout=0.2
            )
            for number, (kind, value) in enumerate(
                ((sending.LOOK, None), (sending.PLAY, None), (sending.BRIGHTNESS, 40))
            )
        ]
        answers = {one.key: one.answer.state for one in sending.run(errands)}
    assert answers == {0: "failed", 1: "sent", 2: "sent"}
    assert card.texts() == [["停水通知"]]
