import { sentence } from '../../lib/failure'
import type { Size } from '../../lib/scale'
import { screen } from '../../lib/screen'
import { asked, client, look, readsAloud, setReadsAloud, setSize, size, tell } from '../../lib/wechat'

const SIZES: { size: Size; name: string }[] = [
  { size: 'normal', name: '标准' },
  { size: 'large', name: '大字' },
  { size: 'largest', name: '特大' },
]

screen({
  data: {
    sizes: SIZES,
    size: 'normal' as Size,
    readsAloud: false,
    isKnown: false,
  },

  onShow(): void {
    this.setData({ size: size(), readsAloud: readsAloud(), isKnown: client.isKnown })
  },

  choose({ currentTarget }: WechatMiniprogram.TouchEvent): void {
    const { size: chosen } = currentTarget.dataset as { size: Size }
    setSize(chosen)
    this.setData({ size: chosen, look: look() })
  },

  setReadsAloud({ detail }: WechatMiniprogram.SwitchChange): void {
    setReadsAloud(detail.value)
    this.setData({ readsAloud: detail.value })
  },

  async leave(): Promise<void> {
    try {
      await client.leave()
      await tell('已退出登录。看公开内容不用登录。')
    } catch {
      await tell('这部手机上已经退出。网络不通，服务器上的登录会自动过期。')
    }
    this.setData({ isKnown: client.isKnown })
  },

  async close(): Promise<void> {
    const sure = await asked(
      '会删掉您的手机号、身份核实和消息。提过的问题留着，但不再有您的名字。删了找不回来。',
      '注销',
      '注销账号',
    )
    if (!sure) return
    try {
      await client.close()
      await tell('已经注销，您的个人信息都删掉了。')
    } catch (error) {
      await tell(sentence(error))
    }
    this.setData({ isKnown: client.isKnown })
  },

  clearCopies(): Promise<void> {
    client.copies.clear()
    return tell('手机上存下的内容已经清掉。')
  },
})
