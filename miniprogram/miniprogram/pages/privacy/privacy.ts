import { screen } from '../../lib/screen'
import { tell } from '../../lib/wechat'

screen({
  data: {},

  openContract(): void {
    wx.openPrivacyContract({ fail: () => void tell('隐私保护指引现在打不开，请稍后再试。') })
  },
})
