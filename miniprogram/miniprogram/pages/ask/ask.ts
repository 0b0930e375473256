import { day } from '../../lib/dates'
import { Failure, sentence } from '../../lib/failure'
import { choose, send } from '../../lib/pictures'
import { complaintAbout, MOST_PICTURES, MOST_WORDS } from '../../lib/questions'
import { screen } from '../../lib/screen'
import type { Me, Named, PlaceDetail, Question } from '../../lib/shapes'
import { subscribe, templatesOf } from '../../lib/subscribing'
import { client, village } from '../../lib/wechat'

screen({
  data: {
    village: null as Named | null,
    publication: '',
    title: '',
    text: '',
    isAnonymous: false,
    isAccusation: false,
    pictures: [] as string[],
    mostPictures: MOST_PICTURES,
    mostWords: MOST_WORDS,
    wrong: '',
    isSending: false,
    needsPhone: false,
    asked: null as { code: string; number: string; due: string } | null,
    canSubscribe: false,
    isSubscribed: false,
  },
  /** The same question is not taken in twice, however often it is sent. */
  key: '',
  templates: [] as string[],
  /** Pictures that the server has already, by their path here. */
  sent: {} as Record<string, number>,

  async onLoad(query): Promise<void> {
    this.key = newKey()
    this.sent = {}
    const title = decodeURIComponent(query.title ?? '')
    this.setData({ publication: query.publication ?? '', title, village: village() })
    const code = query.village
    if (!code || code === village()?.code) return
    const place = await client.read<PlaceDetail>(`/divisions/${code}`).catch(() => null)
    if (place) this.setData({ village: { code, name: place.value.name } })
  },

  type({ detail }: WechatMiniprogram.Input): void {
    this.setData({ text: detail.value, wrong: '' })
  },

  setAnonymous({ detail }: WechatMiniprogram.SwitchChange): void {
    this.setData({ isAnonymous: detail.value })
  },

  setAccusation({ detail }: WechatMiniprogram.SwitchChange): void {
    this.setData({ isAccusation: detail.value })
  },

  async addPictures(): Promise<void> {
    const chosen = await choose(MOST_PICTURES - this.data.pictures.length)
    this.setData({ pictures: [...this.data.pictures, ...chosen].slice(0, MOST_PICTURES) })
  },

  removePicture({ currentTarget }: WechatMiniprogram.TouchEvent): void {
    const { path } = currentTarget.dataset as { path: string }
    this.setData({ pictures: this.data.pictures.filter((one: string) => one !== path) })
  },

  async submit(): Promise<void> {
    const { text, village: place, publication, isAnonymous, isAccusation, pictures } = this.data
    const wrong = place ? complaintAbout(text) : '请先选您的村。'
    if (wrong || !place || this.data.isSending) return void this.setData({ wrong })
    this.setData({ isSending: true, wrong: '' })
    try {
      for (const path of pictures) this.sent[path] ??= await send(path)
      const asked = await client.ask<Question>('POST', '/questions', {
        village: place.code,
        ...(publication ? { publication } : {}),
        text: text.trim(),
        is_anonymous: isAnonymous,
        is_accusation: isAccusation,
        pictures: pictures.map((path: string) => this.sent[path]),
        key: this.key,
      })
      const me = await client.ask<Me>('GET', '/me').catch(() => null)
      this.templates = me ? templatesOf(me, ['answered']) : []
      const { code, number, due } = asked
      this.setData({ asked: { code, number, due: day(due) }, canSubscribe: this.templates.length > 0 })
    } catch (error) {
      const fields = error instanceof Failure ? Object.values(error.fields).join('') : ''
      const needsPhone = error instanceof Failure && error.code === 'phone'
      this.setData({ wrong: fields || sentence(error), needsPhone })
    }
    this.setData({ isSending: false })
  },

  async subscribe(): Promise<void> {
    this.setData({ isSubscribed: await subscribe(this.templates) })
  },
})

function newKey(): string {
  const part = () => Math.random().toString(36).slice(2, 12).padEnd(10, '0')
  return `${Date.now().toString(36)}-${part()}${part()}`
}
