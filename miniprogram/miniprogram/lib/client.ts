import { Copies, type Store } from './copies'
import { Failure, fromAnswer, garbled, isPassing } from './failure'
import type { Session } from './shapes'

export type Method = 'GET' | 'POST'

export interface Call {
  method: Method
  url: string
  headers: Record<string, string>
  body?: object | ArrayBuffer
  timeout: number
}

/** Sends a call. Rejects with a Failure when no answer comes; any status is an answer. */
export type Transport = (call: Call) => Promise<{ status: number; data: unknown }>

export interface Read<T> {
  value: T
  /** When the answer was received, if it is an older copy; null when it is fresh. */
  copied: number | null
}

const PUBLIC = '/api/v1'
const PERSONAL = '/wxapi/v1'
const READ_TIMEOUT = 10_000
const WRITE_TIMEOUT = 20_000
const TOKEN = 'token'
const DESK_TOKEN = 'desk-token'
/** Set when the person has logged out: then nobody is logged in again without being asked. */
const LEFT = 'left'

/**
 * The server, as the pages see it.
 *
 * Public reading needs no login and falls back on the last copy. Personal calls carry a token;
 * the first one, and one answered 401, logs in silently, once.
 */
export class Client {
  readonly copies: Copies
  private entering: Promise<void> | null = null

  constructor(
    readonly host: string,
    private readonly send: Transport,
    private readonly store: Store,
    private readonly loginCode: () => Promise<string>,
    now: () => number,
  ) {
    this.copies = new Copies(store, now)
  }

  /** Reads a public address, relative to /api/v1 or as the server gave it in `next`. */
  async read<T>(address: string): Promise<Read<T>> {
    const path = address.startsWith(PUBLIC) ? address : PUBLIC + address
    try {
      const value = await this.exchange<T>('GET', path, {})
      this.copies.keep(path, value)
      return { value, copied: null }
    } catch (error) {
      if (isPassing(error)) {
        const copy = this.copies.find<T>(path)
        if (copy) return { value: copy.value, copied: copy.time }
      } else {
        this.copies.forget(path)
      }
      throw error
    }
  }

  /** A call on the villager's own behalf. */
  async ask<T>(method: Method, path: string, body?: object | ArrayBuffer): Promise<T> {
    const before = await this.token()
    try {
      return await this.exchange<T>(method, PERSONAL + path, bearer(before), body)
    } catch (error) {
      if (!(error instanceof Failure) || error.status !== 401) throw error
      if (this.store.get(TOKEN) === before) this.store.remove(TOKEN)
      return this.exchange<T>(method, PERSONAL + path, bearer(await this.token()), body)
    }
  }

  /** A call of an official; his token is never renewed silently. */
  async work<T>(method: Method, path: string, body?: object): Promise<T> {
    const token = this.held(DESK_TOKEN)
    const unbound = new Failure('unbound', '请先用后台显示的绑定码登录公务入口。', 401)
    if (!token) throw unbound
    try {
      return await this.exchange<T>(method, `${PERSONAL}/official${path}`, bearer(token), body)
    } catch (error) {
      if (!(error instanceof Failure) || error.status !== 401) throw error
      this.store.remove(DESK_TOKEN)
      throw unbound
    }
  }

  /** Makes this person an official, with the code that the back end shows him. */
  async bind(code: string): Promise<Session> {
    const session = await this.ask<Session>('POST', '/official/bind', { code })
    this.store.set(DESK_TOKEN, session.token)
    return session
  }

  get isOfficial(): boolean {
    return this.held(DESK_TOKEN) !== ''
  }

  get hasLeft(): boolean {
    return this.store.get(LEFT) === true
  }

  /** Logs in after the person has asked for it. */
  async enter(): Promise<void> {
    this.store.remove(LEFT)
    await this.token()
  }

  async leave(): Promise<void> {
    const token = this.held(TOKEN)
    this.forgetMe()
    this.store.set(LEFT, true)
    if (token) {
      await this.exchange('POST', `${PERSONAL}/logout`, bearer(token), {})
    }
  }

  /** Closes the account: the server erases everything personal. */
  async close(): Promise<void> {
    await this.ask('POST', '/account/close', {})
    this.forgetMe()
    this.store.set(LEFT, true)
  }

  leaveDesk(): void {
    this.store.remove(DESK_TOKEN)
  }

  private forgetMe(): void {
    this.store.remove(TOKEN)
    this.store.remove(DESK_TOKEN)
  }

  private async token(): Promise<string> {
    if (this.hasLeft) throw new Failure('left', '您已退出登录，点“登录”后再试。', 401)
    if (!this.held(TOKEN)) {
      // many calls of one page wait for the same login
      this.entering ??= this.login().finally(() => {
        this.entering = null
      })
      await this.entering
    }
    return this.held(TOKEN)
  }

  /** A kept token; "" when there is none, as WeChat's storage answers too. */
  private held(key: string): string {
    const token = this.store.get(key)
    return typeof token === 'string' ? token : ''
  }

  private async login(): Promise<void> {
    const code = await this.loginCode()
    const session = await this.exchange<Session>('POST', `${PERSONAL}/login`, {}, { code })
    this.store.set(TOKEN, session.token)
  }

  private async exchange<T>(
    method: Method,
    path: string,
    headers: Record<string, string>,
    body?: object | ArrayBuffer,
  ): Promise<T> {
    const { status, data } = await this.send({
      method,
      url: this.host + path,
      headers: { Accept: 'application/json', ...contentType(body), ...headers },
      body,
      timeout: method === 'GET' ? READ_TIMEOUT : WRITE_TIMEOUT,
    })
    if (status < 200 || status > 299) throw fromAnswer(status, data)
    if (!data || typeof data !== 'object') throw garbled()
    return data as T
  }
}

function bearer(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` }
}

function contentType(body?: object | ArrayBuffer): Record<string, string> {
  if (!body) return {}
  if (!(body instanceof ArrayBuffer)) return { 'Content-Type': 'application/json' }
  const isPng = new Uint8Array(body)[0] === 0x89
  return { 'Content-Type': isPng ? 'image/png' : 'image/jpeg' }
}
