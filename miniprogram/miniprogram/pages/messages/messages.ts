import { moment } from '../../lib/dates'
import { loading, screen } from '../../lib/screen'
import type { Kind, Me, Message } from '../../lib/shapes'
import { maySignIn, signIn } from '../../lib/signing'
import { agreed, KINDS, subscribe, templatesOf } from '../../lib/subscribing'
import { client, village } from '../../lib/wechat'

interface Page {
  messages: Message[]
  next: string | number | null
}

interface Line extends Message {
  when: string
  label: string
}

interface Offer {
  kind: Kind
  name: string
  state: string
}

screen({
  data: { isOut: false, lines: [] as Line[], next: '', offers: [] as Offer[] },
  me: null as Me | null,

  onLoad(): Promise<void> | undefined {
    return maySignIn(this) ? this.load() : undefined
  },

  enter(): Promise<void> {
    return signIn(this)
  },

  async load(): Promise<void> {
    await this.show('/messages', [])
    await this.offer()
  },

  more(): Promise<void> {
    return this.show(`/messages?after=${this.data.next}`, this.data.lines)
  },

  async show(address: string, before: Line[]): Promise<void> {
    await loading(this, async () => {
      const { messages, next } = await client.ask<Page>('GET', address)
      const lines = messages.map((one) => {
        const when = moment(one.time)
        return { ...one, when, label: `${one.title}，${one.text}，${when}` }
      })
      return { lines: [...before, ...lines], next: String(next ?? '') }
    })
  },

  /** What WeChat can be asked to tell; nothing when the district has no templates. */
  async offer(): Promise<void> {
    const me = await own().catch(() => null)
    this.me = me
    this.setData({
      offers: (me?.subscriptions ?? []).map((one) => {
        return { kind: one.kind, name: KINDS[one.kind], state: agreed(one) }
      }),
    })
  },

  async subscribe({ currentTarget }: WechatMiniprogram.TouchEvent): Promise<void> {
    const { kind } = currentTarget.dataset as { kind: Kind }
    if (this.me && (await subscribe(templatesOf(this.me, [kind])))) await this.offer()
  },

  open({ currentTarget }: WechatMiniprogram.TouchEvent): void {
    const { page } = currentTarget.dataset as { page: string }
    if (page) wx.navigateTo({ url: `/${page.replace(/^\//, '')}` })
  },

  async onPullDownRefresh(): Promise<void> {
    if (!this.data.isOut) await this.load()
    wx.stopPullDownRefresh()
  },
})

/** Who I am; the server learns of which village the news is wanted. */
async function own(): Promise<Me> {
  const me = await client.ask<Me>('GET', '/me')
  const mine = village()
  if (!mine || mine.code === me.village?.code) return me
  return client.ask<Me>('POST', '/village', { village: mine.code })
}
