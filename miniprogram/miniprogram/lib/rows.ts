/** One publication in a list. */
import { near, today } from './dates'
import type { Summary } from './shapes'

export interface Row {
  code: string
  title: string
  /** Village and period, where the list does not say them already. */
  detail: string
  day: string
  /** 补录 for old paper. */
  mark: string
  label: string
}

export function rowOf(summary: Summary, now: number, withVillage = false): Row {
  const day = near(summary.time, now)
  const parts = [withVillage ? summary.division_name : '', summary.period_label ?? '']
  const detail = parts.filter(Boolean).join(' ')
  const mark = summary.carried_over ? '历史补录' : ''
  return {
    code: summary.code,
    title: summary.title,
    detail,
    day,
    mark,
    label: [summary.title, detail, mark, `${day}公开`].filter(Boolean).join('，'),
  }
}

/** Warnings of typhoon, flood, disease: what cannot wait. */
export const URGENT_ITEM = 'TG03'
const URGENT_DAYS = 7

/** Whether a notice stands at the top: a warning of the last days. */
export function isUrgent(summary: Summary, now: number): boolean {
  if (summary.display_until && summary.display_until < today(now)) return false
  return (
    summary.item_code === URGENT_ITEM &&
    now - Date.parse(summary.time) < URGENT_DAYS * 86_400_000
  )
}
