import { loading, screen } from '../../lib/screen'
import { layOut, type Sheet } from '../../lib/sheet'
import type { DeskSheet } from '../../lib/shapes'
import { asked, charactersWide, client, tell } from '../../lib/wechat'

const ROWS = 30

screen({
  data: {
    title: '',
    where: '',
    sheet: null as Sheet | null,
    canVote: false,
    reason: '',
    wrong: '',
    isVoted: false,
  },
  id: '',
  rows: ROWS,
  found: null as DeskSheet | null,

  onLoad(query): Promise<void> {
    this.id = query.id ?? ''
    return this.load()
  },

  async load(): Promise<void> {
    await loading(this, async () => {
      const found = await client.work<DeskSheet>('GET', `/disclosures/${this.id}`)
      this.found = found
      return {
        title: found.title,
        where: [found.village, found.period].filter(Boolean).join(' '),
        canVote: Boolean(found.can.vote),
        sheet: layOut(found.face, charactersWide(), this.rows),
      }
    })
  },

  more(): void {
    this.rows += ROWS
    if (this.found) this.setData({ sheet: layOut(this.found.face, charactersWide(), this.rows) })
  },

  type({ detail }: WechatMiniprogram.Input): void {
    this.setData({ reason: detail.value, wrong: '' })
  },

  agree(): Promise<void> {
    return this.vote(true)
  },

  giveBack(): Promise<void> | undefined {
    if (!this.data.reason.trim()) {
      return void this.setData({ wrong: '退回要写明哪里不对，好让村里改。' })
    }
    return this.vote(false)
  },

  async vote(agree: boolean): Promise<void> {
    const sure = await asked(
      agree ? '同意公开这份表？' : '退回这份表？理由会给村里看，不写是谁提的。',
      agree ? '同意' : '退回',
    )
    if (!sure || !this.found) return
    const reason = this.data.reason.trim()
    const body = { agree, revision: this.found.revision, ...(reason ? { reason } : {}) }
    let isVoted = false
    await loading(this, async () => {
      await client.work('POST', `/disclosures/${this.id}/vote`, body)
      isVoted = true
      return { isVoted, canVote: false }
    })
    if (isVoted) await tell(agree ? '已同意。' : '已退回。')
  },
})
