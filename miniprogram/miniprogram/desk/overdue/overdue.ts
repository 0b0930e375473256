import { day } from '../../lib/dates'
import { loading, screen } from '../../lib/screen'
import type { Overdue } from '../../lib/shapes'
import { client } from '../../lib/wechat'

interface Page {
  rows: Overdue[]
  next: string | number | null
}

screen({
  data: { rows: [] as Overdue[], next: '' },

  onLoad(): Promise<void> {
    return this.load()
  },

  load(): Promise<void> {
    return this.show('/overdue', [])
  },

  more(): Promise<void> {
    return this.show(`/overdue?after=${this.data.next}`, this.data.rows)
  },

  async show(address: string, before: Overdue[]): Promise<void> {
    await loading(this, async () => {
      const { rows, next } = await client.work<Page>('GET', address)
      const shown = rows.map((one) => ({ ...one, due: day(one.due) }))
      return { rows: [...before, ...shown], next: String(next ?? '') }
    })
  },

  async onPullDownRefresh(): Promise<void> {
    await this.load()
    wx.stopPullDownRefresh()
  },
})
