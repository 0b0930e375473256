import { moment } from '../../lib/dates'
import { loading, screen } from '../../lib/screen'
import type { Screen } from '../../lib/shapes'
import { client } from '../../lib/wechat'

screen({
  data: { screens: [] as Screen[] },

  onLoad(): Promise<void> {
    return this.load()
  },

  async load(): Promise<void> {
    await loading(this, async () => {
      const screens = await client.work<Screen[]>('GET', '/screens')
      return { screens: screens.map((one) => ({ ...one, time: moment(one.time) })) }
    })
  },

  async onPullDownRefresh(): Promise<void> {
    await this.load()
    wx.stopPullDownRefresh()
  },
})
