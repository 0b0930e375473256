/** Days and times as villagers say them. The server's times are Beijing time, and so are these. */

const SHANGHAI = 8 * 3_600_000
const MINUTE = 60_000
const HOUR = 3_600_000
const DAY = 86_400_000

/** "2026-03-31", or a time on that day, as "2026年3月31日"; other texts as they are. */
export function day(text: string | null | undefined): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)/.exec(text ?? '')
  if (!match) return text ?? ''
  return `${match[1]}年${Number(match[2])}月${Number(match[3])}日`
}

/** "2026-03-31T09:05:00+08:00" as "2026年3月31日 09:05". */
export function moment(text: string | null | undefined): string {
  const match = /T(\d\d:\d\d)/.exec(text ?? '')
  return match ? `${day(text)} ${match[1]}` : day(text)
}

/** Today in Beijing, as the server writes days. */
export function today(now: number): string {
  return new Date(now + SHANGHAI).toISOString().slice(0, 10)
}

/** How near a day is, as lists show it: 今天, 昨天, "3月31日", and with its year in another year. */
export function near(text: string, now: number): string {
  const that = text.slice(0, 10)
  if (that === today(now)) return '今天'
  if (that === today(now - DAY)) return '昨天'
  return that.slice(0, 4) === today(now).slice(0, 4) ? day(text).slice(5) : day(text)
}

/** How old a copy is. */
export function age(time: number, now: number): string {
  const passed = Math.max(0, now - time)
  if (passed < MINUTE) return '刚才'
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)}分钟前`
  if (passed < DAY) return `${Math.floor(passed / HOUR)}小时前`
  return `${Math.floor(passed / DAY)}天前`
}
