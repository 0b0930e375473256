import { loading, screen } from '../../lib/screen'
import { asked, client, tell } from '../../lib/wechat'

screen({
  data: { title: '', village: '', publication: '', words: '', wrong: '', isDone: false },
  id: '',

  onLoad(query): void {
    this.id = query.id ?? ''
    this.setData({
      title: decodeURIComponent(query.title ?? ''),
      village: decodeURIComponent(query.village ?? ''),
      publication: query.publication ?? '',
    })
  },

  type({ detail }: WechatMiniprogram.Input): void {
    this.setData({ words: detail.value, wrong: '' })
  },

  async receive(): Promise<void> {
    if (await asked('收下备案？', '收下')) await this.send({ receive: true }, '已收下备案。')
  },

  async ask(): Promise<void> {
    const query = this.data.words.trim()
    if (!query) return void this.setData({ wrong: '请写明要村里说明什么。' })
    await this.send({ query }, '已转给村里说明。')
  },

  async send(body: object, done: string): Promise<void> {
    let isDone = false
    await loading(this, async () => {
      await client.work('POST', `/filings/${this.id}`, body)
      isDone = true
      return { isDone }
    })
    if (isDone) await tell(done)
  },
})
