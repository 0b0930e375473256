"""From the text of a formula to closures, by a whitelist of Python's syntax tree."""

import ast
import operator
import re
from decimal import Decimal

from .expression import (
    BOOLEAN,
    DATE,
    KIND_LABELS,
    NUMBER,
    TEXT,
    EvaluationError,
    ExpressionError,
    Formula,
    Name,
    Part,
    Scope,
    reader,
)
from .functions import FUNCTIONS
from .values import ARITHMETIC

LENGTH_LIMIT = 500
DEPTH_LIMIT = 50
RESERVED = frozenset({*FUNCTIONS, "today", "key"})

_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?")
_OPERATORS = {ast.Add: ARITHMETIC.add, ast.Sub: ARITHMETIC.subtract, ast.Mult: ARITHMETIC.multiply}
_EQUALITIES = {ast.Eq: operator.eq, ast.NotEq: operator.ne}
_ORDERS = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge}


def compile_formula(text: str, scope: Scope) -> Formula:
    """The formula `text` in `scope`; raises ExpressionError with a sentence for its author."""
    compiler = _Compiler(text.strip(), scope)
    part = compiler.part(_parse(compiler.text))
    return Formula(
        compiler.text,
        part.kind,
        tuple(dict.fromkeys(compiler.names)),
        frozenset(compiler.current),
        compiler.looks_back,
        part.run,
    )


def _parse(text):
    if not text:
        raise ExpressionError("公式是空的")
    if len(text) > LENGTH_LIMIT:
        raise ExpressionError(f"公式过长，最多{LENGTH_LIMIT}字")
    # escapes only serve to hide what a text says
    if "\\" in text:
        raise ExpressionError("公式里不能有反斜杠")
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError as error:
        place = f"第{error.offset}个字附近" if error.offset else "有一处"
        raise ExpressionError(f"公式{place}写法有误，请用半角的符号和括号") from None
    except (ValueError, RecursionError, MemoryError):
        raise ExpressionError("公式写法有误") from None


