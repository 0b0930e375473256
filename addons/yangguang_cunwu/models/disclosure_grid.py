import json
import re

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..lib import clock, comparison, grid
from ..lib.excel.layout import heading
from ..lib.periods import Period
from ..lib.roles import DRAFTERS
from ..lib.tables import values


class Disclosure(models.Model):
    """What the grid editor of a draft asks the server: the rules are here and nowhere else.

    A grid is made of texts (`lib/grid.py`). Every call checks that its user may read the sheet
    and is appointed to draft in its village.
    """

    _inherit = "yangguang.disclosure"

    unread = fields.Text(
        readonly=True,
        copy=False,
        prefetch=False,
        groups="yangguang_cunwu.group_staff",
        help="Cells of a draft that could not be read, as they were typed: row, column, text.",
    )

    def grid_open(self):
        """Everything the editor needs: the layout, the grid, its evaluation, and what this sheet
        can begin with."""
        layout = self._editable_layout()
        texts = grid.show(layout, self._begun_document(), self._unread_cells())
        previous = self._previous_sheet()
        return {
            "revision": self.revision,
            "layout": self._grid_layout(layout),
            "grid": texts,
            "evaluation": self.grid_evaluate(texts),
            "previous": previous.period_label or previous.display_name if previous else False,
        }

    def grid_previous(self):
        """The last period's content as the grid a new one begins with."""
        layout = self._editable_layout()
        previous = self._previous_sheet()
        if not previous:
            raise UserError(self.env._("There is no earlier sheet of this item to begin with."))
        begun = grid.carry_forward(layout, previous._document())
        texts = grid.show(layout, begun)
        # the rest of the header is this sheet's own
        texts["header"] = {key: texts["header"][key] for key in begun["header"]}
        return texts

    def grid_evaluate(self, texts, compare=False):
        """What the server makes of a grid: the cells that read otherwise now, the totals, and what
        is wrong, placed at its cell. With `compare` also what differs from the last period."""
        layout = self._editable_layout()
        entry = self._grid_entry(layout, texts)
        filled = self._filled_document(entry.document)
        evaluation = {
            **grid.differences(layout, texts, entry),
            "totals": grid.shown_totals(layout, entry.document),
            "hints": self._hints(layout, entry.document, filled),
            "problems": [
                {
                    "row": problem.row,
                    "column": problem.column,
                    "message": problem.message,
                    "sentence": problem.sentence(layout),
                    "kind": problem.kind,
                }
                for problem in entry.check(layout, filled, clock.today())
            ],
            "others": [
                *self._crosscheck_problems(filled),
                *(finding.sentence() for _key, finding in self._findings(filled)),
            ],
        }
        if compare and (previous := self._previous_sheet()):
            balanced = self._with_closing_balances(entry.document)
            difference = comparison.compare(layout, previous._balanced_document(), balanced)
            evaluation["changes"] = grid.marks(difference, entry.places)
        return evaluation

    def grid_save(self, revision, texts, strict=False):
        """Saves a grid as the content of the draft; gives the new revision.

        What cannot be read is kept beside the content, so that it is there tomorrow too. When
        another has saved since `revision`, the answer says who and when, and nothing is saved;
        with `strict` that is an error, for a caller that goes on to submit.
        """
        layout = self._editable_layout()
        if revision != self.revision and not strict:
            return {"conflict": self._last_change()}
        entry = self._grid_entry(layout, texts)
        if entry.problems:
            raise UserError("\n".join(problem.sentence(layout) for problem in entry.problems))
        saved = self.save_content(revision, entry.document)
        if entry.unread:
            cells = [[row, key, text] for (row, key), text in entry.unread.items()]
            self.sudo().unread = json.dumps(cells, ensure_ascii=False)
        return {"revision": saved}

    def _editable_layout(self):
        """The layout of the table, for one who is appointed to fill it in."""
        self.ensure_one()
        self.check_access("read")
        self._check_appointed(DRAFTERS)
        layout = self._layout()
        if not layout:
            raise UserError(self.env._("This item has no table: write its text."))
        return layout

    def _grid_entry(self, layout, texts):
        key = self.period_key or (self.event_date and self.event_date.isoformat())
        try:
            return grid.read(layout, texts, Period.parse(key) if key else None)
        except ValueError as error:
            raise UserError(str(error)) from error

    def _begun_document(self):
        """The content; of a sheet in which nothing is saved yet, the balances that go on from the
        period just before."""
        document = self._document()
        period = Period.parse(self.period_key) if self.period_key else None
        if self.revision or not period or period.kind == "once":
            return document
        previous = self._previous_sheet()
        if not previous or previous.period_key != period.previous().key:
            return document
        return {"header": grid.opening_balances(self._layout(), previous._document())}

    @staticmethod
    def _hints(layout, document, filled):
        """What is printed in the header fields that nobody has typed in, by their keys."""
        return {
            field.key: values.format(field, filled["header"][field.key])
            for field in layout.header
            if not field.automatic
            and filled["header"].get(field.key)
            and not document["header"].get(field.key)
        }

    def _grid_layout(self, layout):
        computed = grid.computed_columns(layout)
        return {
            "title": layout.title,
            "note": layout.note,
            "columns": [
                {
                    "key": column.key,
                    "label": column.label,
                    "heading": heading(column),
                    "type": column.type,
                    "computed": column.key in computed,
                    "total": column.total,
                    "options": [option.label for option in column.options],
                }
                for column in layout.columns
            ],
            "header": [
                {
                    "key": field.key,
                    "label": heading(field),
                    "type": field.type,
                }
                for field in layout.header
                if not field.automatic
            ],
            "locked": grid.locked_cells(layout),
        }

    def _unread_cells(self):
        cells = json.loads(self.sudo().unread or "[]")
        return {(row, key): text for row, key, text in cells}

    def _previous_sheet(self):
        """The sheet that this one corrects; else the last one of the item and the village, as far
        as its user may read it, whose table is of the same shape."""
        if self.corrects_id:
            domain = Domain("publication_id", "=", self.corrects_id.id)
        elif self._has_predecessor():
            domain = self._predecessor_domain() & Domain("state", "!=", "draft")
        else:
            return self.browse()
        previous = self.search(domain, order="period_key desc, id desc", limit=1)
        if previous and comparison.is_comparable(previous._layout(), self._layout()):
            return previous
        return self.browse()

    def _has_predecessor(self):
        """Whether the item comes again; sheets about an event have none before them."""
        return bool(self.period_key) or self.item_id.frequency == "permanent"

    def _predecessor_domain(self):
        """The sheets of the same village and item about an earlier period of the same kind."""
        domain = (
            Domain("id", "!=", self.id)
            & Domain("division_id", "=", self.division_id.id)
            & Domain("item_id.code", "=", self.item_id.code)
        )
        if self.period_key:
            # periods of the same kind sort by their keys
            domain &= Domain("period_key", "=like", re.sub(r"\d", "_", self.period_key))
            domain &= Domain("period_key", "<", self.period_key)
        return domain
