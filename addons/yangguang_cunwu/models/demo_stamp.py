"""The mark of a demo database: set once, never removed, shown on every page.

Without it the database refuses a frozen row whose time is not the time of the server: nothing is
back-dated. A demo needs a past, so it travels the clock, and says for ever that it did.
"""

from odoo.tools import SQL

from .append_only import protect

_SECONDS = 300
_TABLE = "CREATE TABLE IF NOT EXISTS yangguang_demo_stamp (stamped timestamp NOT NULL)"
_GUARD = f"""
CREATE OR REPLACE FUNCTION yangguang_guard_time() RETURNS trigger AS $$
BEGIN
    IF NEW.time IS NOT NULL
        AND abs(extract(epoch FROM NEW.time - (clock_timestamp() AT TIME ZONE 'UTC')))
            > {_SECONDS}
        AND NOT EXISTS (SELECT 1 FROM yangguang_demo_stamp)
    THEN
        RAISE EXCEPTION 'nothing is back-dated or post-dated in table %', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql
"""


def guard_time(cr, table):
    """Refuses rows of `table` whose column `time` is not the present (UTC; within 300 seconds)."""
    cr.execute(_TABLE)
    protect(cr, "yangguang_demo_stamp")
    cr.execute(_GUARD)
    cr.execute(
        SQL(
            "CREATE OR REPLACE TRIGGER %s BEFORE INSERT ON %s"
            " FOR EACH ROW EXECUTE FUNCTION yangguang_guard_time()",
            SQL.identifier(f"{table}_guard_time"),
            SQL.identifier(table),
        )
    )


def stamp(cr):
    """Marks the database as a demo, for ever. Called by the demo's and the bench's scripts."""
    cr.execute("INSERT INTO yangguang_demo_stamp (stamped) VALUES (now() AT TIME ZONE 'UTC')")


def is_stamped(cr):
    """Whether this database is a demo."""
    cr.execute("SELECT EXISTS (SELECT 1 FROM yangguang_demo_stamp)")
    return cr.fetchone()[0]
