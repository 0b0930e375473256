/** What went wrong, as a sentence for the person who holds the phone. */
export class Failure extends Error {
  constructor(
    readonly code: string,
    readonly sentence: string,
    readonly status = 0,
    readonly fields: Record<string, string> = {},
  ) {
    super(sentence)
    // errors lose their class when compiled to ES5, as WeChat's tools may do
    Object.setPrototypeOf(this, Failure.prototype)
  }
}

const BY_STATUS: Record<number, [string, string]> = {
  400: ['bad_request', '填写的内容不对，请检查后再试。'],
  401: ['signed_out', '登录已过期，请重新登录。'],
  403: ['forbidden', '您没有查看这项内容的权限。'],
  404: ['not_found', '没有找到，可能已经撤下。'],
  409: ['conflict', '内容刚刚有变化，请刷新后再试。'],
  410: ['gone', '这份内容已经撤下。'],
  413: ['too_large', '文件太大了，请换小一点的。'],
  422: ['refused', '填写的内容不对，请检查后再试。'],
  429: ['too_many', '点得太快了，请过一分钟再试。'],
}
const UNAVAILABLE: [string, string] = ['unavailable', '服务器正在维护，请过一会儿再试。']
const GARBLED = '服务器的回答看不懂，请过一会儿再试。'

/** Failures after which an older copy is better than nothing. */
const PASSING = new Set(['network', 'timeout', 'interrupted', 'unavailable', 'garbled', 'too_many'])

/** The failure that an answer with this status and body means. */
export function fromAnswer(status: number, data: unknown): Failure {
  const [code, standard] = BY_STATUS[status] ?? UNAVAILABLE
  const said = record(record(data)?.error)
  if (said) {
    const fields = record(said.fields) ?? {}
    return new Failure(text(said.code) || code, text(said.message) || standard, status, words(fields))
  }
  return new Failure(code, text(record(data)?.detail) || standard, status)
}

/** The failure that `errMsg` of wx.request means: no status was received. */
export function fromNetwork(errMsg: string): Failure {
  if (/time.?out/i.test(errMsg)) return new Failure('timeout', '等了太久没有回应，请再试一次。')
  if (/interrupt|abort/i.test(errMsg)) return new Failure('interrupted', '刚才中断了，请再试一次。')
  if (/domain/i.test(errMsg)) return new Failure('domain', '小程序还没有登记服务器域名，请告诉管理员。')
  return new Failure('network', '网络不通，请检查手机网络后再试。')
}

export function garbled(): Failure {
  return new Failure('garbled', GARBLED)
}

export function isPassing(error: unknown): boolean {
  return error instanceof Failure && PASSING.has(error.code)
}

/** Whether the server has said that there is no such thing, or no longer. */
export function isGone(error: unknown): boolean {
  return error instanceof Failure && (error.status === 404 || error.status === 410)
}

/** The sentence to show for whatever was thrown. */
export function sentence(error: unknown): string {
  return error instanceof Failure ? error.sentence : '出了点问题，请再试一次。'
}

function record(value: unknown): Record<string, unknown> | undefined {
  return value && typeof value === 'object' ? (value as Record<string, unknown>) : undefined
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function words(fields: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, text(value)]))
}
