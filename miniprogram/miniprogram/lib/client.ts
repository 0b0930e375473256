import { Copies, type Store } from './copies'
import { Failure, fromAnswer, garbled, isGone, isPassing } from './failure'
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

/** One of the two ways to be logged in. */
interface Seat {
  /** Where the token is kept. */
  token: string
  /** Where it is kept that the person has logged out: then he is not logged in unasked. */
  left: string
  address: string
  entering: Promise<void> | null
}

/**
 * The server, as the pages see it.
 *
 * Public reading needs no login and falls back on the last copy. Personal calls carry a token;
 * the first one, and one answered 401, logs in silently, once.
 */
export class Client {
  readonly copies: Copies
  private readonly villager: Seat = {
    token: 'token',
    left: 'left',
    address: '/login',
    entering: null,
  }
  private readonly official: Seat = {
    token: 'desk-token',
    left: 'desk-left',
    address: '/official/login',
    entering: null,
  }

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
      const copy = isPassing(error) ? this.copies.find<T>(path) : undefined
      if (copy) return { value: copy.value, copied: copy.time }
      if (isGone(error)) this.copies.forget(path)
      throw error
    }
  }

  /** A call on the villager's own behalf. */
  ask<T>(method: Method, path: string, body?: object | ArrayBuffer): Promise<T> {
    return this.personal<T>(this.villager, method, path, body)
  }

  /** A call of an official, whose token lasts for hours and is his office's alone. */
  async work<T>(method: Method, path: string, body?: object): Promise<T> {
    try {
      return await this.personal<T>(this.official, method, `/official${path}`, body)
    } catch (error) {
      if (error instanceof Failure && error.code === 'not_bound') throw unbound()
      throw error
    }
  }

  /** Makes this person an official, with the code that the back end shows him. */
  async bind(code: string): Promise<Session> {
    const session = await this.ask<Session>('POST', '/official/bind', { code })
    this.store.remove(this.official.left)
    this.store.set(this.official.token, session.token)
    return session
  }

  /** Whether this person has logged in before, so that a personal call surprises nobody. */
  get isKnown(): boolean {
    return this.held(this.villager.token) !== ''
  }

  get hasLeft(): boolean {
    return this.store.get(this.villager.left) === true
  }

  /** Logs in after the person has asked for it. */
  async enter(): Promise<void> {
    this.store.remove(this.villager.left)
    await this.token(this.villager)
  }

  async leave(): Promise<void> {
    await Promise.all([this.end(this.official), this.end(this.villager)])
  }

  enterDesk(): void {
    this.store.remove(this.official.left)
  }

  leaveDesk(): Promise<void> {
    return this.end(this.official)
  }

  /** Closes the account: the server erases everything personal and ends every token. */
  async close(): Promise<void> {
    await this.ask('POST', '/account/close', {})
    for (const seat of [this.villager, this.official]) {
      this.store.remove(seat.token)
      this.store.set(seat.left, true)
    }
  }

  /** The token is forgotten here in any case, and ended on the server if it can be reached. */
  private async end(seat: Seat): Promise<void> {
    const token = this.held(seat.token)
    this.store.remove(seat.token)
    this.store.set(seat.left, true)
    if (!token) return
    try {
      await this.exchange('POST', `${PERSONAL}/logout`, bearer(token), {})
    } catch (error) {
      // a token that has already ended is what was wanted
      if (!(error instanceof Failure) || error.status !== 401) throw error
    }
  }

  private async personal<T>(
    seat: Seat,
    method: Method,
    path: string,
    body?: object | ArrayBuffer,
  ): Promise<T> {
    const before = await this.token(seat)
    try {
      return await this.exchange<T>(method, PERSONAL + path, bearer(before), body)
    } catch (error) {
      if (!(error instanceof Failure) || error.status !== 401) throw error
      if (this.held(seat.token) === before) this.store.remove(seat.token)
      return this.exchange<T>(method, PERSONAL + path, bearer(await this.token(seat)), body)
    }
  }

  private async token(seat: Seat): Promise<string> {
    if (this.store.get(seat.left) === true) {
      throw new Failure('left', '您已退出登录，点“登录”后再试。', 401)
    }
    if (!this.held(seat.token)) {
      // many calls of one page wait for the same login
      seat.entering ??= this.login(seat).finally(() => {
        seat.entering = null
      })
      await seat.entering
    }
    return this.held(seat.token)
  }

  /** A kept token; "" when there is none, as WeChat's storage answers too. */
  private held(key: string): string {
    const token = this.store.get(key)
    return typeof token === 'string' ? token : ''
  }

  private async login(seat: Seat): Promise<void> {
    const code = await this.loginCode()
    const session = await this.exchange<Session>('POST', PERSONAL + seat.address, {}, { code })
    this.store.set(seat.token, session.token)
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

function unbound(): Failure {
  return new Failure('unbound', '请先输入后台显示的绑定码。', 403)
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
