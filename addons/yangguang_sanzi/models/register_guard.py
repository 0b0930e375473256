"""What the database itself refuses in the registers, for every role, sudo included.

A record begins as a draft. From then on the fields that its step has fixed stay, and a record that
is closed stays whole; what lies below it stays with it. What is said to agree with the ledger does.
"""

from odoo.tools import SQL

# arguments: the states that close a record, with commas; then the columns that a step has fixed
_REGISTER = """
CREATE OR REPLACE FUNCTION yangguang_guard_register() RETURNS trigger AS $$
DECLARE
    before jsonb;
    after jsonb;
    place integer;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state != 'draft' THEN
            RAISE EXCEPTION '% begins as a draft', TG_TABLE_NAME
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'draft' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    before := to_jsonb(OLD) - 'write_uid' - 'write_date';
    after := to_jsonb(NEW) - 'write_uid' - 'write_date';
    IF before = after THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR OLD.state = ANY (string_to_array(TG_ARGV[0], ',')) THEN
        RAISE EXCEPTION '% stays as it is: % refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR place IN 1 .. TG_NARGS - 1 LOOP
        IF before -> TG_ARGV[place] IS DISTINCT FROM after -> TG_ARGV[place] THEN
            RAISE EXCEPTION '%.% is fixed', TG_TABLE_NAME, TG_ARGV[place]
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    IF NEW.state = 'draft' THEN
        RAISE EXCEPTION '% is no draft any more', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql
"""

# arguments: the table above, the column that names it, and the states that close it. The lock makes
# whoever adds a line wait for whoever closes, and then fail.
_BELOW = """
CREATE OR REPLACE FUNCTION yangguang_guard_below() RETURNS trigger AS $$
DECLARE
    state text;
BEGIN
    FOR state IN EXECUTE format(
        'SELECT state FROM %I WHERE id IN ($1, $2) FOR SHARE', TG_ARGV[0]
    ) USING (to_jsonb(OLD) ->> TG_ARGV[1])::integer, (to_jsonb(NEW) ->> TG_ARGV[1])::integer
    LOOP
        IF state = ANY (string_to_array(TG_ARGV[2], ',')) THEN
            RAISE EXCEPTION '% stays as it is: % refused', TG_TABLE_NAME, TG_OP
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    RETURN COALESCE(NEW, OLD);
END
$$ LANGUAGE plpgsql
"""

# what is matched to a line of the ledger, when the transaction ends: of a posted voucher, on its
# day, all together not above its amount
_MATCHED = """
CREATE OR REPLACE FUNCTION yangguang_guard_matched() RETURNS trigger AS $$
DECLARE
    line record;
    matched record;
BEGIN
    SELECT date, division_id, abs(debit + credit) AS amount INTO line
    FROM yangguang_voucher_line WHERE id = NEW.voucher_line_id FOR UPDATE;
    EXECUTE format(
        'SELECT sum(amount) AS amount, bool_and(day = $2 AND division_id = $3) AS agree'
        ' FROM %I WHERE voucher_line_id = $1', TG_TABLE_NAME
    ) INTO matched USING NEW.voucher_line_id, line.date, line.division_id;
    -- nothing is left of it when the row has gone since
    IF matched.amount > line.amount
        OR (matched.amount IS NOT NULL AND matched.agree IS NOT TRUE)
    THEN
        RAISE EXCEPTION '% does not agree with the ledger', TG_TABLE_NAME
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql
"""


def guard_register(cr, table, closed, fixed):
    """Guards a table with a state: `closed` are the states in which a record stays whole, `fixed`
    the columns that stay once it is no draft. Called from the model's `init`."""
    cr.execute(_REGISTER)
    _trigger(
        cr, table, "guard", "INSERT OR UPDATE OR DELETE", "yangguang_guard_register", closed, *fixed
    )
    _refuse_truncate(cr, table)


def guard_below(cr, table, above, column, closed):
    """Guards what lies below the records of the table `above`, named by `column`."""
    cr.execute(_BELOW)
    event = "INSERT OR UPDATE OR DELETE"
    name = f"guard_below_{column}"
    _trigger(cr, table, name, event, "yangguang_guard_below", [above], column, closed)
    _refuse_truncate(cr, table)


def guard_matched(cr, table):
    """Guards a table whose rows may name a line of the ledger."""
    cr.execute(_MATCHED)
    trigger, guarded = SQL.identifier(f"{table}_guard_matched"), SQL.identifier(table)
    # such triggers cannot be replaced, only made anew
    cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, guarded))
    cr.execute(
        SQL(
            "CREATE CONSTRAINT TRIGGER %s AFTER INSERT OR UPDATE ON %s"
            " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.voucher_line_id IS NOT NULL)"
            " EXECUTE FUNCTION yangguang_guard_matched()",
            trigger,
            guarded,
        )
    )


def _refuse_truncate(cr, table):
    cr.execute(
        SQL(
            "CREATE OR REPLACE TRIGGER %s BEFORE TRUNCATE ON %s"
            " FOR EACH STATEMENT EXECUTE FUNCTION yangguang_refuse_change()",
            SQL.identifier(f"{table}_refuse_truncate"),
            SQL.identifier(table),
        )
    )


def _trigger(cr, table, name, event, function, *arguments):
    words = [one if isinstance(one, str) else ",".join(one) for one in arguments]
    cr.execute(
        SQL(
            "CREATE OR REPLACE TRIGGER %s BEFORE %s ON %s FOR EACH ROW EXECUTE FUNCTION %s(%s)",
            SQL.identifier(f"{table}_{name}"),
            SQL(event),
            SQL.identifier(table),
            SQL.identifier(function),
            SQL(", ").join(words),
        )
    )
