import { rowOf, type Row } from '../../lib/rows'
import { loading, screen } from '../../lib/screen'
import type { Rows, Summary } from '../../lib/shapes'
import { client, village } from '../../lib/wechat'

screen({
  data: { words: '', rows: [] as Row[], next: '', searched: '', isEverywhere: false },
  village: '',

  onLoad(query): void {
    this.village = query.village ?? village()?.code ?? ''
  },

  type({ detail }: WechatMiniprogram.Input): void {
    this.setData({ words: detail.value })
  },

  setEverywhere({ detail }: WechatMiniprogram.SwitchChange): Promise<void> {
    this.setData({ isEverywhere: detail.value })
    return this.search()
  },

  async search(): Promise<void> {
    const words = this.data.words.trim()
    if (!words) return
    const here = this.village && !this.data.isEverywhere ? `&division=${this.village}` : ''
    await this.show(`/publications?q=${encodeURIComponent(words)}${here}`, [], words)
  },

  more(): Promise<void> {
    return this.show(this.data.next, this.data.rows, this.data.searched)
  },

  async show(address: string, before: Row[], searched: string): Promise<void> {
    await loading(this, async () => {
      const { value, copied } = await client.read<Rows<Summary>>(address)
      const now = Date.now()
      const rows = value.items.map((one) => rowOf(one, now, true))
      return { rows: [...before, ...rows], next: value.next ?? '', searched, copied }
    })
  },
})
