/** The only place where the core meets WeChat: network, storage, login, the phone's settings. */
import { Client, type Transport } from './client'
import type { Store } from './copies'
import { Failure, fromNetwork } from './failure'
import { isSize, lookOf, type Look, type Phone, type Size } from './scale'
import { LOCAL_SERVER, SERVER } from './server'
import type { Named } from './shapes'

const SIZE = 'size'
const VILLAGE = 'village'
const READ_ALOUD = 'read-aloud'

const send: Transport = ({ method, url, headers, body, timeout }) =>
  new Promise((resolve, reject) => {
    wx.request({
      url,
      method,
      header: headers,
      data: body,
      timeout,
      success: ({ statusCode, data }) => resolve({ status: statusCode, data }),
      fail: ({ errMsg }) => reject(fromNetwork(errMsg)),
    })
  })

const store: Store = {
  get: (key) => wx.getStorageSync(key),
  set: (key, value) => wx.setStorageSync(key, value),
  remove: (key) => wx.removeStorageSync(key),
}

function loginCode(): Promise<string> {
  return new Promise((resolve, reject) => {
    wx.login({
      success: ({ code }) => resolve(code),
      fail: () => reject(new Failure('login', '微信登录没有成功，请再试一次。')),
    })
  })
}

function server(): string {
  const { envVersion } = wx.getAccountInfoSync().miniProgram
  return envVersion === 'develop' ? LOCAL_SERVER : SERVER
}

export const client = new Client(server(), send, store, loginCode, () => Date.now())

export function village(): Named | null {
  return (store.get(VILLAGE) as Named | undefined) || null
}

export function setVillage(chosen: Named): void {
  store.set(VILLAGE, { code: chosen.code, name: chosen.name })
}

export function size(): Size {
  const chosen = store.get(SIZE)
  return isSize(chosen) ? chosen : 'normal'
}

export function setSize(chosen: Size): void {
  store.set(SIZE, chosen)
}

export function readsAloud(): boolean {
  return store.get(READ_ALOUD) === true
}

export function setReadsAloud(wanted: boolean): void {
  store.set(READ_ALOUD, wanted)
}

export function look(): Look {
  return lookOf(size(), { ...wx.getAppBaseInfo(), ...wx.getDeviceInfo() } as Phone)
}

/** How many characters of running text stand beside each other on this phone. */
export function charactersWide(): number {
  const text = 17
  const margins = 44
  return (wx.getWindowInfo().windowWidth - margins) / (text * look().factor)
}

/** Tells something in a sentence. A toast would be gone before a slow reader has read it. */
export function tell(content: string, title = '提示'): Promise<void> {
  return new Promise((resolve) => {
    wx.showModal({ title, content, showCancel: false, confirmText: '知道了', complete: () => resolve() })
  })
}

/** Asks a question to be answered with yes or no. */
export function asked(content: string, yes: string, title = '请确认'): Promise<boolean> {
  return new Promise((resolve) => {
    wx.showModal({
      title,
      content,
      confirmText: yes,
      success: ({ confirm }) => resolve(confirm),
      fail: () => resolve(false),
    })
  })
}
