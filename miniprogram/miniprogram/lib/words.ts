/** A sheet as sentences, for the page in very large print and for screen readers. */
import { barsOf } from './bars'
import { day } from './dates'
import { layOut } from './sheet'
import type { Publication } from './shapes'

/** More rows than these nobody follows by ear. */
const MOST_ROWS = 20

/** What is to be said of a publication, one sentence an entry. */
export function sentencesOf(publication: Publication): string[] {
  const { face, summary } = publication
  const period = publication.period_label ? `，${publication.period_label}` : ''
  const said = [`${publication.division_name}，${publication.title}${period}。`]
  said.push(`${day(publication.time)}公开。`)
  if (!face) return [...said, '这份内容已经撤下。']
  if (summary) {
    const chart = summary.chart ? [barsOf(summary.chart).spoken] : []
    return [...said, ...summary.sentences.map(ended), ...chart]
  }
  const sheet = layOut(face, 0, MOST_ROWS)
  if (sheet.notice) said.push(ended(sheet.notice))
  said.push(...(face.text ?? '').split('\n').filter((line) => line.trim()).map(ended))
  for (const { label, value } of sheet.figures) said.push(`${label}${value}。`)
  for (const card of sheet.cards) {
    const pairs = card.pairs.map(({ label, value }) => `${label}${value}`)
    said.push(ended([`第${card.number}行`, card.title, ...pairs].filter(Boolean).join('，')))
  }
  if (sheet.left) said.push(`还有${sheet.left}行，请看原表。`)
  return said
}

function ended(sentence: string): string {
  return /[。！？；]$/.test(sentence.trim()) ? sentence.trim() : `${sentence.trim()}。`
}
