import { day } from '../../lib/dates'
import { Failure, sentence } from '../../lib/failure'
import { screen } from '../../lib/screen'
import type { Kind, Me, Todo, Work } from '../../lib/shapes'
import { subscribe, templatesOf } from '../../lib/subscribing'
import { client, tell } from '../../lib/wechat'

interface Line {
  id: number
  title: string
  detail: string
  lamp: string
  isLate: boolean
  url: string
  label: string
}

interface Part {
  name: string
  hint: string
  lines: Line[]
}

const LAMPS: Record<string, string> = { red: '已逾期', yellow: '快到期', green: '按时' }
const TOLD: Kind[] = ['duty_due', 'overdue', 'review']

screen({
  data: {
    isOut: false,
    needsCode: false,
    code: '',
    wrong: '',
    name: '',
    offices: '',
    parts: [] as Part[],
    canSubscribe: false,
  },
  templates: [] as string[],

  onShow(): Promise<void> {
    return this.load()
  },

  async onPullDownRefresh(): Promise<void> {
    await this.load()
    wx.stopPullDownRefresh()
  },

  async load(): Promise<void> {
    this.setData({ state: { busy: true, error: '', age: '' } })
    try {
      const todo = await client.work<Todo>('GET', '/todo')
      this.setData({ parts: partsOf(todo), needsCode: false, isOut: false })
      this.setData({ state: { busy: false, error: '', age: '' } })
      await this.introduce()
    } catch (error) {
      const code = error instanceof Failure ? error.code : ''
      const isOut = code === 'left'
      const needsCode = code === 'unbound'
      const shown = isOut || needsCode ? '' : sentence(error)
      this.setData({ isOut, needsCode, parts: [], state: { busy: false, error: shown, age: '' } })
    }
  },

  async introduce(): Promise<void> {
    const me = await client.ask<Me>('GET', '/me').catch(() => null)
    if (!me) return
    this.templates = templatesOf(me, TOLD)
    this.setData({
      name: me.official?.name ?? '',
      offices: (me.official?.offices ?? []).join('、'),
      canSubscribe: this.templates.length > 0,
    })
  },

  type({ detail }: WechatMiniprogram.Input): void {
    this.setData({ code: detail.value, wrong: '' })
  },

  async bind(): Promise<void> {
    const code = this.data.code.replace(/\s/g, '')
    if (!code) return void this.setData({ wrong: '请输入绑定码。' })
    try {
      await client.bind(code)
      this.setData({ code: '', wrong: '' })
    } catch (error) {
      const fields = error instanceof Failure ? Object.values(error.fields).join('') : ''
      return void this.setData({ wrong: fields || sentence(error) })
    }
    await this.load()
  },

  async enter(): Promise<void> {
    client.enterDesk()
    if (client.hasLeft) await client.enter().catch(() => undefined)
    await this.load()
  },

  async leave(): Promise<void> {
    await client.leaveDesk().catch(() => undefined)
    this.setData({ isOut: true, parts: [] })
  },

  async subscribe(): Promise<void> {
    const accepted = await subscribe(this.templates)
    if (accepted) await tell('好的，有待办时微信会通知您。')
  },
})

function partsOf(todo: Todo): Part[] {
  const parts: [string, string, Work[], (one: Work) => string][] = [
    ['等我审的', '', todo.reviews, (one) => `/${one.page}`],
    ['等我备案的', '', todo.filings, filingPage],
    ['等我填的', '请在电脑上填报。', todo.duties, () => ''],
    ['等我答的提问', '请在电脑上答复。', todo.questions, () => ''],
  ]
  return parts
    .filter(([, , works]) => works.length)
    .map(([name, hint, works, url]) => ({
      name,
      hint,
      lines: works.map((one) => lineOf(one, url(one))),
    }))
}

function filingPage(one: Work): string {
  const filed = one.publication ? `&publication=${one.publication}` : ''
  return `/${one.page}&village=${encodeURIComponent(one.village)}&title=${encodeURIComponent(one.title)}${filed}`
}

function lineOf(one: Work, url: string): Line {
  const due = one.due ? `${day(one.due)}前` : ''
  const lamp = LAMPS[one.lamp] ?? ''
  return {
    id: one.id,
    title: one.title,
    detail: [one.village, due].filter(Boolean).join(' '),
    lamp,
    isLate: one.lamp === 'red',
    url,
    label: [one.title, one.village, due, lamp].filter(Boolean).join('，'),
  }
}
