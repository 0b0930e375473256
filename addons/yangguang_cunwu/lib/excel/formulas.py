"""Turns a template's formulas into Excel's, as far as they are plain arithmetic."""

import ast
from collections.abc import Callable

from ..tables.values import PLACES

_OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_FUNCTIONS = {"max": "MAX", "min": "MIN", "round": "ROUND"}


class _NotArithmeticError(Exception):
    """The formula needs more than Excel's arithmetic and its cells."""


def excel_formula(
    text: str, type_: str, cell: Callable[[str], str | None], previous: Callable[[str, str], str]
) -> str | None:
    """Return the Excel formula for `text`, empty while no cell it looks at is filled.

    `cell(name)` gives the address of a column of the row, or of a header field; None when the form
    has none. `previous(name, field)` gives the address of `prev`. The result is rounded as `type_`
    is stored; None when the formula cannot be written in Excel.
    """
    translation = _Translation(cell, previous)
    try:
        body = translation.visit(ast.parse(text, mode="eval").body)
    except _NotArithmeticError:
        return None
    looked_at = ",".join(dict.fromkeys(translation.cells))
    return f'=IF(COUNT({looked_at})=0,"",ROUND({body},{PLACES[type_]}))' if looked_at else None


class _Translation(ast.NodeVisitor):
    """Writes a syntax tree as Excel; `cells` are the addresses it met, but for those of `prev`."""

    def __init__(self, cell, previous):
        self._cell = cell
        self._previous = previous
        self.cells = []

    def generic_visit(self, node):
        raise _NotArithmeticError

    def visit_BinOp(self, node):
        if type(node.op) not in _OPERATORS:
            raise _NotArithmeticError
        left, right = self.visit(node.left), self.visit(node.right)
        return f"({left}{_OPERATORS[type(node.op)]}{right})"

    def visit_UnaryOp(self, node):
        if not isinstance(node.op, ast.USub):
            raise _NotArithmeticError
        return f"(-{self.visit(node.operand)})"

    def visit_Constant(self, node):
        if type(node.value) not in (int, float):
            raise _NotArithmeticError
        return repr(node.value)

    def visit_Name(self, node):
        address = self._cell(node.id)
        if not address:
            raise _NotArithmeticError
        self.cells.append(address)
        # N() reads the empty text of a computed cell as 0
        return f"N({address})"

    def visit_Call(self, node):
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name == "prev" and all(isinstance(each, ast.Name) for each in node.args):
            address = self._previous(*(each.id for each in node.args))
            if not address:
                raise _NotArithmeticError
            return f"N({address})"
        if name not in _FUNCTIONS or node.keywords:
            raise _NotArithmeticError
        return f"{_FUNCTIONS[name]}({','.join(map(self.visit, node.args))})"
