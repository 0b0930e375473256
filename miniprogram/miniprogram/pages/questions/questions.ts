import { cardOfMine, type Card } from '../../lib/questions'
import { loading, screen } from '../../lib/screen'
import type { Question } from '../../lib/shapes'
import { maySignIn, signIn } from '../../lib/signing'
import { client } from '../../lib/wechat'

interface Page {
  questions: Question[]
  next: string | number | null
}

screen({
  data: { isOut: false, cards: [] as Card[], next: '' },

  onShow(): Promise<void> | undefined {
    return maySignIn(this) ? this.load() : undefined
  },

  load(): Promise<void> {
    return this.show('/questions', [])
  },

  enter(): Promise<void> {
    return signIn(this)
  },

  more(): Promise<void> {
    return this.show(`/questions?after=${this.data.next}`, this.data.cards)
  },

  async show(address: string, before: Card[]): Promise<void> {
    await loading(this, async () => {
      const { questions, next } = await client.ask<Page>('GET', address)
      const now = Date.now()
      const cards = questions.map((one) => cardOfMine(one, now))
      return { cards: [...before, ...cards], next: String(next ?? '') }
    })
  },

  async onPullDownRefresh(): Promise<void> {
    if (!this.data.isOut) await this.load()
    wx.stopPullDownRefresh()
  },
})
