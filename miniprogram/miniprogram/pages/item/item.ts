import { fileSize } from '../../lib/amounts'
import { barsOf, type Bars } from '../../lib/bars'
import { day, moment } from '../../lib/dates'
import { fromScene, printed } from '../../lib/scene'
import { loading, screen } from '../../lib/screen'
import { sharePublication, type ShareCard } from '../../lib/share'
import { layOut, type Sheet } from '../../lib/sheet'
import type { Publication, Step, Told } from '../../lib/shapes'
import { canSpeak } from '../../lib/speech'
import { charactersWide, client, readsAloud, tell } from '../../lib/wechat'

const ROWS = 30
const WITHDRAWN: Record<string, string> = {
  privacy: '为保护个人信息撤下。',
  lifted: '紧急情况已经解除。',
  court: '按法院或有关机关要求撤下。',
}

interface File {
  number: number
  name: string
  size: string
  kind: string
}

interface Shown {
  code: string
  village: string
  title: string
  period: string
  time: string
  until: string
  item: string
  audience: string
  basis: string
  reconstruction: string
  printed: string
  steps: Step[]
  /** Why it is no longer valid; "" when it is. */
  gone: string
  corrected: string
  corrects: string
  isWithdrawn: boolean
  isOld: boolean
}

screen({
  data: {
    shown: null as Shown | null,
    sheet: null as Sheet | null,
    told: null as Told | null,
    bars: null as Bars | null,
    files: [] as File[],
    isOwn: false,
    canSpeak: false,
    readsAloud: false,
  },
  code: '',
  rows: ROWS,
  publication: null as Publication | null,

  onLoad(query): Promise<void> {
    const found = fromScene(query.scene ?? '')
    this.code = found && 'publication' in found ? found.publication : (query.code ?? '')
    return this.load()
  },

  onShow(): void {
    this.setData({ canSpeak: canSpeak(), readsAloud: readsAloud() })
    // the print may have changed in the settings
    if (this.publication) this.draw()
  },

  async onPullDownRefresh(): Promise<void> {
    await this.load()
    wx.stopPullDownRefresh()
  },

  onShareAppMessage(): Partial<ShareCard> {
    return this.publication ? sharePublication(this.publication, client.host) : {}
  },

  async load(): Promise<void> {
    await loading(this, async () => {
      const { value, copied } = await client.read<Publication>(`/publications/${this.code}`)
      this.publication = value
      this.draw()
      return { copied, isOwn: false }
    })
    await this.loadOwn()
  },

  /** What a verified resident may read beyond the public; whoever is none keeps the public one. */
  async loadOwn(): Promise<void> {
    const isLimited = this.publication?.audience !== 'public' || this.publication.open_web === 'totals'
    if (!this.publication || !isLimited || !client.isKnown || client.hasLeft) return
    const own = await client
      .ask<Publication>('GET', `/publications/${this.code}`)
      .catch(() => null)
    if (!own?.face) return
    this.publication = { ...this.publication, face: own.face }
    this.setData({ isOwn: true })
    this.draw()
  },

  draw(): void {
    const one: Publication | null = this.publication
    if (!one) return
    const { face, summary } = one
    this.setData({
      shown: shownOf(one),
      sheet: face && layOut(face, charactersWide(), this.rows),
      told: summary,
      bars: summary?.chart ? barsOf(summary.chart) : null,
      files: (face?.files ?? []).map((file, index) => ({
        number: index + 1,
        name: file.name,
        size: fileSize(file.size),
        kind: file.mimetype.split('/')[0] ?? '',
      })),
    })
  },

  more(): void {
    this.rows += ROWS
    this.draw()
  },

  openFile({ currentTarget }: WechatMiniprogram.TouchEvent): void {
    const { number, kind } = currentTarget.dataset as { number: number; kind: string }
    const url = `${client.host}/p/${this.code}/files/${number}`
    if (kind === 'image') wx.previewImage({ urls: [url] })
    else if (kind === 'video') wx.previewMedia({ sources: [{ url, type: 'video' }] })
    else openDocument(url)
  },

  openPdf(): void {
    openDocument(`${client.host}/p/${this.code}.pdf`)
  },
})

function openDocument(url: string): void {
  wx.showLoading({ title: '正在下载' })
  wx.downloadFile({
    url,
    success: ({ statusCode, tempFilePath }) => {
      if (statusCode !== 200) return void tell('这个文件打不开，可能已经撤下。')
      wx.openDocument({
        filePath: tempFilePath,
        showMenu: true,
        fail: () => void tell('手机打不开这种文件，请在电脑上看。'),
      })
      return undefined
    },
    fail: () => void tell('下载没有成功，请检查网络后再试。'),
    complete: () => wx.hideLoading(),
  })
}

function shownOf(one: Publication): Shown {
  const { face } = one
  const event = (kind: string) => one.events.find((each) => each.kind === kind)
  const gone = event('withdrawn') ?? event('superseded')
  const isWithdrawn = one.state === 'withdrawn'
  const reason = isWithdrawn ? (WITHDRAWN[gone?.reason ?? ''] ?? '') : ''
  return {
    code: one.code,
    village: one.division_name,
    title: one.title,
    period: one.period_label ?? '',
    time: moment(one.time),
    until: day(one.display_until),
    item: one.item_name,
    audience: face?.audience ?? '',
    basis: face?.legal_basis ?? '',
    reconstruction: face?.reconstruction ?? '',
    printed: printed(one.code),
    steps: (face?.procedure ?? []).map((step) => ({ ...step, date: day(step.date) })),
    gone: one.state === 'published' ? '' : [reason, gone?.note].filter(Boolean).join(''),
    corrected: one.corrected_by ?? '',
    corrects: isWithdrawn ? '' : (one.corrects ?? ''),
    isWithdrawn,
    isOld: one.carried_over,
  }
}
