"""What a screen has done is kept, also when somebody wants something else of it at that moment."""

from shells import shell

RACE = """
from odoo.addons.yangguang_led.lib import sending
from odoo.addons.yangguang_led.lib.drivers.base import CONFIRMED

tasks = env["yangguang.screen.task"]
village = env["yangguang.division"].search([("kind", "=", "village")], limit=1)
screen = env["yangguang.screen"].create({
    "name": "两处同改屏", "division_id": village.id, "width": 64, "height": 32,
    "pitch": 10, "distance": 5, "driver": "onbon_k", "address": "socket://127.0.0.1:9",
    "colours": "one",
})
task = tasks.create({
    "screen_id": screen.id, "kind": sending.BRIGHTNESS, "wanted": "40", "state": "sending",
    "turn": 1,
})
env.cr.commit()
keep, calls = type(tasks)._keep, []

def with_another(self, outcomes):
    # the transaction begins, and somebody else is faster
    self.browse(task.id).wanted
    if not calls:
        with env.registry.cursor() as other:
            other.execute("UPDATE yangguang_screen_task SET wanted = '70' WHERE id = %s", [task.id])
    calls.append(1)
    return keep(self, outcomes)

type(tasks)._keep = with_another
try:
    tasks._keep_committed([sending.Outcome(task.id, 1, "40", CONFIRMED)])
finally:
    type(tasks)._keep = keep
env.cr.rollback()
result = [len(calls), task.reached, task.wanted, task.state]
screen.unlink()
env.cr.commit()
"""


def test_an_outcome_outlives_a_new_wish(server, cluster):
    """The first try fails, the second keeps what was done and leaves the new wish to be sent."""
    assert shell(cluster, server.database, RACE) == [2, "40", "70", "waiting"]
