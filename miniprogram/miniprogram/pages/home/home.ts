import { isUrgent, rowOf, URGENT_ITEM, type Row } from '../../lib/rows'
import { fromScan, fromScene, pageOf } from '../../lib/scene'
import { loading, oldest, screen } from '../../lib/screen'
import { shareVillage, type ShareCard } from '../../lib/share'
import type { Category, Named, PlaceDetail, Rows, Summary } from '../../lib/shapes'
import { client, look, setSize, setVillage, size, tell, village } from '../../lib/wechat'

const NEWEST = 8

screen({
  data: {
    village: null as Named | null,
    mine: null as Named | null,
    town: '',
    phone: '',
    urgent: [] as Row[],
    newest: [] as Row[],
    categories: [] as Category[],
    isLarge: false,
  },
  /** The village that a code or a card has opened; mine when it is "". */
  opened: '',

  onLoad(query): void {
    const found = query.scene
      ? fromScene(query.scene)
      : fromScan({ result: `/v/${query.village ?? ''}` })
    if (found && 'village' in found) this.opened = found.village
    else if (found) wx.navigateTo({ url: pageOf(found) })
  },

  onShow(): Promise<void> | undefined {
    this.setData({ isLarge: size() !== 'normal', mine: village() })
    const code = this.opened || village()?.code
    if (code && code !== this.data.village?.code) return this.load(code)
    return undefined
  },

  async onPullDownRefresh(): Promise<void> {
    if (this.data.village) await this.load(this.data.village.code)
    wx.stopPullDownRefresh()
  },

  onShareAppMessage(): Partial<ShareCard> {
    return shareVillage(this.data.village)
  },

  async load(code: string): Promise<void> {
    await loading(this, async () => {
      const place = await client.read<PlaceDetail>(`/divisions/${code}`)
      const here = `/publications?division=${code}`
      const kind = place.value.kind === 'community' ? 'community' : 'village'
      const [categories, newest, urgent] = await Promise.all([
        client.read<Rows<Category>>(`/categories?kind=${kind}`),
        client.read<Rows<Summary>>(`${here}&limit=${NEWEST}`),
        client.read<Rows<Summary>>(`${here}&item=${URGENT_ITEM}&limit=3`),
      ])
      const now = Date.now()
      const chosen = { code: place.value.code, name: place.value.name }
      if (!village()) setVillage(chosen)
      return {
        village: chosen,
        mine: village(),
        town: place.value.path.slice(0, -1).map((one) => one.name).join(' '),
        phone: place.value.complaint_phone ?? '',
        categories: categories.value.items,
        newest: newest.value.items.map((one) => rowOf(one, now)),
        urgent: urgent.value.items.filter((one) => isUrgent(one, now)).map((one) => rowOf(one, now)),
        copied: oldest(place.copied, categories.copied, newest.copied, urgent.copied),
      }
    })
  },

  again(): Promise<void> | undefined {
    const code = this.opened || village()?.code
    return code ? this.load(code) : undefined
  },

  scan(): void {
    wx.scanCode({
      success: (scanned) => {
        const found = fromScan(scanned)
        if (!found) void tell('这不是村务公开的码。')
        else if (!('village' in found)) wx.navigateTo({ url: pageOf(found) })
        else {
          this.opened = found.village
          void this.load(found.village)
        }
      },
    })
  },

  makeMine(): void {
    if (!this.data.village) return
    setVillage(this.data.village)
    this.setData({ mine: this.data.village })
  },

  switchPrint(): void {
    setSize(size() === 'normal' ? 'large' : 'normal')
    this.setData({ look: look(), isLarge: size() !== 'normal' })
  },

  call(): void {
    wx.makePhoneCall({ phoneNumber: this.data.phone })
  },
})
