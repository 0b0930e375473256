/** What the keys mean while no cell is being edited, and where they lead. */

const ARROWS = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
};
const CONTROL = { z: "undo", y: "redo", a: "selectAll", d: "fillDown", s: "save" };

/** The command of a key, null for one that means nothing here (or is text). */
export function commandOf(ev) {
    const control = ev.ctrlKey || ev.metaKey;
    const extend = ev.shiftKey;
    if (ev.altKey) {
        return { Insert: { name: "insertRows" }, Delete: { name: "deleteRows" } }[ev.key] || null;
    }
    if (ev.key in ARROWS) {
        return { name: "move", by: control ? "edge" : "step", step: ARROWS[ev.key], extend };
    }
    if (control) {
        const name = ev.shiftKey && ev.key.toLowerCase() === "z" ? "redo" : CONTROL[ev.key.toLowerCase()];
        return name ? { name } : named(ev, "corner");
    }
    return named(ev, "line");
}

function named(ev, by) {
    switch (ev.key) {
        case "Enter":
            return { name: "move", by: "enter", back: ev.shiftKey };
        case "Tab":
            return { name: "move", by: "tab", back: ev.shiftKey };
        case "Home":
        case "End":
            return { name: "move", by, end: ev.key === "End", extend: ev.shiftKey };
        case "PageUp":
        case "PageDown":
            return { name: "move", by: "page", back: ev.key === "PageUp", extend: ev.shiftKey };
        case "Delete":
        case "Backspace":
            return { name: "clear" };
        case "Escape":
            return { name: "leave" };
    }
    return null;
}

/** The cell a command of moving leads to. */
export function target(command, { row, column }, sheet, pageLines) {
    const lastRow = sheet.rows.length - 1;
    const lastColumn = sheet.columns.length - 1;
    const direction = command.back ? -1 : 1;
    switch (command.by) {
        case "step":
            return { row: row + command.step[0], column: column + command.step[1] };
        case "edge":
            return edge(command.step, row, column, sheet);
        case "enter":
            return { row: row + direction, column };
        case "tab":
            return next(direction, row, column, sheet);
        case "line":
            return { row, column: command.end ? lastColumn : 0 };
        case "corner":
            return command.end
                ? { row: Math.max(0, sheet.length - 1), column: lastColumn }
                : { row: 0, column: 0 };
        case "page":
            return { row: Math.min(lastRow, row + direction * (pageLines - 2)), column };
    }
}

/** Ctrl and an arrow: to the end of what is filled, as spreadsheets do. */
function edge([down, right], row, column, sheet) {
    const filled = (r, c) => Boolean(sheet.rows[r]?.cells[c]);
    const inside = (r, c) => sheet.rows[r] && sheet.columns[c];
    const run = filled(row, column) && filled(row + down, column + right);
    let [r, c] = [row + down, column + right];
    while (inside(r, c) && (run ? filled(r + down, c + right) : !filled(r, c))) {
        [r, c] = [r + down, c + right];
    }
    return inside(r, c) ? { row: r, column: c } : { row: r - down, column: c - right };
}

/** Tab: to the next cell that can be filled, over the end of the line too. */
function next(direction, row, column, sheet) {
    const width = sheet.columns.length;
    let place = row * width + column + direction;
    while (
        place >= 0 &&
        place < sheet.rows.length * width &&
        sheet.isLocked(Math.floor(place / width), place % width)
    ) {
        place += direction;
    }
    if (place < 0 || place >= sheet.rows.length * width) {
        return { row, column };
    }
    return { row: Math.floor(place / width), column: place % width };
}
