import { Component, onMounted, onWillRender, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { drawnRow } from "./drawn_row";
import { commandOf, target } from "./keyboard";
import { GUTTER_WIDTH, HEAD_HEIGHT, ROW_HEIGHT, columnStarts, columnWidths } from "./layout";
import { Mouse } from "./mouse";

// lines drawn above and below the visible ones
const OVERSCAN = 8;

/** What of a table is drawn, which cells are chosen, and moving about in it. */
export class GridView extends Component {
    setup() {
        this.scroller = useRef("scroller");
        this.editor = null;
        this.state = useState({ row: 0, column: 0, anchorRow: 0, anchorColumn: 0, first: 0 });
        this.visibleLines = 30;
        this.tabStart = null;
        this.mouse = new Mouse(this);
        onWillRender(() => {
            this.state.row = Math.min(this.state.row, this.sheet.rows.length - 1);
            this.state.anchorRow = Math.min(this.state.anchorRow, this.sheet.rows.length - 1);
        });
        onMounted(() => this.props.handle(this));
        useEffect(
            () => this.props.onSelect(this.active),
            () => [this.state.row, this.state.column]
        );
    }

    get sheet() {
        return this.props.sheet;
    }

    get active() {
        return { row: this.state.row, column: this.state.column };
    }

    get selection() {
        const { row, column, anchorRow, anchorColumn } = this.state;
        return {
            top: Math.min(row, anchorRow),
            bottom: Math.max(row, anchorRow),
            left: Math.min(column, anchorColumn),
            right: Math.max(column, anchorColumn),
        };
    }

    // what is drawn

    get geometry() {
        if (this.measured !== this.sheet.columns) {
            this.measure();
        }
        return this._geometry;
    }

    /** Fits the columns to what is in them now: when a sheet is opened, and after a paste. */
    measure() {
        this.measured = this.sheet.columns;
        const widths = columnWidths(this.sheet.columns, this.sheet.rows);
        const starts = columnStarts(widths);
        const width = starts.at(-1) + widths.at(-1);
        this._geometry = { widths, starts, width };
    }

    get tracks() {
        const { widths, width } = this.geometry;
        const columns = [GUTTER_WIDTH, ...widths].map((each) => `${each}px`).join(" ");
        return `grid-template-columns: ${columns}; width: ${width}px`;
    }

    get drawn() {
        const first = Math.max(0, this.state.first - OVERSCAN);
        const last = Math.min(
            this.sheet.rows.length,
            this.state.first + this.visibleLines + OVERSCAN
        );
        return {
            before: first * ROW_HEIGHT,
            after: (this.sheet.rows.length - last) * ROW_HEIGHT,
            rows: this.sheet.rows
                .slice(first, last)
                .map((row, offset) => drawnRow(row, first + offset, this)),
        };
    }

    cellId(row, column) {
        return `yg_cell_${row}_${column}`;
    }

    get editorPlace() {
        const { widths, starts } = this.geometry;
        const { row, column } = this.state;
        return {
            top: HEAD_HEIGHT + row * ROW_HEIGHT,
            left: starts[column],
            width: widths[column],
        };
    }

    get activeColumn() {
        return this.sheet.columns[this.state.column];
    }

    /** What a screen reader says of the cell that has the focus. */
    get activeLabel() {
        const { row, column } = this.state;
        const { key, heading } = this.sheet.columns[column];
        const problems = this.props.problems.get(`${row}/${key}`) || [];
        const sentences = problems.map((problem) => problem.message);
        return [row + 1, heading, this.activeText, ...sentences].join(" ");
    }

    get hasTotals() {
        return this.props.totals.some((total) => total !== null);
    }

    get totalLabel() {
        return _t("Total");
    }

    get activeText() {
        return this.sheet.rows[this.state.row].cells[this.state.column];
    }

    onScroll() {
        const { scrollTop, clientHeight } = this.scroller.el;
        this.visibleLines = Math.ceil(clientHeight / ROW_HEIGHT);
        const first = Math.floor(scrollTop / ROW_HEIGHT);
        // redrawn before the overscan is used up
        if (Math.abs(first - this.state.first) > OVERSCAN / 2 || first === 0) {
            this.state.first = first;
        }
    }

    // moving about

    select(row, column, extend = false) {
        const lines = this.sheet.rows.length;
        this.state.row = Math.max(0, Math.min(row, lines - 1));
        this.state.column = Math.max(0, Math.min(column, this.sheet.columns.length - 1));
        if (!extend) {
            this.state.anchorRow = this.state.row;
            this.state.anchorColumn = this.state.column;
        }
        this.reveal();
    }

    reveal() {
        const el = this.scroller.el;
        const { top, left, width } = this.editorPlace;
        const frozen = this.geometry.starts[1] ?? 0;
        // the totals cover the last line
        const foot = this.hasTotals ? ROW_HEIGHT : 0;
        if (top - HEAD_HEIGHT < el.scrollTop) {
            el.scrollTop = top - HEAD_HEIGHT;
        } else if (top + ROW_HEIGHT + foot > el.scrollTop + el.clientHeight) {
            el.scrollTop = top + ROW_HEIGHT + foot - el.clientHeight;
        }
        if (this.state.column === 0) {
            el.scrollLeft = 0;
        } else {
            if (left < el.scrollLeft + frozen) {
                el.scrollLeft = left - frozen;
            } else if (left + width > el.scrollLeft + el.clientWidth) {
                el.scrollLeft = left + width - el.clientWidth;
            }
        }
    }

    focus() {
        this.editor?.focus();
    }

    /** Ends the entry of a cell, so that what was typed counts. */
    commit() {
        this.editor?.commit();
    }

    goTo(row, column) {
        this.commit();
        this.select(row, column);
        this.focus();
    }

    onKeydown(ev) {
        const command = commandOf(ev);
        if (!command) {
            return false;
        }
        ev.preventDefault();
        ev.stopPropagation();
        if (command.name === "move") {
            this._move(command);
        } else {
            this[command.name](command);
        }
        return true;
    }

    _move(command) {
        const { row, column } = target(command, this.state, this.sheet, this.visibleLines);
        if (command.by === "tab") {
            this.tabStart ??= this.state.column;
        } else if (command.by === "enter") {
            this.select(row, this.tabStart ?? column);
            this.tabStart = null;
            return;
        } else {
            this.tabStart = null;
        }
        this.select(row, column, command.extend);
    }

    /** What the editor asks for after an entry: where to go. */
    move(command) {
        this._move({ name: "move", ...command });
    }

    selectAll() {
        this.select(0, 0);
        this.state.anchorRow = Math.max(0, this.sheet.length - 1);
        this.state.anchorColumn = this.sheet.columns.length - 1;
    }

    /** Escape leads out of the table, which keeps Tab for itself. */
    leave() {
        this.props.onLeave();
    }

    save() {
        this.props.onSave();
    }

    setEditor(editor) {
        this.editor = editor;
    }
}
