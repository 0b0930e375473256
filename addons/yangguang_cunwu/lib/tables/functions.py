"""The functions of the rule language, each compiled from the syntax of its arguments."""

import ast
from decimal import Decimal

from .expression import BOOLEAN, DATE, NUMBER, ExpressionError, Part, reader
from .values import ARITHMETIC, ZERO


def _prev(compiler, column, initial):
    """prev(column, initial): the column in the row before, `initial` in the first row."""
    if not compiler.scope.previous:
        raise ExpressionError("prev 只能用在逐行的规则里")
    name = compiler.lookup(column)
    if name.source != "row":
        raise ExpressionError(f"prev 的第一项应为一列，「{column.id}」不是")
    compiler.looks_back = True
    earlier = reader(name, column.id, "previous")
    first = compiler.part(initial, name.kind).run
    return Part(
        name.kind,
        lambda context: first(context) if context.previous is None else earlier(context),
    )


def _days(compiler, start, end):
    """days(start, end): end minus start, in days."""
    first, last = compiler.part(start, DATE).run, compiler.part(end, DATE).run
    return Part(NUMBER, lambda context: Decimal((last(context) - first(context)).days))


def _implies(compiler, condition, consequence):
    given, then = compiler.part(condition, BOOLEAN).run, compiler.part(consequence, BOOLEAN).run
    return Part(BOOLEAN, lambda context: not given(context) or then(context))


def _nonempty(compiler, column):
    name = compiler.lookup(column)
    compiler.current.append(column.id)
    key, source = column.id, name.source
    return Part(BOOLEAN, lambda context: getattr(context, source)[key] is not None)


def _sum(compiler, column):
    """sum(column): the column added up over all rows."""
    if not isinstance(column, ast.Name) or column.id not in compiler.scope.summable:
        raise ExpressionError("sum 只能用在全表的规则里，括号里是一列数字的名称")
    key = column.id
    compiler.names.append(key)

    def run(context):
        total = ZERO
        for row in context.rows:
            total = ARITHMETIC.add(total, row[key] or ZERO)
        return total

    return Part(NUMBER, run)


def _extreme(choose):
    def extreme(compiler, *arguments):
        parts = [compiler.part(argument, NUMBER).run for argument in arguments]
        return Part(NUMBER, lambda context: choose(part(context) for part in parts))

    return extreme


def _round(compiler, number, places):
    """round(number, places): half up, as money is rounded in trade."""
    inner = compiler.part(number, NUMBER).run
    if compiler.source(places) not in set("0123456"):
        raise ExpressionError("round 的第二项应为0至6的小数位数")
    unit = Decimal(1).scaleb(-int(compiler.source(places)))
    return Part(NUMBER, lambda context: inner(context).quantize(unit, context=ARITHMETIC))


# name -> numbers of arguments it takes, how it is compiled
FUNCTIONS = {
    "prev": ((2,), _prev),
    "days": ((2,), _days),
    "implies": ((2,), _implies),
    "nonempty": ((1,), _nonempty),
    "sum": ((1,), _sum),
    "max": (range(2, 10), _extreme(max)),
    "min": (range(2, 10), _extreme(min)),
    "round": ((2,), _round),
}
