"""What record rules cost: search, count and group on 100,000 disclosures, for each role, against
the same without rules. Limit: 1.5 times as long, plus 10 ms."""

from odoo.addons.yangguang_cunwu.lib.roles import ROLES
from odoo.addons.yangguang_cunwu.models import demo_stamp

from . import harness

DISCLOSURES = 100_000
VILLAGES = 220
ROUNDS = 9

OPERATIONS = {
    "search": lambda model: model.search([], limit=80).ids,
    "count": lambda model: model.search_count([]),
    "group": lambda model: model._read_group([], ["state"], ["__count"]),
}


def main():
    with harness.database() as name, harness.environment(name) as env:
        if not demo_stamp.is_stamped(env.cr):
            demo_stamp.stamp(env.cr)
        _fill(env)
        for role, user in _users(env).items():
            _measure(env, role, user)


def _fill(env):
    """Disclosures over 220 villages, in the shape of a district."""
    town = env["yangguang.division"].search([("level", "=", 2)], limit=1)
    env["yangguang.division"].create(
        [
            {
                "name": f"测速{number}村",
                "code": f"{town.code[:9]}{number + 700:03}",
                "kind": "village",
                "parent_id": town.id,
            }
            for number in range(VILLAGES)
            if number + 700 < 1000
        ]
    )
    env.flush_all()
    env.cr.execute(
        """
        INSERT INTO yangguang_disclosure (division_id, item_id, content, revision, state, round)
        SELECT village.id, item.id, '{}', 0, 'draft', 0
        FROM generate_series(1, %s) AS number
            JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS all
                  FROM yangguang_division WHERE level = 3) village
                ON village.place = 1 + number %% village.all
            JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS all
                  FROM yangguang_item) item ON item.place = 1 + number %% item.all
        """,
        [DISCLOSURES],
    )
    env.cr.commit()
    env.cr.execute("ANALYZE")


def _users(env):
    """One user of the demo for each office."""
    users = {}
    for role in ROLES:
        held = env["yangguang.appointment"].search(
            [("role", "=", role), ("in_force", "=", True)], order="id"
        )
        users[role] = held.person_id.user_ids[:1]
        if not users[role]:
            raise LookupError(f"the demo has no user for {role}")
    return users


def _measure(env, role, user):
    with_rules = env["yangguang.disclosure"].with_user(user)
    without = env["yangguang.disclosure"].sudo()
    for operation, call in OPERATIONS.items():
        floor, taken = harness.paired(
            lambda call=call: call(without), lambda call=call: call(with_rules), ROUNDS
        )
        harness.report("rules", f"{operation}_{role}_ms", taken * 1000, floor * 1000 * 1.5 + 10)
