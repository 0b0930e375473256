const NUMBERS = new Set(["money", "integer", "area_mu"]);

/** One line as the template draws it: texts, classes, and what is said of each cell. */
export function drawnRow(row, index, { sheet, selection, state, props }) {
    const inside = index >= selection.top && index <= selection.bottom;
    const before = props.marks?.changed.get(index);
    const unchanged = props.marks && !props.marks.added.has(index) && !sheet.isBlank(index);
    return {
        id: row.id,
        index,
        selected: inside,
        cells: row.cells.map((text, column) => {
            const { key, type } = sheet.columns[column];
            const problems = props.problems.get(`${index}/${key}`) || [];
            const note = problems.map((problem) => problem.message);
            const changed = before && key in before;
            if (changed) {
                note.push(`${props.marks.label}: ${before[key] || "—"}`);
            }
            const selected = inside && column >= selection.left && column <= selection.right;
            const wrong = problems.some((problem) => problem.kind !== "required");
            const locked = sheet.isLocked(index, column);
            const classes = {
                yg_cell: true,
                yg_frozen: column === 0,
                yg_number: NUMBERS.has(type),
                yg_locked: locked,
                yg_selected: selected,
                yg_active: index === state.row && column === state.column,
                yg_wrong: wrong,
                yg_missing: problems.length > 0 && !wrong,
                yg_changed: changed,
                yg_unchanged: unchanged && !changed,
            };
            return {
                column,
                text,
                classes,
                note: note.join("\n"),
                invalid: problems.length > 0,
                locked,
                selected,
            };
        }),
    };
}
