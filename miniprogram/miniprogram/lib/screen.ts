/** What all pages share: the size of the print, and loading with a sentence when it fails. */
import { age } from './dates'
import { sentence } from './failure'
import { lookOf, type Look } from './scale'
import { look } from './wechat'

export interface State {
  busy: boolean
  error: string
  /** How old the copy is that is shown for want of a network; "" for a fresh answer. */
  age: string
}

export const IDLE: State = { busy: false, error: '', age: '' }
/** The first frame, before the phone is asked. */
const PLAIN = lookOf('normal', {})

type Data = WechatMiniprogram.Page.DataOption
type Custom = WechatMiniprogram.Page.CustomOption
type Lifetimes = Partial<WechatMiniprogram.Page.ILifetime>
type Instance<D extends Data, C extends Custom> = WechatMiniprogram.Page.Instance<
  D & { look: Look; state: State },
  C
>

/** Registers a page that follows the chosen size of print. */
export function screen<D extends Data, C extends Custom>(
  options: C & { data: D } & Lifetimes & ThisType<Instance<D, C>>,
): void {
  const { onShow } = options
  Page({
    ...options,
    data: { ...options.data, look: PLAIN, state: IDLE },
    onShow(this: Instance<Data, Custom>) {
      const now = look()
      if (now.style !== this.data.look.style) this.setData({ look: now })
      return onShow?.call(this)
    },
  })
}

interface Shown {
  setData(data: Record<string, unknown>): void
}

/** How often each page has begun to load. */
const begun = new WeakMap<Shown, number>()

/**
 * Shows what `work` gives, or why it could not be had; nothing when the page has begun to load
 * something else meanwhile. `copied` among it is the time of an older copy.
 */
export async function loading(
  page: Shown,
  work: () => Promise<{ copied?: number | null } & Record<string, unknown>>,
): Promise<void> {
  const turn = (begun.get(page) ?? 0) + 1
  begun.set(page, turn)
  page.setData({ state: { ...IDLE, busy: true } })
  const shown = await work().then(
    ({ copied, ...data }) => ({ ...data, state: { ...IDLE, age: ageOf(copied) } }),
    (error: unknown) => ({ state: { ...IDLE, error: sentence(error) } }),
  )
  if (begun.get(page) === turn) page.setData(shown)
}

function ageOf(copied: number | null | undefined): string {
  return copied === null || copied === undefined ? '' : age(copied, Date.now())
}

/** The oldest of several answers: what the page as a whole has to own up to. */
export function oldest(...times: (number | null)[]): number | null {
  const copies = times.filter((time): time is number => time !== null)
  return copies.length ? Math.min(...copies) : null
}
