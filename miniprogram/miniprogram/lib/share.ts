/** The card in a chat: a title and the way into this mini-program, open without login. */
import type { Publication } from './shapes'

export interface ShareCard {
  title: string
  path: string
}

/** WeChat shows about two lines. */
const LONGEST = 40

export function shareVillage(village: { code: string; name: string } | null): ShareCard {
  if (!village) return { title: '阳光村务：看看村里的账和事', path: '/pages/home/home' }
  return {
    title: `${village.name}村务公开`,
    path: `/pages/home/home?village=${village.code}`,
  }
}

/** A corrected sheet says so in the chat too, a withdrawn one shows nothing of its title. */
export function sharePublication(publication: Publication): ShareCard {
  const path = `/pages/item/item?code=${publication.code}`
  const { division_name: village, title, period_label: period, state } = publication
  if (state === 'withdrawn') return { title: `${village}：这份公开内容已撤下`, path }
  const mark = state === 'superseded' ? '【已更正】' : ''
  return { title: short(`${mark}${village} ${title}${period ? ` ${period}` : ''}`), path }
}

function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}
