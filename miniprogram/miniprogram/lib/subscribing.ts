/** Asking WeChat to let us send a message. Only ever after a tap, and never as a condition. */
import type { Kind, Me, Subscription } from './shapes'

export const KINDS: Record<Kind, string> = {
  answered: '提问有了答复',
  published: '村里有新公开',
  duty_due: '公开快到期',
  overdue: '公开已逾期',
  review: '有公开表等我审',
}

/** WeChat takes five templates at a time, and never both kinds of template. */
const MOST = 5

export function templatesOf(me: Me, kinds: Kind[]): string[] {
  const wanted = me.subscriptions.filter((one) => kinds.includes(one.kind))
  const lasting = wanted.filter((one) => one.is_long_term)
  return (lasting.length ? lasting : wanted).slice(0, MOST).map((one) => one.template_id)
}

/** What is agreed at present, in words. */
export function agreed(one: Subscription): string {
  if (one.is_long_term) return one.left ? '已同意一直提醒' : '还没有同意'
  return one.left ? `还会提醒 ${one.left} 次` : '还没有同意'
}

/** Asks; gives whether at least one was accepted. */
export function subscribe(templates: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    if (!templates.length) return resolve(false)
    wx.requestSubscribeMessage({
      tmplIds: templates,
      success: (answer) => {
        const answers = answer as unknown as Record<string, string>
        resolve(templates.some((template) => answers[template] === 'accept'))
      },
      fail: () => resolve(false),
    })
    return undefined
  })
}
