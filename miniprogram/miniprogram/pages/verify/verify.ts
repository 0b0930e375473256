import { moment } from '../../lib/dates'
import { examine, type Finding } from '../../lib/proof'
import { fromScan, printed, publicCode } from '../../lib/scene'
import { loading, screen } from '../../lib/screen'
import type { Publication } from '../../lib/shapes'
import { client } from '../../lib/wechat'

interface Checked {
  title: string
  village: string
  time: string
  code: string
  position: number
  previous: string
  link: string
  page: string
  pdf: string
  isIntact: boolean
  isWithdrawn: boolean
}

screen({
  data: {
    typed: '',
    wrong: '',
    checked: null as Checked | null,
    findings: [] as Finding[],
  },
  code: '',

  onLoad(query): Promise<void> | undefined {
    if (query.code) return this.check(query.code)
    return undefined
  },

  type({ detail }: WechatMiniprogram.Input): void {
    this.setData({ typed: detail.value, wrong: '' })
  },

  submit(): Promise<void> | undefined {
    const code = publicCode(this.data.typed)
    if (code) return this.check(code)
    this.setData({ wrong: '公开编号是 12 位字母和数字，印在表的下面，请再看一看。' })
    return undefined
  },

  scan(): void {
    wx.scanCode({
      success: (scanned) => {
        const found = fromScan(scanned)
        if (found && 'publication' in found) void this.check(found.publication)
        else this.setData({ wrong: '这不是公开表上的码。' })
      },
    })
  },

  again(): Promise<void> {
    return this.check(this.code)
  },

  async check(code: string): Promise<void> {
    this.code = code
    await loading(this, async () => {
      const { value, copied } = await client.read<Publication>(`/publications/${code}`)
      const findings = examine(value)
      return { checked: checkedOf(value, findings), findings, copied }
    })
  },

  copy({ currentTarget }: WechatMiniprogram.TouchEvent): void {
    const { text } = currentTarget.dataset as { text: string }
    wx.setClipboardData({ data: text })
  },
})

function checkedOf(one: Publication, findings: Finding[]): Checked {
  return {
    title: one.title,
    village: one.division_name,
    time: moment(one.time),
    code: printed(one.code),
    position: one.chain.position,
    previous: one.chain.previous,
    link: one.chain.link,
    page: one.digests.page ?? '',
    pdf: one.digests.pdf ?? '',
    isIntact: findings.every((finding) => finding.agrees),
    isWithdrawn: one.state === 'withdrawn',
  }
}
