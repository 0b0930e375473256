import { loading, screen } from '../../lib/screen'
import type { Publication } from '../../lib/shapes'
import { client } from '../../lib/wechat'
import { sentencesOf } from '../../lib/words'

/**
 * A sheet as sentences in very large print; a recording is played where the server has one.
 * WeChat cannot speak without somebody else's plug-in, so nothing here pretends to.
 */
screen({
  data: { sentences: [] as string[], audio: '', isPlaying: false },
  code: '',
  player: null as WechatMiniprogram.InnerAudioContext | null,

  onLoad(query): Promise<void> {
    this.code = query.code ?? ''
    return this.load()
  },

  async load(): Promise<void> {
    await loading(this, async () => {
      const { value, copied } = await client.read<Publication>(`/publications/${this.code}`)
      return { sentences: sentencesOf(value), audio: value.audio ?? '', copied }
    })
  },

  play(): void {
    if (!this.player) {
      this.player = wx.createInnerAudioContext()
      this.player.src = this.data.audio
      this.player.onEnded(() => this.setData({ isPlaying: false }))
      this.player.onError(() => this.setData({ isPlaying: false }))
    }
    if (this.data.isPlaying) this.player.pause()
    else this.player.play()
    this.setData({ isPlaying: !this.data.isPlaying })
  },

  onUnload(): void {
    this.player?.destroy()
  },
})
