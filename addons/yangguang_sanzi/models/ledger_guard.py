"""What the database itself refuses in the books, for every role, sudo included.

Posted vouchers and their lines never change and never go; a voucher begins as a draft and is
posted into an open month of its own book, with a number that the month has given out, and only if
it balances. When the transaction ends the numbers of a month have no gap. The sums of a month are
what its posted lines add up to.
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

# Whoever changes lines or papers changes the voucher's row: that is refused when it is posted, and
# of two at once, one changing lines and one posting, the second is run again. A lock would not do:
# who waits for one goes on with what he has seen before. Vouchers of this transaction nobody else
# sees.
_PARTS = """
CREATE OR REPLACE FUNCTION yangguang_guard_voucher_parts() RETURNS trigger AS $$
BEGIN
    UPDATE yangguang_voucher SET state = state
    WHERE id IN (SELECT voucher_id FROM changed)
        AND (state = 'posted' OR xmin != pg_current_xact_id()::xid);
    RETURN NULL;
END
$$ LANGUAGE plpgsql
"""
_PART_STAYS = """
CREATE OR REPLACE FUNCTION yangguang_refuse_moved_part() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'what belongs to a voucher stays there'
        USING ERRCODE = 'insufficient_privilege';
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

# One statement posts many: their lines are added up once, and the sums of the month grow by them.
_POSTED = """
CREATE OR REPLACE FUNCTION yangguang_post_vouchers() RETURNS trigger AS $$
DECLARE
    wrong integer;
BEGIN
    SELECT voucher.id INTO wrong
    FROM changed voucher LEFT JOIN yangguang_voucher_line line ON line.voucher_id = voucher.id
    WHERE voucher.state = 'posted'
    GROUP BY voucher.id, voucher.date, voucher.book_id
    HAVING count(line.id) < 2 OR sum(line.debit) != sum(line.credit)
        OR NOT bool_and(line.date = voucher.date AND line.book_id = voucher.book_id)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'voucher % does not balance', wrong USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO yangguang_book_total AS total
        (book_id, month, kind, account_id, counterparty, debit, credit)
    SELECT voucher.book_id, to_date(period.month || '-01', 'YYYY-MM-DD'),
        CASE WHEN voucher.kind IN ('opening', 'carry_over') THEN voucher.kind ELSE 'entry' END,
        line.account_id, CASE WHEN account.settles THEN COALESCE(line.counterparty, '') ELSE '' END,
        sum(line.debit), sum(line.credit)
    FROM changed voucher
        JOIN yangguang_book_period period ON period.id = voucher.period_id
        JOIN yangguang_voucher_line line ON line.voucher_id = voucher.id
        JOIN yangguang_ledger_account account ON account.id = line.account_id
    WHERE voucher.state = 'posted'
    GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT (book_id, month, account_id, kind, counterparty) DO UPDATE
        SET debit = total.debit + EXCLUDED.debit, credit = total.credit + EXCLUDED.credit;
    RETURN NULL;
END
$$ LANGUAGE plpgsql
"""

# sums are changed by posting, from inside its trigger, and by nobody else
_TOTAL = """
CREATE OR REPLACE FUNCTION yangguang_guard_book_total() RETURNS trigger AS $$
BEGIN
    IF pg_trigger_depth() < 2 OR TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'the sums of a month follow from its vouchers: % refused', TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
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
    cr.execute(_POSTED)
    cr.execute(
        "CREATE OR REPLACE TRIGGER yangguang_voucher_posted AFTER UPDATE ON yangguang_voucher"
        " REFERENCING NEW TABLE AS changed"
        " FOR EACH STATEMENT EXECUTE FUNCTION yangguang_post_vouchers()"
    )


def guard_parts(cr, table):
    """Installs the guards of a table whose rows belong to vouchers: lines, papers; called from the
    model's `init`."""
    cr.execute(_PARTS)
    cr.execute(_PART_STAYS)
    for event, rows in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        cr.execute(
            SQL(
                "CREATE OR REPLACE TRIGGER %s AFTER %s ON %s REFERENCING %s TABLE AS changed"
                " FOR EACH STATEMENT EXECUTE FUNCTION yangguang_guard_voucher_parts()",
                SQL.identifier(f"{table}_{event.lower()}"),
                SQL(event),
                SQL.identifier(table),
                SQL(rows),
            )
        )
    cr.execute(
        SQL(
            "CREATE OR REPLACE TRIGGER %s BEFORE UPDATE OF voucher_id ON %s FOR EACH ROW"
            " WHEN (NEW.voucher_id != OLD.voucher_id)"
            " EXECUTE FUNCTION yangguang_refuse_moved_part()",
            SQL.identifier(f"{table}_stays"),
            SQL.identifier(table),
        )
    )
    _refuse_truncate(cr, table)


def guard_totals(cr):
    """Installs the guards of the table of sums; called from the model's `init`."""
    _guard(cr, "yangguang_book_total", "yangguang_guard_book_total", _TOTAL)


def guard_periods(cr):
    """Installs the guards of the table of months; called from the model's `init`.

    A check when the transaction ends cannot be replaced, only made anew.
    """
    _guard(cr, "yangguang_book_period", "yangguang_guard_book_period", _PERIOD)
    cr.execute(_GAPLESS)
    cr.execute("DROP TRIGGER IF EXISTS yangguang_check_gapless ON yangguang_book_period")
    cr.execute(
        "CREATE CONSTRAINT TRIGGER yangguang_check_gapless"
        " AFTER UPDATE OF last_number ON yangguang_book_period DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW WHEN (NEW.last_number != OLD.last_number)"
        " EXECUTE FUNCTION yangguang_check_gapless()"
    )


def _guard(cr, table, function, body):
    """A check of every row before it changes, and no TRUNCATE at all."""
    cr.execute(body)
    cr.execute(
        SQL(
            "CREATE OR REPLACE TRIGGER %s BEFORE INSERT OR UPDATE OR DELETE ON %s"
            " FOR EACH ROW EXECUTE FUNCTION %s()",
            SQL.identifier(f"{table}_guard"),
            SQL.identifier(table),
            SQL.identifier(function),
        )
    )
    _refuse_truncate(cr, table)


def _refuse_truncate(cr, table):
    cr.execute(
        SQL(
            "CREATE OR REPLACE TRIGGER %s BEFORE TRUNCATE ON %s"
            " FOR EACH STATEMENT EXECUTE FUNCTION yangguang_refuse_change()",
            SQL.identifier(f"{table}_refuse_truncate"),
            SQL.identifier(table),
        )
    )
