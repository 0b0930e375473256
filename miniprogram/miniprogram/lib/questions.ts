/** Questions as cards show them, mine and those of the wall. */
import { day, near, today } from './dates'
import type { Question, WallQuestion } from './shapes'

export interface Card {
  code: string
  state: string
  isLate: boolean
  when: string
  text: string
  note: string
  answer: string
  answered: string
  label: string
}

export const LEAST_WORDS = 5
export const MOST_WORDS = 500
export const MOST_PICTURES = 3

/** My own question: also what waits for whom, and whether others see it. */
export function cardOfMine(one: Question, now: number): Card {
  const when = near(one.asked, now)
  const waits = one.answer || !one.due ? '' : `应在${day(one.due)}前答复`
  const isLate = !one.answer && Boolean(one.due) && (one.due ?? '') < today(now)
  const pictures = one.pictures ? `照片 ${one.pictures} 张` : ''
  return {
    code: one.code,
    state: one.state_label,
    isLate,
    when: `${one.number} ${when}提`,
    text: one.text,
    note: [waits, one.review_label, pictures].filter(Boolean).join('，'),
    answer: one.answer ?? '',
    answered: day(one.answered),
    label: `${one.state_label}，${one.text}，${when}提`,
  }
}

export function cardOfWall(one: WallQuestion, now: number): Card {
  const when = near(one.asked, now)
  return {
    code: one.code,
    state: one.state_label,
    isLate: one.is_overdue,
    when: `${one.asker} ${when}问`,
    text: one.text,
    note: one.answer || !one.days_waiting ? '' : `已等 ${one.days_waiting} 天`,
    answer: one.answer ?? '',
    answered: day(one.answered),
    label: one.text,
  }
}

/** What is wrong with the words of a question; "" when they can be sent. */
export function complaintAbout(text: string): string {
  const length = Array.from(text.trim()).length
  if (length < LEAST_WORDS) return `请把要问的写清楚，至少 ${LEAST_WORDS} 个字。`
  if (length > MOST_WORDS) return `最多写 ${MOST_WORDS} 个字，现在有 ${length} 个。`
  return ''
}
