/** Blocks of cells as spreadsheets put them on the clipboard: tabs, line ends, quotes. */

/**
 * @param {string} text what was copied in Excel or WPS
 * @returns {string[][]} its rows; the line end after the last row begins no other one
 */
export function parseTable(text) {
    const rows = [];
    let row = [];
    let start = 0;
    const plain = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    const endCell = (cell) => row.push(cell);
    const endRow = () => {
        rows.push(row);
        row = [];
    };
    while (start <= plain.length) {
        const [cell, end] = readCell(plain, start);
        endCell(cell);
        if (plain[end] !== "\t") {
            endRow();
        }
        start = end + 1;
    }
    return rows;
}

/** The cell at `start` and the place of the tab or line end behind it. */
function readCell(text, start) {
    if (text[start] === '"') {
        // a quote inside is doubled; what only looks quoted is taken as it is
        const quoted = /^"((?:[^"]|"")*)"(?=\t|\n|$)/.exec(text.slice(start));
        if (quoted) {
            return [quoted[1].replaceAll('""', '"'), start + quoted[0].length];
        }
    }
    let end = start;
    while (end < text.length && text[end] !== "\t" && text[end] !== "\n") {
        end++;
    }
    return [text.slice(start, end), end];
}

/** @param {string[][]} rows */
export function formatTable(rows) {
    const quote = (cell) => (/["\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
    return rows.map((row) => row.map(quote).join("\t")).join("\n");
}

/** Whoever copies a table often copies its head too: `block` without it. */
export function withoutHeadings(block, columns) {
    const bare = (text) => text.replace(/[(\uff08].*|[*\s]/g, "");
    const isHead =
        block[0].length > 1 &&
        block[0].every((text, index) => columns[index] && bare(text) === bare(columns[index].label));
    return isHead ? block.slice(1) : block;
}
