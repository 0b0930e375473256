/** The card in a chat: a title and the way into this mini-program, open without login. */
import type { PublicCard, Publication } from './shapes'

export interface ShareCard {
  title: string
  path: string
  /** A picture of 5:4; WeChat takes one of the screen where there is none. */
  imageUrl?: string
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

/** The server draws the picture from what everybody reads. A corrected sheet says so in the chat too, a withdrawn one shows nothing of its title. */
export function sharePublication(publication: Publication, host: string): ShareCard {
  const path = `/pages/item/item?code=${publication.code}`
  const { division_name: village, title, period_label: period, state } = publication
  if (state === 'withdrawn') return { title: `${village}：这份公开内容已撤下`, path }
  const mark = state === 'superseded' ? '【已更正】' : ''
  const card = { title: short(`${mark}${village} ${title}${period ? ` ${period}` : ''}`), path }
  if (publication.open_web === 'nothing') return card
  // WeChat keeps pictures by their address
  return { ...card, imageUrl: `${host}/p/${publication.code}/card.png?${state}` }
}

export function sharePublicCard({ code, division_name: village, title }: PublicCard): ShareCard {
  return { title: short(`${village} ${title}`), path: `/pages/card/card?code=${code}` }
}

function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}
