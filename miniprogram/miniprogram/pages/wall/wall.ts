import { cardOfWall, type Card } from '../../lib/questions'
import { loading, screen } from '../../lib/screen'
import type { Rows, WallQuestion } from '../../lib/shapes'
import { client, village } from '../../lib/wechat'

screen({
  data: { cards: [] as Card[], next: '', village: '' },

  onLoad(query): Promise<void> {
    this.setData({ village: query.village ?? village()?.code ?? '' })
    return this.load()
  },

  load(): Promise<void> {
    return this.show(`/villages/${this.data.village}/questions`, [])
  },

  more(): Promise<void> {
    return this.show(this.data.next, this.data.cards)
  },

  async show(address: string, before: Card[]): Promise<void> {
    await loading(this, async () => {
      const { value, copied } = await client.read<Rows<WallQuestion>>(address)
      const now = Date.now()
      const cards = value.items.map((one) => cardOfWall(one, now, client.host))
      return { cards: [...before, ...cards], next: value.next ?? '', copied }
    })
  },

  async onPullDownRefresh(): Promise<void> {
    await this.load()
    wx.stopPullDownRefresh()
  },
})
