import { loading, screen } from '../../lib/screen'
import type { HouseholdRow, Me } from '../../lib/shapes'
import { maySignIn, signIn } from '../../lib/signing'
import { client } from '../../lib/wechat'

screen({
  data: {
    isOut: false,
    rows: [] as HouseholdRow[],
    isOn: true,
    isVerified: true,
  },

  onLoad(): Promise<void> | undefined {
    return maySignIn(this) ? this.load() : undefined
  },

  enter(): Promise<void> {
    return signIn(this)
  },

  async load(): Promise<void> {
    await loading(this, async () => {
      const me = await client.ask<Me>('GET', '/me')
      const isVerified = me.residence.state === 'verified'
      const isOn = me.household_enabled
      if (!isOn || !isVerified) return { isOn, isVerified, rows: [] }
      const { rows } = await client.ask<{ rows: HouseholdRow[] }>('GET', '/household')
      return { isOn, isVerified, rows }
    })
  },

  async onPullDownRefresh(): Promise<void> {
    if (!this.data.isOut) await this.load()
    wx.stopPullDownRefresh()
  },
})
