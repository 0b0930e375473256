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
      return {
        screens: screens.map((one) => ({
          ...one,
          time: moment(one.time),
          picture_url: one.picture_url && absolute(one.picture_url),
        })),
      }
    })
  },

  enlarge({ currentTarget }: WechatMiniprogram.TouchEvent): void {
    const { url } = currentTarget.dataset as { url: string }
    wx.previewImage({ urls: [url] })
  },

  async onPullDownRefresh(): Promise<void> {
    await this.load()
    wx.stopPullDownRefresh()
  },
})

function absolute(url: string): string {
  return url.startsWith('/') ? client.host + url : url
}
