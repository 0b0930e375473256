/** The face of a sheet as blocks a phone can show: sums first, wide tables as cards. */
import type { Column, Face, Labelled } from './shapes'

export interface Head {
  label: string
  align: string
}

export interface Card {
  /** The place of the row in the sheet, beginning with 1. */
  number: number
  title: string
  pairs: Labelled[]
}

export interface Sheet {
  /** The amounts people look for first. */
  figures: Labelled[]
  /** Said instead of rows: nothing happened, or only totals are public. */
  notice: string
  note: string
  /** Paragraphs of a text; empty when `html` says the same with its format. */
  lines: string[]
  html: string
  unit: string
  count: number
  /** Exactly one of these holds the rows, `heads` tells which: a table has heads, cards do not. */
  heads: Head[]
  rows: string[][]
  cards: Card[]
  /** The totals with their labels, where the figures do not say them. */
  totals: Labelled[]
  fields: Labelled[]
  /** Rows that are not shown yet. */
  left: number
}

/** Nothing, for a component that has not been given its sheet yet. */
export const EMPTY: Sheet = {
  figures: [],
  notice: '',
  note: '',
  lines: [],
  html: '',
  unit: '',
  count: 0,
  heads: [],
  rows: [],
  cards: [],
  totals: [],
  fields: [],
  left: 0,
}

const AMOUNT = /^-?[\d,]+\.\d\d$/
const MOST_FIGURES = 6
/** Widths in characters of Chinese writing; a long text is wrapped from here on. */
const LONGEST_CELL = 9
const CELL_PADDING = 1
/** A running number says nothing that the card's own number does not. */
const RUNNING = /^(序号|编号|no\.?)$/i
/** A title for a card is a name or a thing, not an amount. */
const NO_TITLE = new Set(['money', 'integer', 'area_mu', 'date'])

/**
 * Lays out `face` for a screen that is `width` characters of Chinese writing wide, with no more
 * than `limit` rows.
 */
export function layOut(face: Face, width: number, limit: number): Sheet {
  const figures = figuresOf(face)
  const isTable = face.columns.length > 0 && !face.zero
  const rows = isTable ? face.rows.slice(0, limit) : []
  const fits = tableWidth(face) <= width
  return {
    figures,
    notice: noticeOf(face),
    note: face.note ?? '',
    html: face.html ?? '',
    lines: face.html ? [] : (face.text ?? '').split('\n').filter((line) => line.trim()),
    unit: isTable ? (face.unit_note ?? '') : '',
    count: isTable ? face.rows.length : 0,
    heads: isTable && fits ? face.columns.map(head) : [],
    rows: fits ? rows.map((row) => row.map((cell) => cell ?? '')) : [],
    cards: fits ? [] : rows.map((row, index) => card(face.columns, row, index + 1)),
    totals: isTable && !figures.length ? totalsOf(face) : [],
    fields: fieldsOf(face, figures.length > 0),
    left: isTable ? face.rows.length - rows.length : 0,
  }
}

/** The opening balance, the totals and the other balances; none when they are too many. */
function figuresOf(face: Face): Labelled[] {
  if (face.zero || face.detail === 'totals') return []
  const balances = face.header.filter((one) => AMOUNT.test(one.value))
  const found = [...balances.slice(0, 1), ...totalsOf(face), ...balances.slice(1)]
  return found.length <= MOST_FIGURES ? found : []
}

function totalsOf(face: Face): Labelled[] {
  const found: Labelled[] = []
  face.columns.forEach((column, index) => {
    const total = face.totals?.[index]
    if (total === null || total === undefined) return
    const unit = column.type === 'money' || !column.unit ? '' : ` ${column.unit}`
    found.push({ label: column.label, value: total + unit })
  })
  return found
}

/** What the header says besides the figures and the name of village and period. */
function fieldsOf(face: Face, hasFigures: boolean): Labelled[] {
  const said = new Set([face.division.name, face.period])
  return face.header.filter(
    (one) => !said.has(one.value) && !(hasFigures && AMOUNT.test(one.value)),
  )
}

function noticeOf(face: Face): string {
  if (face.zero) return '本期没有发生此类事项（零报告）'
  if (face.detail === 'totals') return `明细共 ${face.row_count} 行，按规定在此只公开合计`
  return ''
}

function head(column: Column): Head {
  return { label: heading(column), align: column.align }
}

function heading(column: Column): string {
  return column.unit ? `${column.label}（${column.unit}）` : column.label
}

function card(columns: Column[], row: (string | null)[], number: number): Card {
  const titled = columns.findIndex(
    (column, index) => row[index] && !NO_TITLE.has(column.type) && !RUNNING.test(column.label),
  )
  const pairs: Labelled[] = []
  columns.forEach((column, index) => {
    const value = row[index]
    if (value && index !== titled && !RUNNING.test(column.label)) {
      pairs.push({ label: heading(column), value })
    }
  })
  return { number, title: row[titled] ?? '', pairs }
}

/** The width of the table with every cell on one line, long texts wrapped. */
function tableWidth(face: Face): number {
  return face.columns.reduce((sum, column, index) => {
    const cells = face.rows.slice(0, 60).map((row) => row[index] ?? '')
    // an amount is never broken, a text is
    const longest = Math.max(0, ...cells.map(measure), measure(face.totals?.[index] ?? ''))
    const isText = column.align !== 'right'
    const widest = Math.max(measure(heading(column)) / 2, isText ? Math.min(longest, LONGEST_CELL) : longest)
    return sum + widest + CELL_PADDING
  }, 0)
}

/** The width of a text in characters of Chinese writing; Latin ones are about half as wide. */
export function measure(text: string): number {
  let width = 0
  for (const one of text) width += one.charCodeAt(0) < 0x2e80 ? 0.55 : 1
  return width
}
