import { cardOfMine, complaintAbout, type Card } from '../../lib/questions'
import { loading, screen } from '../../lib/screen'
import type { Question } from '../../lib/shapes'
import { maySignIn, signIn } from '../../lib/signing'
import { asked, client } from '../../lib/wechat'

screen({
  data: {
    isOut: false,
    card: null as Card | null,
    publication: '',
    can: { verdict: false, reopen: false },
    words: '',
    wrong: '',
  },
  code: '',

  onLoad(query): Promise<void> | undefined {
    this.code = query.code ?? ''
    return maySignIn(this) ? this.load() : undefined
  },

  enter(): Promise<void> {
    return signIn(this)
  },

  load(): Promise<void> {
    return this.show(() => client.ask<Question>('GET', `/questions/${this.code}`))
  },

  async show(get: () => Promise<Question>): Promise<void> {
    await loading(this, async () => {
      const question = await get()
      const { can, publication } = question
      return { card: cardOfMine(question, Date.now()), can, publication: publication ?? '' }
    })
  },

  type({ detail }: WechatMiniprogram.Input): void {
    this.setData({ words: detail.value, wrong: '' })
  },

  solved(): Promise<void> {
    return this.judge(true)
  },

  unsolved(): Promise<void> {
    return this.judge(false)
  },

  async judge(solved: boolean): Promise<void> {
    const sure = await asked(
      solved ? '点了“解决了”，这件事就办完了。' : '点了“没解决”，村里和镇里都会看到。',
      solved ? '解决了' : '没解决',
    )
    if (!sure) return
    const words = this.data.words.trim()
    await this.show(() =>
      client.ask<Question>('POST', `/questions/${this.code}/verdict`, {
        solved,
        ...(words ? { words } : {}),
      }),
    )
  },

  async reopen(): Promise<void> {
    const text = this.data.words.trim()
    const wrong = complaintAbout(text)
    if (wrong) return void this.setData({ wrong })
    await this.show(() => client.ask<Question>('POST', `/questions/${this.code}/reopen`, { text }))
  },
})
