import { CellEditor } from "./cell_editor";
import { GridView } from "./grid_view";
import { formatTable, parseTable, withoutHeadings } from "./tsv";

/**
 * A table that is filled in like a spreadsheet. Only the visible lines are drawn.
 *
 * The focus stays in one text field over the active cell, invisible until something is entered: so
 * the first key already reaches an input method, and clipboard and undo keys arrive in one place.
 */
export class GridTable extends GridView {
    static template = "yangguang_cunwu.GridTable";
    static components = { CellEditor };
    static props = {
        sheet: Object,
        /** changes whenever the sheet or its evaluation does */
        version: Number,
        problems: Object,
        marks: [Object, { value: null }],
        totals: Array,
        onChange: Function,
        onSelect: Function,
        onLeave: Function,
        onSave: Function,
        onOverflow: Function,
        /** takes the methods that the toolbar calls */
        handle: Function,
    };

    // changing

    enter(text) {
        if (text !== this.activeText) {
            const { row, column } = this.state;
            this.sheet.enter(row, column, text);
            this.props.onChange();
        }
    }

    /** Writes the text into every selected cell (Ctrl-Enter). */
    fill(text) {
        const { top, left, bottom, right } = this.selection;
        const line = Array(right - left + 1).fill(text);
        this.sheet.write(top, left, Array(bottom - top + 1).fill(line));
        this.props.onChange();
    }

    clear() {
        this.fill("");
    }

    fillDown() {
        const { top, left, bottom, right } = this.selection;
        const from = bottom > top ? top : Math.max(0, top - 1);
        const [line] = this.sheet.block({ top: from, bottom: from, left, right });
        this.sheet.write(from, left, Array(bottom - from + 1).fill(line));
        this.props.onChange();
    }

    undo() {
        this.sheet.undo();
        this.props.onChange();
    }

    redo() {
        this.sheet.redo();
        this.props.onChange();
    }

    insertRows() {
        const { top, bottom } = this.selection;
        this._change(() => this.sheet.insert(top, Array(bottom - top + 1).fill(null)));
    }

    duplicateRows() {
        const { top, bottom } = this.selection;
        const lines = this.sheet.rows.slice(top, bottom + 1).map((row) => row.cells);
        this._change(() => this.sheet.insert(bottom + 1, lines));
        this.select(bottom + 1, this.state.column);
    }

    deleteRows() {
        const { top, bottom } = this.selection;
        this._change(() => this.sheet.remove(top, bottom - top + 1));
        this.select(top, this.state.column);
    }

    _change(change) {
        if (!this.sheet.fixed) {
            change();
            this.props.onChange();
        }
    }

    // the clipboard

    onCopy(ev) {
        ev.preventDefault();
        ev.clipboardData.setData("text/plain", formatTable(this.sheet.block(this.selection)));
    }

    onCut(ev) {
        this.onCopy(ev);
        this.clear();
    }

    onPaste(ev) {
        ev.preventDefault();
        const text = ev.clipboardData.getData("text/plain");
        if (text) {
            this.paste(parseTable(text));
        }
    }

    paste(block) {
        const { top, left, bottom, right } = this.selection;
        const rows = withoutHeadings(block, this.sheet.columns.slice(left));
        if (!rows.length) {
            return;
        }
        if (rows.length === 1 && rows[0].length === 1) {
            this.fill(rows[0][0]);
            return;
        }
        const lost = this.sheet.write(top, left, rows);
        this.measure();
        this.props.onChange();
        if (lost) {
            this.props.onOverflow();
        }
        this.select(top, left);
        this.state.row = Math.min(this.sheet.rows.length, top + rows.length) - 1;
        this.state.column = Math.min(this.sheet.columns.length, left + rows[0].length) - 1;
        this.state.anchorRow = top;
        this.state.anchorColumn = left;
    }
}
