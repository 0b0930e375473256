import { Failure, sentence } from '../../lib/failure'
import { loading, screen } from '../../lib/screen'
import type { Me } from '../../lib/shapes'
import { maySignIn, signIn } from '../../lib/signing'
import { asked, client, village } from '../../lib/wechat'

screen({
  data: { isOut: false, me: null as Me | null, name: '', phone: '', wrong: '', village: '' },

  onLoad(): Promise<void> | undefined {
    this.setData({ village: village()?.name ?? '' })
    return maySignIn(this) ? this.load() : undefined
  },

  enter(): Promise<void> {
    return signIn(this)
  },

  async load(): Promise<void> {
    await loading(this, async () => ({ me: await client.ask<Me>('GET', '/me') }))
  },

  typeName({ detail }: WechatMiniprogram.Input): void {
    this.setData({ name: detail.value, wrong: '' })
  },

  typePhone({ detail }: WechatMiniprogram.Input): void {
    this.setData({ phone: detail.value, wrong: '' })
  },

  /** WeChat's own button gives a code, from which the server alone learns the number. */
  givePhone({ detail }: WechatMiniprogram.ButtonGetPhoneNumber): Promise<void> | undefined {
    if (!detail.code) return undefined
    return this.change('/phone', { code: detail.code })
  },

  async forgetPhone(): Promise<void> {
    if (await asked('删掉后，答复不能打电话告诉您。', '删掉')) await this.change('/phone/forget', {})
  },

  claim(): Promise<void> | undefined {
    const place = village()
    const name = this.data.name.trim()
    const phone = this.data.phone.trim()
    const wrong = !place ? '请先在首页选您的村。' : name ? '' : '请写您的姓名。'
    if (wrong || !place) return void this.setData({ wrong })
    return this.change('/residence', { village: place.code, name, ...(phone ? { phone } : {}) })
  },

  async change(path: string, body: object): Promise<void> {
    try {
      this.setData({ me: await client.ask<Me>('POST', path, body), wrong: '' })
    } catch (error) {
      const fields = error instanceof Failure ? Object.values(error.fields).join('') : ''
      this.setData({ wrong: fields || sentence(error) })
    }
  },
})
