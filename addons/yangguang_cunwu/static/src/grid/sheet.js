/**
 * The table on the screen: texts in rows of cells, with undo. It knows no rule; what a text means
 * is said by the server (`grid_evaluate`).
 *
 * Rows are never changed, only replaced: so a step of undo keeps references instead of copies.
 */

const UNDO_STEPS = 200;
// lines to begin with, and blank ones kept after the last
const FIRST_LINES = 12;
const SPARE_LINES = 3;

let lastId = 0;

function line(cells, base = null) {
    // `base` are the cells as the server has them, null for a line it does not know
    return { id: ++lastId, cells, base };
}

export class Sheet {
    constructor(layout, grid) {
        this.layout = layout;
        this.columns = layout.columns;
        this.fixed = layout.locked.length > 0;
        this.past = [];
        this.future = [];
        /** Counts what its user has changed. */
        this.edits = 0;
        this.load(grid);
    }

    /** Takes the server's content, as if it had always been there. */
    load(grid) {
        this.extra = { zero: grid.zero, note: grid.note };
        this.header = { ...grid.header };
        this.baseHeader = { ...grid.header };
        this.base = grid.rows;
        this.rows = this._padded(grid.rows.map((cells) => line(cells, cells)));
    }

    /** Takes another content as one step of its user, such as last period's. */
    replace(grid) {
        this._takeExtra(grid);
        this._step(() => {
            this.header = { ...this.header, ...grid.header };
            this.rows = this._padded(
                grid.rows.map((cells, index) => line(cells, this.rows[index]?.base))
            );
        });
    }

    isLocked(row, column) {
        const { key, computed } = this.columns[column];
        return computed || Boolean(this.layout.locked[row]?.includes(key));
    }

    isBlank(row) {
        return !this.rows[row].cells.some((text, column) => text && !this.columns[column].computed);
    }

    /** How many lines there are up to the last one with an entry. */
    get length() {
        let length = this.rows.length;
        while (!this.fixed && length && this.isBlank(length - 1)) {
            length--;
        }
        return length;
    }

    /** What the server is given. */
    get texts() {
        return {
            ...this.extra,
            header: this.header,
            rows: this.rows.slice(0, this.length).map((row) => row.cells),
        };
    }

    block({ top, left, bottom, right }) {
        return this.rows.slice(top, bottom + 1).map((row) => row.cells.slice(left, right + 1));
    }

    /**
     * Writes a block of texts with its corner at (top, left). Lines are added where there are too
     * few; locked cells are passed over.
     *
     * @returns {number} how many lines and columns found no room
     */
    write(top, left, block) {
        const room = this.fixed ? this.rows.length - top : Infinity;
        const taken = block.slice(0, room);
        const width = Math.max(...block.map((cells) => cells.length));
        this._step(() => {
            const rows = [...this.rows];
            while (rows.length < top + taken.length) {
                rows.push(this._blank());
            }
            taken.forEach((texts, index) => {
                const row = rows[top + index];
                const cells = [...row.cells];
                texts.forEach((text, offset) => {
                    const column = left + offset;
                    if (column < cells.length && !this.isLocked(top + index, column)) {
                        cells[column] = text;
                    }
                });
                rows[top + index] = { ...row, cells };
            });
            this.rows = this._padded(rows);
        });
        return block.length - taken.length + Math.max(0, left + width - this.columns.length);
    }

    /** One cell as its user typed it; a line that begins with it gets its number (序号). */
    enter(row, column, text) {
        const numbered = this.columns[0].key === "seq" && column > 0 && this.isBlank(row);
        const before = row ? Number(this.rows[row - 1].cells[0] || NaN) : 0;
        if (numbered && text && Number.isInteger(before)) {
            const cells = [...this.rows[row].cells];
            cells[0] = String(before + 1);
            cells[column] = text;
            this.write(row, 0, [cells]);
        } else {
            this.write(row, column, [[text]]);
        }
    }

    writeHeader(key, text) {
        this._step(() => {
            this.header = { ...this.header, [key]: text };
        });
    }

    /** Inserts `lines` before `place`: copies of their cells, or blank ones for null. */
    insert(place, lines) {
        this._step(() => {
            const added = lines.map((cells) => (cells ? line([...cells]) : this._blank()));
            this.rows = this._padded(this.rows.toSpliced(place, 0, ...added));
        });
    }

