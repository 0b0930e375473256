/** Questions as cards show them, mine and those of the wall. */
import { day, near, today } from './dates'
import type { Question, WallQuestion } from './shapes'

export interface Card {
  code: string
  state: string
  isLate: boolean
  when: string
  text: string
  /** What was asked when it was taken up again. */
  more: string
  note: string
  answer: string
  answered: string
  /** Addresses of the pictures that everybody may see. */
  pictures: string[]
  label: string
}

export const LEAST_WORDS = 5
export const MOST_WORDS = 500
export const MOST_PICTURES = 3

const STATES: Record<string, string> = {
  received: '待接收',
  accepted: '办理中',
  answered: '已答复',
  solved: '提问人说解决了',
  unsolved: '提问人说没解决',
  reopened: '再次提问',
  closed: '已办结',
}
const WATCHED: Record<string, string> = { town: '，镇里在督办', district: '，区里在督办' }

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
    more: one.reopen_text ?? '',
    note: [waits, one.review_label, pictures].filter(Boolean).join('，'),
    answer: one.answer ?? '',
    answered: day(one.answered),
    pictures: [],
    label: `${one.state_label}，${one.text}，${when}提`,
  }
}

export function cardOfWall(one: WallQuestion, now: number, host: string): Card {
  const when = near(one.asked_on, now)
  return {
    code: one.code,
    state: STATES[one.state] ?? '',
    isLate: one.is_overdue,
    when: `${one.asker} ${when}问`,
    text: one.text,
    more: one.reopen_text ?? '',
    note: one.answer || !one.days_waiting ? '' : `已等 ${one.days_waiting} 天${WATCHED[one.level] ?? ''}`,
    answer: one.answer ?? '',
    answered: day(one.answered_on),
    pictures: one.pictures.map((address) => host + address),
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