class _Compiler:
    def __init__(self, text, scope):
        self.text = text
        self.scope = scope
        self.names = []
        self.current = []
        self.looks_back = False
        self.depth = 0

    def part(self, node, kind=None):
        """The compiled `node`, which has to be of `kind` when one is given."""
        handler = self._HANDLERS.get(type(node))
        if not handler:
            raise ExpressionError(
                f"公式里不能这样写：{self.source(node)}。只能用加减乘除、比较、"
                "and、or、not、条件和规定的函数"
            )
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise ExpressionError("公式嵌套过深，请拆成几条")
        part = handler(self, node)
        self.depth -= 1
        if kind and part.kind != kind:
            raise ExpressionError(
                f"「{self.source(node)}」是{KIND_LABELS[part.kind]}，此处应为{KIND_LABELS[kind]}"
            )
        return part

    def source(self, node):
        """The text of `node`."""
        return ast.get_source_segment(self.text, node) or self.text

    def _constant(self, node):
        if isinstance(node.value, str):
            value, kind = node.value, TEXT
        elif _NUMBER.fullmatch(self.source(node)):
            value, kind = Decimal(self.source(node)), NUMBER
        else:
            raise ExpressionError(f"「{self.source(node)}」不是公式里可用的数字或文字")
        return Part(kind, lambda context: value, (value,))

    def _name(self, node):
        if node.id == "today":
            if not self.scope.today:
                raise ExpressionError("此处不能用 today，否则已公开的数字会自己变化")
            return Part(DATE, lambda context: context.today)
        name = self.lookup(node)
        self.current.append(node.id)
        return Part(name.kind, reader(name, node.id, name.source), choices=name.choices)

    def lookup(self, node) -> Name:
        """What the name `node` stands for; notes that the formula touches it."""
        if not isinstance(node, ast.Name):
            raise ExpressionError(f"「{self.source(node)}」应为一列的名称")
        if node.id not in self.scope.names:
            raise ExpressionError(f"没有「{node.id}」这一列")
        self.names.append(node.id)
        return self.scope.names[node.id]

    def _unary(self, node):
        if isinstance(node.op, ast.Not):
            inner = self.part(node.operand, BOOLEAN).run
            return Part(BOOLEAN, lambda context: not inner(context))
        if not isinstance(node.op, ast.USub):
            raise ExpressionError(f"公式里不能这样写：{self.source(node)}")
        inner = self.part(node.operand, NUMBER).run
        return Part(NUMBER, lambda context: ARITHMETIC.minus(inner(context)))

    def _binary(self, node):
        left, right = self.part(node.left, NUMBER).run, self.part(node.right, NUMBER).run
        if isinstance(node.op, ast.Div):
            return Part(NUMBER, lambda context: _divide(left(context), right(context)))
        operate = _OPERATORS.get(type(node.op))
        if not operate:
            raise ExpressionError(f"只能用加减乘除，不能这样写：{self.source(node)}")
        return Part(NUMBER, lambda context: operate(left(context), right(context)))

    def _logic(self, node):
        parts = [self.part(value, BOOLEAN).run for value in node.values]
        quantify = all if isinstance(node.op, ast.And) else any
        return Part(BOOLEAN, lambda context: quantify(part(context) for part in parts))

    def _condition(self, node):
        test = self.part(node.test, BOOLEAN).run
        then = self.part(node.body)
        other = self.part(node.orelse, then.kind).run
        return Part(
            then.kind,
            lambda context: then.run(context) if test(context) else other(context),
        )

    def _compare(self, node):
        left = self.part(node.left)
        if len(node.ops) == 1 and isinstance(node.ops[0], ast.In | ast.NotIn):
            return self._membership(node, left)
        pairs = []
        for operation, right_node in zip(node.ops, node.comparators, strict=True):
            right = self.part(right_node, left.kind)
            pairs.append(self._pair(operation, left, right, node))
            left = right
        if len(pairs) == 1:
            return Part(BOOLEAN, pairs[0])
        return Part(BOOLEAN, lambda context: all(pair(context) for pair in pairs))

    def _pair(self, operation, left, right, node):
        compare = _EQUALITIES.get(type(operation))
        if not compare and left.kind in (NUMBER, DATE):
            compare = _ORDERS.get(type(operation))
        if not compare:
            raise ExpressionError(f"不能这样比较：{self.source(node)}")
        _check_choices(left, right.literals)
        _check_choices(right, left.literals)
        first, second = left.run, right.run
        return lambda context: compare(first(context), second(context))

    def _membership(self, node, left):
        (members,) = node.comparators
        if not isinstance(members, ast.List | ast.Tuple) or not members.elts:
            raise ExpressionError("in 后面应是方括号里的若干数字或文字")
        parts = [self.part(element, left.kind) for element in members.elts]
        if not all(part.literals for part in parts):
            raise ExpressionError("in 后面的方括号里只能是数字或文字")
        values = frozenset(part.literals[0] for part in parts)
        _check_choices(left, values)
        run, expected = left.run, isinstance(node.ops[0], ast.In)
        return Part(BOOLEAN, lambda context: (run(context) in values) == expected)

    def _call(self, node):
        name = self.source(node.func)
        if name not in FUNCTIONS:
            raise ExpressionError(f"没有「{name}」这个函数，可用：{'、'.join(FUNCTIONS)}")
        arity, function = FUNCTIONS[name]
        if node.keywords or len(node.args) not in arity:
            raise ExpressionError(f"函数 {name} 括号里的内容写得不对")
        return function(self, *node.args)

    _HANDLERS = {
        ast.Constant: _constant,
        ast.Name: _name,
        ast.UnaryOp: _unary,
        ast.BinOp: _binary,
        ast.BoolOp: _logic,
        ast.IfExp: _condition,
        ast.Compare: _compare,
        ast.Call: _call,
    }


def _check_choices(selection, literals):
    if selection.choices is None:
        return
    for literal in literals:
        if literal not in selection.choices:
            raise ExpressionError(f"选项里没有「{literal}」，这样比较永远不成立")


def _divide(number, divisor):
    if not divisor:
        raise EvaluationError("除数为零，无法计算")
    return ARITHMETIC.divide(number, divisor)
