"""Tables that only grow: the database itself refuses to change or empty them."""

from odoo.tools import SQL

_REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION yangguang_refuse_change() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'table % only grows: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$ LANGUAGE plpgsql
"""

_DELETE_WITHDRAWN = """
CREATE OR REPLACE FUNCTION yangguang_delete_withdrawn() RETURNS trigger AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM yangguang_publication_event
        WHERE publication_id = OLD.publication_id AND kind = 'withdrawn'
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'table %: only what is taken down is deleted', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$ LANGUAGE plpgsql
"""


def protect(cr, table):
    """Refuses UPDATE, DELETE and TRUNCATE on `table` for every role, sudo included.

    Called from a model's `init`, so it holds after each `-u`.
    """
    cr.execute(_REFUSE_CHANGE)
    _trigger(cr, table, "refuse_change", "UPDATE OR DELETE", "ROW", "yangguang_refuse_change")
    _trigger(cr, table, "refuse_truncate", "TRUNCATE", "STATEMENT", "yangguang_refuse_change")


def protect_until_withdrawn(cr, table):
    """As `protect`, but a row may be deleted once its publication has been taken down."""
    cr.execute(_REFUSE_CHANGE)
    cr.execute(_DELETE_WITHDRAWN)
    _trigger(cr, table, "refuse_change", "UPDATE", "ROW", "yangguang_refuse_change")
    _trigger(cr, table, "delete_withdrawn", "DELETE", "ROW", "yangguang_delete_withdrawn")
    _trigger(cr, table, "refuse_truncate", "TRUNCATE", "STATEMENT", "yangguang_refuse_change")


def _trigger(cr, table, name, event, level, function):
    cr.execute(
        SQL(
            "CREATE OR REPLACE TRIGGER %s BEFORE %s ON %s FOR EACH %s EXECUTE FUNCTION %s()",
            SQL.identifier(f"{table}_{name}"),
            SQL(event),
            SQL.identifier(table),
            SQL(level),
            SQL.identifier(function),
        )
    )
