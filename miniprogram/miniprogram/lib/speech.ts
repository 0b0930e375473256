/**
 * Speaks by WeChat's own plug-in, which has to be added to the account and named in app.json; where
 * it is not, there is no voice and nothing offers one. What is said goes to Tencent, so that
 * whoever calls this gives it public text alone.
 */

interface Voice {
  textToSpeech(options: {
    lang: 'zh_CN'
    tts: true
    content: string
    success(answer: { retcode: number; filename: string }): void
    fail(): void
  }): void
}

export type Standing = 'silent' | 'fetching' | 'speaking' | 'paused'

export const FAILED = '现在念不出来，请检查网络，过一会儿再试。'

/** The plug-in; null where there is none. */
function voice(): Voice | null {
  try {
    const plugin = requirePlugin('WechatSI') as Partial<Voice> | undefined
    return plugin?.textToSpeech ? (plugin as Voice) : null
  } catch {
    return null
  }
}

export function canSpeak(): boolean {
  return voice() !== null
}

/** Says pieces of text one after the other. `show` is told where it stands, `failed` why not. */
export class Speech {
  private readonly audio = wx.createInnerAudioContext()
  private pieces: string[] = []
  private at = 0
  private standing: Standing = 'silent'
  /** What comes back to an older turn is too late. */
  private turn = 0

  constructor(
    private readonly show: (standing: Standing) => void,
    private readonly failed: (sentence: string) => void,
  ) {
    // who has muted the phone's ringing still wants to hear what he has tapped
    wx.setInnerAudioOption({ obeyMuteSwitch: false })
    this.audio.onEnded(() => this.next())
    this.audio.onError(() => this.fail())
  }

  /** Begins with the first of the pieces. */
  play(pieces: string[]): void {
    this.stop()
    this.pieces = pieces
    this.at = -1
    this.next()
  }

  pause(): void {
    if (this.standing !== 'speaking') return
    this.audio.pause()
    this.stand('paused')
  }

  resume(): void {
    if (this.standing !== 'paused') return
    this.audio.play()
    this.stand('speaking')
  }

  stop(): void {
    this.turn++
    this.audio.stop()
    this.stand('silent')
  }

  /** Gives the phone's player back; nothing is said after that. */
  end(): void {
    this.stop()
    this.audio.destroy()
  }

  private next(): void {
    const content = this.pieces[++this.at]
    if (content === undefined) return this.stop()
    const turn = ++this.turn
    this.stand('fetching')
    voice()?.textToSpeech({
      lang: 'zh_CN',
      tts: true,
      content,
      success: ({ retcode, filename }) => {
        if (turn !== this.turn) return
        if (retcode !== 0) return this.fail()
        this.audio.src = filename
        this.audio.play()
        this.stand('speaking')
      },
      fail: () => {
        if (turn === this.turn) this.fail()
      },
    })
  }

  private fail(): void {
    if (this.standing === 'silent') return
    this.stop()
    this.failed(FAILED)
  }

  private stand(standing: Standing): void {
    if (standing === this.standing) return
    this.standing = standing
    this.show(standing)
  }
}
