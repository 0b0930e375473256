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

type Options<
  D extends WechatMiniprogram.Page.DataOption,
  C extends WechatMiniprogram.Page.CustomOption,
> = WechatMiniprogram.Page.Options<D & { look: Look; state: State }, C>

export const IDLE: State = { busy: false, error: '', age: '' }
/** The first frame, before the phone is asked. */
const PLAIN = lookOf('normal', {})

/** Registers a page that follows the chosen size of print. */
export function screen<
  D extends WechatMiniprogram.Page.DataOption,
  C extends WechatMiniprogram.Page.CustomOption,
>(options: Omit<Options<D, C>, 'data'> & { data: D } & ThisType<
    WechatMiniprogram.Page.Instance<D & { look: Look; state: State }, C>
  >): void {
  const { onShow } = options
  const page = {
    ...options,
    data: { ...options.data, look: PLAIN, state: IDLE },
    onShow(this: WechatMiniprogram.Page.TrivialInstance) {
      const now = look()
      if (now.style !== this.data.look.style) this.setData({ look: now })
      return onShow?.call(this as never)
    },
  }
  Page(page as unknown as Options<D, C>)
}

interface Shown {
  setData(data: Record<string, unknown>): void
}

/**
 * Shows what `work` gives, or why it could not be had. `copied` among it is the time of an older
 * copy.
 */
export async function loading(
  page: Shown,
  work: () => Promise<{ copied?: number | null } & Record<string, unknown>>,
): Promise<void> {
  page.setData({ state: { ...IDLE, busy: true } })
  try {
    const { copied, ...data } = await work()
    page.setData({ ...data, state: { ...IDLE, age: copied ? age(copied, Date.now()) : '' } })
  } catch (error) {
    page.setData({ state: { ...IDLE, error: sentence(error) } })
  }
}

/** The oldest of several answers: what the page as a whole has to own up to. */
export function oldest(...times: (number | null)[]): number | null {
  const copies = times.filter((time): time is number => time !== null)
  return copies.length ? Math.min(...copies) : null
}
