import { day } from '../../lib/dates'
import { fromScene, printed } from '../../lib/scene'
import { loading, screen } from '../../lib/screen'
import { sharePublicCard, type ShareCard } from '../../lib/share'
import type { PublicCard } from '../../lib/shapes'
import { client } from '../../lib/wechat'

/** What everybody reads of an asset, a resource or a contract. */
screen({
  data: { card: null as PublicCard | null, day: '', printed: '' },
  code: '',

  onLoad(query): Promise<void> {
    const found = fromScene(query.scene ?? '')
    this.code = found && 'card' in found ? found.card : (query.code ?? '')
    return this.load()
  },

  async onPullDownRefresh(): Promise<void> {
    await this.load()
    wx.stopPullDownRefresh()
  },

  onShareAppMessage(): Partial<ShareCard> {
    return this.data.card ? sharePublicCard(this.data.card) : {}
  },

  async load(): Promise<void> {
    await loading(this, async () => {
      const { value, copied } = await client.read<PublicCard>(`/cards/${this.code}`)
      return { card: value, day: day(value.shown_on), printed: printed(value.code), copied }
    })
    // it may have been taken down since it was opened
    if (this.data.state.error) this.setData({ card: null })
  },
})
