/** How wide the columns are, and where they begin: pixels, for the places of cells and editor. */

export const ROW_HEIGHT = 30;
export const HEAD_HEIGHT = 44;
export const GUTTER_WIDTH = 46;

const CHARACTER_WIDTH = 14;
const PADDING = 18;
const WIDEST = 280;
// lines that are measured: the first ones are as long as the others
const MEASURED_LINES = 100;
const LEAST_WIDTHS = {
    text: 110,
    person_name: 80,
    date: 104,
    integer: 64,
    money: 112,
    area_mu: 90,
    selection: 100,
    phone: 120,
    id_card: 176,
    bank_account: 180,
};

/** The widths of `columns`, by their headings (two lines high) and what stands in `rows`. */
export function columnWidths(columns, rows) {
    return columns.map((column, index) => {
        const texts = rows.slice(0, MEASURED_LINES).map((row) => textWidth(row.cells[index]));
        const content = Math.max(0, ...texts);
        const heading = textWidth(column.heading) / 2 + CHARACTER_WIDTH / 2;
        const least = LEAST_WIDTHS[column.type];
        return Math.ceil(Math.min(WIDEST, Math.max(least, content + PADDING, heading + PADDING)));
    });
}

/** Where each column begins, from the left edge of the table. */
export function columnStarts(widths) {
    let start = GUTTER_WIDTH;
    return widths.map((width) => {
        start += width;
        return start - width;
    });
}

/** A Chinese character is twice as wide as a digit. */
function textWidth(text) {
    let halves = 0;
    for (const character of text.slice(0, 60)) {
        halves += character.charCodeAt(0) > 0xff ? 2 : 1.1;
    }
    return (halves * CHARACTER_WIDTH) / 2;
}
