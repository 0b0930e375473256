"""What the public list costs the server: CPU of 20 rows among 100,000 publications, against an
empty route with the same options."""

import requests

from odoo.addons.yangguang_cunwu.models import demo_stamp

from . import harness, sheets

REQUESTS = 150
ROUNDS = 5
PUBLICATIONS = 100_000


def main():
    with harness.database() as name:
        with harness.environment(name) as env:
            division = _fill(env)
        with harness.server(name) as server:
            floor, listed = _cpu(server, division)
        harness.report("api", "cpu_ratio_list_of_20", listed / floor, 1.6)


def _fill(env):
    """100,000 publications; gives the code of a village that has many."""
    if not demo_stamp.is_stamped(env.cr):
        demo_stamp.stamp(env.cr)
    village = sheets.Village(env)
    disclosure = village.signed(["2026-01"])
    publication = disclosure.action_publish()
    env.cr.commit()
    divisions = env["yangguang.division"].search([("level", "=", 3)])
    sheets.multiply(env, publication, PUBLICATIONS, divisions)
    return village.division.code


def _cpu(server, division):
    """CPU seconds of so many requests of the empty route and of the list, taking turns."""
    session = requests.Session()
    empty = f"{server.base_url}/api/v1/ping"
    listed = f"{server.base_url}/api/v1/publications?division={division}&limit=20"
    for path in (empty, listed) * 20:
        session.get(path, timeout=30).raise_for_status()
    assert len(session.get(listed, timeout=30).json()["items"]) == 20
    totals = {empty: 0.0, listed: 0.0}
    for _round in range(ROUNDS):
        for path in totals:
            before = server.cpu_seconds()
            for _request in range(REQUESTS):
                session.get(path, timeout=30).raise_for_status()
            totals[path] += server.cpu_seconds() - before
    return totals[empty], totals[listed]
