import { day } from '../../lib/dates'
import { loading, screen } from '../../lib/screen'
import type { Found } from '../../lib/shapes'
import { client } from '../../lib/wechat'

screen({
  data: { words: '', rows: [] as Found[], searched: '' },

  onLoad(query): Promise<void> | undefined {
    const words = decodeURIComponent(query.q ?? '')
    this.setData({ words })
    return words ? this.search() : undefined
  },

  type({ detail }: WechatMiniprogram.Input): void {
    this.setData({ words: detail.value })
  },

  async search(): Promise<void> {
    const words = this.data.words.trim()
    if (!words) return
    await loading(this, async () => {
      const { rows } = await client.work<{ rows: Found[] }>(
        'GET',
        `/search?q=${encodeURIComponent(words)}`,
      )
      return { rows: rows.map((one) => ({ ...one, published: day(one.published) })), searched: words }
    })
  },
})