    remove(place, count) {
        this._step(() => {
            this.rows = this._padded(this.rows.toSpliced(place, count));
        });
    }

    undo() {
        this._travel(this.past, this.future);
    }

    redo() {
        this._travel(this.future, this.past);
    }

    /** Takes what the server reads otherwise: no step of the user's. */
    evaluate({ cells, header }) {
        this.header = { ...this.header, ...header };
        const rows = [...this.rows];
        const copied = new Set();
        for (const [place, column, text] of cells) {
            if (!copied.has(place)) {
                rows[place] = { ...rows[place], cells: [...rows[place].cells] };
                copied.add(place);
            }
            rows[place].cells[column] = text;
        }
        this.rows = rows;
    }

    /** Notes that the server has what stands here now. */
    settle() {
        this.baseHeader = { ...this.header };
        this.base = this.rows.slice(0, this.length).map((row) => row.cells);
        this.rows = this.rows.map((row, index) => ({ ...row, base: this.base[index] || null }));
    }

    /**
     * Puts what was changed here since the last `settle` onto a newer content of the server, as one
     * step. A line is found again by its content, else by its place; lines that are new here are
     * added at the end, those deleted here are deleted if nobody has touched them.
     */
    reapply(grid) {
        const base = this.base;
        const places = matched(base, grid.rows);
        const kept = new Set();
        const rows = grid.rows.map((cells) => line([...cells], cells));
        const added = [];
        for (const row of this.rows.slice(0, this.length)) {
            const place = row.base ? places[base.indexOf(row.base)] : undefined;
            if (place === undefined) {
                added.push(line(row.cells));
                continue;
            }
            kept.add(place);
            row.cells.forEach((text, column) => {
                if (text !== row.base[column]) {
                    rows[place].cells[column] = text;
                }
            });
        }
        const deleted = new Set(
            base
                .map((cells, index) => [cells, places[index]])
                .filter(([cells, place]) => !kept.has(place) && same(cells, grid.rows[place]))
                .map(([, place]) => place)
        );
        const header = { ...grid.header };
        for (const key of Object.keys(this.header)) {
            if (this.header[key] !== this.baseHeader[key]) {
                header[key] = this.header[key];
            }
        }
        this._takeExtra(grid);
        this._step(() => {
            this.header = header;
            this.baseHeader = { ...grid.header };
            this.base = grid.rows;
            this.rows = this._padded([
                ...rows.filter((row, place) => !deleted.has(place)),
                ...added,
            ]);
        });
    }

    _takeExtra({ zero, note }) {
        this.extra = { zero, note: note ?? this.extra.note };
    }

    _step(change) {
        this.past.push({ rows: this.rows, header: this.header });
        if (this.past.length > UNDO_STEPS) {
            this.past.shift();
        }
        this.future = [];
        change();
        this.edits++;
    }

    _travel(from, to) {
        const step = from.pop();
        if (step) {
            to.push({ rows: this.rows, header: this.header });
            Object.assign(this, step);
            this.edits++;
        }
    }

    _blank() {
        return line(this.columns.map(() => ""));
    }

    _padded(rows) {
        if (this.fixed) {
            return rows;
        }
        const padded = [...rows];
        let blank = 0;
        while (
            blank < padded.length &&
            padded.at(-1 - blank).cells.every((text, column) => !text || this.columns[column].computed)
        ) {
            blank++;
        }
        for (; blank < SPARE_LINES || padded.length < FIRST_LINES; blank++) {
            padded.push(this._blank());
        }
        return padded;
    }
}

function same(one, other) {
    return Boolean(other) && one.every((text, column) => text === other[column]);
}

/** For each line of `base` its place in `newer`: that of an equal line, else its own. */
function matched(base, newer) {
    const free = new Map();
    newer.forEach((cells, place) => {
        const text = JSON.stringify(cells);
        free.set(text, [...(free.get(text) || []), place]);
    });
    const places = base.map((cells) => free.get(JSON.stringify(cells))?.shift());
    const taken = new Set(places);
    return places.map((place, index) =>
        place === undefined && index < newer.length && !taken.has(index) ? index : place
    );
}
