/** Amounts are strings from the server and stay strings: nothing is lost to binary fractions. */

const AMOUNT = /^(-?)(\d+)(?:\.(\d+))?$/

/** "1234567.50" as people read it: "1,234,567.50". Anything else is returned as it is. */
export function grouped(amount: string): string {
  const match = AMOUNT.exec(amount)
  if (!match) return amount
  const [, sign = '', whole = '', fraction] = match
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return sign + groups + (fraction === undefined ? '' : `.${fraction}`)
}

/** A rounded amount for a chart: "3.2万", "8,500", "1.4亿"; of "1234.50" with its unit 元. */
export function rough(amount: string): string {
  const value = Number(amount)
  const size = Math.abs(value)
  if (size >= 99_995_000) return `${trimmed(value / 1e8, 2)}亿`
  if (size >= 9_999.5) return `${trimmed(value / 1e4, 2)}万`
  return grouped(String(Math.round(value) || 0))
}

/** A number of bytes as people read it. */
export function fileSize(bytes: string): string {
  const size = Number(bytes)
  if (size >= 1 << 20) return `${(size / (1 << 20)).toFixed(1)} MB`
  if (size >= 1 << 10) return `${Math.round(size / (1 << 10))} KB`
  return `${size} B`
}

function trimmed(value: number, places: number): string {
  return String(Number(value.toFixed(places)))
}
