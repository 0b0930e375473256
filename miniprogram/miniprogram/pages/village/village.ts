import { fromScan, fromScene, pageOf } from '../../lib/scene'
import { loading, oldest, screen } from '../../lib/screen'
import type { Named, Place, Rows } from '../../lib/shapes'
import { client, setVillage, tell } from '../../lib/wechat'

interface Town extends Named {
  villages: Named[]
  isOpen: boolean
}

screen({
  data: { towns: [] as Town[], words: '', isEmpty: false },
  all: [] as Town[],

  onLoad(query): Promise<void> | undefined {
    const found = fromScene(query.scene ?? '')
    if (!found) return this.load()
    // the code on the village's board leads here
    wx.reLaunch({ url: pageOf(found) })
    return undefined
  },

  async load(): Promise<void> {
    await loading(this, async () => {
      const [towns, villages] = await Promise.all([
        client.read<Rows<Place>>('/divisions?level=2'),
        client.read<Rows<Place>>('/divisions?level=3'),
      ])
      const below = new Map<string, Named[]>()
      for (const { code, name, parent } of villages.value.items) {
        below.set(parent ?? '', [...(below.get(parent ?? '') ?? []), { code, name }])
      }
      this.all = towns.value.items.map(({ code, name }) => {
        return { code, name, villages: below.get(code) ?? [], isOpen: false }
      })
      return { towns: this.all, copied: oldest(towns.copied, villages.copied) }
    })
  },

  find({ detail }: WechatMiniprogram.Input): void {
    const words = detail.value.trim()
    const towns = this.all.flatMap((town: Town) => {
      if (!words || town.name.includes(words)) return [town]
      const villages = town.villages.filter((one) => one.name.includes(words))
      return villages.length ? [{ ...town, villages, isOpen: true }] : []
    })
    this.setData({ words, towns, isEmpty: !towns.length })
  },

  unfold({ currentTarget }: WechatMiniprogram.TouchEvent): void {
    const { code } = currentTarget.dataset as { code: string }
    const towns = this.data.towns.map((town) =>
      town.code === code ? { ...town, isOpen: !town.isOpen } : town,
    )
    this.setData({ towns })
  },

  choose({ currentTarget }: WechatMiniprogram.TouchEvent): void {
    setVillage(currentTarget.dataset as Named)
    wx.reLaunch({ url: '/pages/home/home' })
  },

  scan(): void {
    wx.scanCode({
      success: (scanned) => {
        const found = fromScan(scanned)
        if (found) wx.reLaunch({ url: pageOf(found) })
        else void tell('这不是村务公开的码。')
      },
    })
  },
})
