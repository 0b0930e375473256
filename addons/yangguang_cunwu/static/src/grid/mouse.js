/** Selecting with the mouse: cells, whole lines by their numbers, whole columns by their heads. */
export class Mouse {
    constructor(table) {
        this.table = table;
        this.dragging = null;
    }

    onDown(ev) {
        const place = placeOf(ev);
        if (!place || ev.button) {
            return;
        }
        // the focus stays in the editor
        ev.preventDefault();
        const { table } = this;
        table.commit();
        table.tabStart = null;
        this.dragging = place.kind;
        if (place.kind === "cell") {
            table.select(place.row, place.column, ev.shiftKey);
        } else {
            this._chooseWhole(place, ev.shiftKey);
        }
        table.focus();
    }

    onOver(ev) {
        if (!(ev.buttons & 1)) {
            this.dragging = null;
        }
        const place = this.dragging && placeOf(ev);
        if (place?.kind !== this.dragging) {
            return;
        }
        if (place?.kind === "cell") {
            this.table.select(place.row, place.column, true);
        } else if (place) {
            this._chooseWhole(place, true);
        }
    }

    onDouble(ev) {
        if (placeOf(ev)?.kind === "cell") {
            this.table.editor.edit();
        }
    }

    /** A line or a column, or more of them: the anchor is at the other end. */
    _chooseWhole({ kind, row, column }, extend) {
        const { state, sheet } = this.table;
        if (kind === "row") {
            Object.assign(state, { row, column: 0, anchorColumn: sheet.columns.length - 1 });
            state.anchorRow = extend ? state.anchorRow : row;
        } else {
            Object.assign(state, { row: 0, column, anchorRow: Math.max(0, sheet.length - 1) });
            state.anchorColumn = extend ? state.anchorColumn : column;
        }
    }
}

function placeOf(ev) {
    const { row, column } = ev.target.closest("[data-row], [data-column]")?.dataset || {};
    if (row === undefined && column === undefined) {
        return null;
    }
    const kind = row === undefined ? "column" : column === undefined ? "row" : "cell";
    return { kind, row: Number(row), column: Number(column) };
}
