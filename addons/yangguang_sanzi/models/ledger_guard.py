"""What the database itself refuses in the books, for every role, sudo included.

Posted vouchers and their lines never change and never go; a voucher begins as a draft and is
posted into an open month of its own book, with a number that the month has given out. At the end
of the transaction a posted voucher balances and the numbers of a month have no gap.
"""

from odoo.tools import SQL

_VOUCHER = """
CREATE OR REPLACE FUNCTION yangguang_guard_voucher() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state != 'draft' OR COALESCE(NEW.number, 0) != 0 THEN
            RAISE EXCEPTION 'a voucher begins as a draft'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'posted' THEN
        RAISE EXCEPTION 'a posted voucher stays as it is: % refused', TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.state = 'posted' AND NOT EXISTS (
        SELECT 1 FROM yangguang_book_period period
        WHERE period.id = NEW.period_id AND period.book_id = NEW.book_id AND period.state = 'open'
            AND CASE WHEN NEW.kind = 'opening'
                THEN NEW.number = 0
                    AND NEW.date = to_date(period.month || '-01', 'YYYY-MM-DD') - 1
                ELSE NEW.number BETWEEN 1 AND period.last_number
                    AND period.month = to_char(NEW.date, 'YYYY-MM')
            END
    ) THEN
        RAISE EXCEPTION 'a voucher is posted into an open month, with a number of that month'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql
"""

# the lock makes whoever adds a line wait for whoever posts, and then fail
_LINE = """
CREATE OR REPLACE FUNCTION yangguang_guard_voucher_line() RETURNS trigger AS $$
DECLARE
    voucher record;
BEGIN
    FOR voucher IN
        SELECT state FROM yangguang_voucher
        WHERE id IN (OLD.voucher_id, NEW.voucher_id) FOR SHARE
    LOOP
        IF voucher.state = 'posted' THEN
            RAISE EXCEPTION 'the lines of a posted voucher stay as they are: % refused', TG_OP
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    RETURN COALESCE(NEW, OLD);
END
$$ LANGUAGE plpgsql
"""

_PERIOD = """
CREATE OR REPLACE FUNCTION yangguang_guard_book_period() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state != 'open' OR NEW.last_number != 0 THEN
            RAISE EXCEPTION 'a month begins open and without vouchers'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'closed' THEN
        RAISE EXCEPTION 'a closed month stays closed: % refused', TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.last_number > 0 THEN
            RAISE EXCEPTION 'a month with vouchers stays'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.last_number < OLD.last_number
        OR (NEW.book_id, NEW.month) IS DISTINCT FROM (OLD.book_id, OLD.month)
        OR (NEW.state = 'closed' AND EXISTS (
            SELECT 1 FROM yangguang_book_period earlier
            WHERE earlier.book_id = NEW.book_id AND earlier.month < NEW.month
                AND earlier.state = 'open'
        ))
    THEN
        RAISE EXCEPTION 'months are closed in their order, and numbers only grow'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql
"""

_BALANCED = """
CREATE OR REPLACE FUNCTION yangguang_check_balanced() RETURNS trigger AS $$
DECLARE
    found record;
BEGIN
    SELECT count(*) AS lines, sum(debit) - sum(credit) AS difference,
        bool_and(COALESCE(date = NEW.date, FALSE) AND book_id = NEW.book_id) AS belong
    INTO found FROM yangguang_voucher_line WHERE voucher_id = NEW.id;
    IF found.lines < 2 OR found.difference != 0 OR found.belong IS NOT TRUE THEN
        RAISE EXCEPTION 'voucher % does not balance', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql
"""

_GAPLESS = """
CREATE OR REPLACE FUNCTION yangguang_check_gapless() RETURNS trigger AS $$
BEGIN
    -- numbers are unique and none is above the last: as many as the last means none is missing
    IF (
        SELECT count(*) FROM yangguang_voucher WHERE period_id = NEW.id AND number > 0
    ) != (
        SELECT last_number FROM yangguang_book_period WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION 'the numbers of month % have a gap', NEW.month
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql
"""


def guard_vouchers(cr):
    """Installs the guards of the table of vouchers; called from the model's `init`."""
    _guard(cr, "yangguang_voucher", "yangguang_guard_voucher", _VOUCHER)
    _check_at_end(
        cr,
        "yangguang_voucher",
        SQL("UPDATE OF state"),
        SQL("NEW.state = 'posted'"),
        "yangguang_check_balanced",
        _BALANCED,
    )


def guard_lines(cr):
    """Installs the guards of the table of lines; called from the model's `init`."""
    _guard(cr, "yangguang_voucher_line", "yangguang_guard_voucher_line", _LINE)


def guard_periods(cr):
    """Installs the guards of the table of months; called from the model's `init`."""
    _guard(cr, "yangguang_book_period", "yangguang_guard_book_period", _PERIOD)
    _check_at_end(
        cr,
        "yangguang_book_period",
        SQL("UPDATE OF last_number"),
        SQL("NEW.last_number != OLD.last_number"),
        "yangguang_check_gapless",
        _GAPLESS,
    )


def _guard(cr, table, function, body):
    """A check of every row before it changes, and no TRUNCATE at all."""
    cr.execute(body)
    for name, event, level, call in (
        ("guard", "INSERT OR UPDATE OR DELETE", "ROW", function),
        ("refuse_truncate", "TRUNCATE", "STATEMENT", "yangguang_refuse_change"),
    ):
        cr.execute(
            SQL(
                "CREATE OR REPLACE TRIGGER %s BEFORE %s ON %s FOR EACH %s EXECUTE FUNCTION %s()",
                SQL.identifier(f"{table}_{name}"),
                SQL(event),
                SQL.identifier(table),
                SQL(level),
                SQL.identifier(call),
            )
        )


def _check_at_end(cr, table, event, condition, function, body):
    """A check when the transaction ends; such triggers cannot be replaced, only made anew."""
    cr.execute(body)
    trigger = SQL.identifier(function)
    cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, SQL.identifier(table)))
    cr.execute(
        SQL(
            "CREATE CONSTRAINT TRIGGER %s AFTER %s ON %s DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW WHEN (%s) EXECUTE FUNCTION %s()",
            trigger,
            event,
            SQL.identifier(table),
            condition,
            SQL.identifier(function),
        )
    )
