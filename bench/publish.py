"""What publishing a sheet of 60 rows costs, against bare SQL that stores the same rows.

Both sides commit on the durable cluster. The floor copies every row that the publish made (same
tables, same bytes) with plain INSERT and UPDATE statements in one transaction.
"""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.yangguang_cunwu.lib import pdf
from odoo.addons.yangguang_cunwu.models import demo_stamp

from scripts.cluster import DURABLE

from . import harness, sheets

ROUNDS = 15
# table -> the column that names the publication or disclosure
_INSERTED = {
    "yangguang_publication": "id",
    "yangguang_public_page": "publication_id",
    "yangguang_publication_event": "publication_id",
    "yangguang_filing": "publication_id",
}


def main():
    with harness.database() as name, harness.environment(name) as env:
        if not demo_stamp.is_stamped(env.cr):
            demo_stamp.stamp(env.cr)
        bench = _Bench(env)
        bare, full = bench.compare()
        harness.report("publish", "ratio_with_pdf", full / bare, 45)
        with _no_pdf():
            bare, without = bench.compare()
        harness.report("publish", "ratio_without_pdf", without / bare, 15)
        harness.report("publish", "statements", bench.statements(), 40)
        few = bench.seconds(1_000)
        many = bench.seconds(100_000)
        harness.report("publish", "growth_1000_to_100000", many / few, 1.2)


@contextmanager
def _no_pdf():
    """Publishing with an empty PDF: what the drawing costs is measured apart."""
    drawing = pdf.Drawing(b"%PDF-", 0, [])
    with patch.object(pdf, "draw", lambda *args, **kwargs: drawing):
        yield


class _Bench:
    def __init__(self, env):
        self.env = env
        self.village = sheets.Village(env)
        self.number = 0
        env.cr.commit()

    def _waiting(self, count):
        """So many signed sheets, each unread in this transaction, as a request would find it."""
        keys = []
        for _sheet in range(count):
            self.number += 1
            year, month = divmod(self.number, 12)
            keys.append(f"{1900 + year}-{month + 1:02}")
        sheets = self.village.signed(keys)
        self.env.cr.commit()
        for sheet in sheets:
            self.env.invalidate_all()
            yield sheet

    def _publish(self, disclosure):
        publication = disclosure.action_publish()
        self.env.cr.commit()
        return publication

    def compare(self):
        """Median seconds of bare SQL and of publish, taking turns."""
        waiting = self._waiting(ROUNDS + 2)
        rows = _Rows(self.env.cr, self._publish(next(waiting)))
        return harness.paired(rows.store, lambda: self._publish(next(waiting)), ROUNDS)

    def statements(self):
        """SQL statements of one publish, in a process that has published before."""
        disclosure = next(self._waiting(1))
        before = self.env.cr.sql_log_count
        disclosure.action_publish()
        self.env.flush_all()
        count = self.env.cr.sql_log_count - before
        self.env.cr.commit()
        return count

    def seconds(self, publications):
        """Median seconds of a publish among so many publications."""
        waiting = self._waiting(ROUNDS + 2)
        publication = self._publish(next(waiting))
        self.env.cr.execute("SELECT count(*) FROM yangguang_publication")
        (present,) = self.env.cr.fetchone()
        divisions = self.env["yangguang.division"].search([("level", "=", 3)])
        sheets.multiply(self.env, publication, max(publications - present, 0), divisions)
        DURABLE.checkpoint()
        _floor, taken = harness.paired(lambda: None, lambda: self._publish(next(waiting)), ROUNDS)
        return taken


class _Rows:
    """The rows that a publish stores, as parameters for plain statements."""

    def __init__(self, cr, publication):
        self.cr = cr
        self.number = 0
        self.division = publication.division_id.id
        self.disclosure = publication._disclosure()
        self.tables = {
            table: self._row(table, column, publication.id) for table, column in _INSERTED.items()
        }
        self.event = self._row("yangguang_disclosure_event", "id", self.disclosure.last_event_id.id)

    def _row(self, table, column, value):
        self.cr.execute(f"SELECT * FROM {table} WHERE {column} = %s", [value])
        names = [each.name for each in self.cr.description]
        row = dict(zip(names, self.cr.fetchone(), strict=True))
        row.pop("id")
        return row

    def _insert(self, table, row):
        columns, values = ", ".join(row), ", ".join(["%s"] * len(row))
        self.cr.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({values}) RETURNING id", list(row.values())
        )
        return self.cr.fetchone()[0]

    def store(self):
        """Stores the same rows anew and commits."""
        self.number += 1
        self.cr.execute(
            "UPDATE yangguang_chain SET position = position + 1 WHERE division_id = %s",
            [self.division],
        )
        values = {"code": f"FLOOR{id(self)}-{self.number}", "position": -self.number}
        table = "yangguang_publication"
        # positions below the chain's: the floor is not part of it
        self.cr.execute("SELECT min(position) FROM yangguang_publication")
        values["position"] = min(self.cr.fetchone()[0], 0) - 1
        publication = self._insert(table, {**self.tables[table], **values})
        for table in list(_INSERTED)[1:]:
            self._insert(table, {**self.tables[table], "publication_id": publication})
        self.cr.execute("SELECT max(position) FROM yangguang_disclosure_event")
        position = {"position": self.cr.fetchone()[0] + 1}
        self._insert("yangguang_disclosure_event", {**self.event, **position})
        self.cr.execute(
            "UPDATE yangguang_disclosure SET write_date = now() WHERE id = %s",
            [self.disclosure.id],
        )
        self.cr.commit()
