import { rowOf, type Row } from '../../lib/rows'
import { loading, screen } from '../../lib/screen'
import type { Item, Rows, Summary } from '../../lib/shapes'
import { client, village } from '../../lib/wechat'

const PAGE = 20

screen({
  data: { rows: [] as Row[], items: [] as Item[], next: '', village: '', name: '', isItem: false },
  query: '',
  number: '',

  onLoad(query): Promise<void> {
    const code = query.village ?? village()?.code ?? ''
    const name = decodeURIComponent(query.name ?? '')
    this.number = query.number ?? ''
    this.query = [
      `/publications?division=${code}`,
      query.number && `category=${query.number}`,
      query.item && `item=${query.item}`,
      `limit=${PAGE}`,
    ]
      .filter(Boolean)
      .join('&')
    this.setData({ village: code, name, isItem: Boolean(query.item) })
    if (name) wx.setNavigationBarTitle({ title: name })
    return this.load()
  },

  async load(): Promise<void> {
    await loading(this, async () => {
      const { value, copied } = await client.read<Rows<Summary>>(this.query)
      const now = Date.now()
      return { rows: value.items.map((one) => rowOf(one, now)), next: value.next ?? '', copied }
    })
    // the list of items is a help, and nothing to fail for
    if (this.number && !this.data.items.length) {
      const found = await client
        .read<Rows<Item>>(`/items?category=${this.number}`)
        .catch(() => ({ value: { items: [] as Item[] } }))
      this.setData({ items: found.value.items })
    }
  },

  async more(): Promise<void> {
    const { rows, next } = this.data
    await loading(this, async () => {
      const { value } = await client.read<Rows<Summary>>(next)
      const now = Date.now()
      return {
        rows: [...rows, ...value.items.map((one) => rowOf(one, now))],
        next: value.next ?? '',
      }
    })
  },

  async onPullDownRefresh(): Promise<void> {
    await this.load()
    wx.stopPullDownRefresh()
  },
})
