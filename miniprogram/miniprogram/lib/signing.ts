/** The pages about oneself share this: after logging out nothing happens without being asked. */
import { sentence } from './failure'
import { client } from './wechat'

interface Page {
  setData(data: Record<string, unknown>): void
  load(): Promise<void>
}

/** Whether the page may load: false after logging out, then it shows the button to log in. */
export function maySignIn(page: Page): boolean {
  page.setData({ isOut: client.hasLeft })
  return !client.hasLeft
}

/** Logs in because the person has tapped the button, and loads the page. */
export async function signIn(page: Page): Promise<void> {
  try {
    await client.enter()
  } catch (error) {
    page.setData({ state: { busy: false, error: sentence(error), age: '' } })
    return
  }
  page.setData({ isOut: false })
  await page.load()
}
