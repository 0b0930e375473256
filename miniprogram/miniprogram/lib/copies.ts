/** Copies of the last public answers, for when there is no network. Nothing personal is kept. */

export interface Store {
  get(key: string): unknown
  set(key: string, value: unknown): void
  remove(key: string): void
}

export interface Copy<T> {
  value: T
  time: number
}

const INDEX = 'copies'
const MOST = 40
/** An answer larger than this is not kept: WeChat gives a mini-program 10 MB in all. */
const LONGEST = 200_000
/** After this many days a copy is no longer shown: what was taken down must vanish here too. */
const DAYS = 14
const DAY = 86_400_000

export class Copies {
  constructor(
    private readonly store: Store,
    private readonly now: () => number,
  ) {}

  keep(path: string, value: unknown): void {
    const rest = this.index().filter((one) => one !== path)
    if (JSON.stringify(value).length > LONGEST) {
      this.forget(path)
      return
    }
    for (const old of rest.slice(MOST - 1)) this.store.remove(key(old))
    try {
      this.store.set(key(path), { value, time: this.now() })
      this.store.set(INDEX, [path, ...rest].slice(0, MOST))
    } catch {
      // a phone without room reads on, only without copies
      this.clear()
    }
  }

  /** The last answer to `path`, undefined when there is none or it is too old. */
  find<T>(path: string): Copy<T> | undefined {
    const found = this.store.get(key(path)) as Copy<T> | undefined
    if (!found || typeof found !== 'object' || this.now() - found.time > DAYS * DAY) return undefined
    return found
  }

  forget(path: string): void {
    this.store.remove(key(path))
    this.store.set(
      INDEX,
      this.index().filter((one) => one !== path),
    )
  }

  clear(): void {
    for (const path of this.index()) this.store.remove(key(path))
    this.store.remove(INDEX)
  }

  private index(): string[] {
    const paths = this.store.get(INDEX)
    return Array.isArray(paths) ? (paths as string[]) : []
  }
}

function key(path: string): string {
  return `copy:${path}`
}
