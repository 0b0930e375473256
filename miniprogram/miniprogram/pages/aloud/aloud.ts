import { piecesOf } from '../../lib/pieces'
import { loading, screen } from '../../lib/screen'
import type { Publication } from '../../lib/shapes'
import { canSpeak, Speech, type Standing } from '../../lib/speech'
import { client, tell } from '../../lib/wechat'
import { sentencesOf } from '../../lib/words'

/**
 * What everybody may read of a sheet, as sentences in very large print: the phone's screen reader
 * says them one by one, and WeChat's plug-in all of them where the account has it.
 */
screen({
  data: { sentences: [] as string[], canSpeak: false, standing: 'silent' as Standing },
  code: '',
  speech: null as Speech | null,

  onLoad(query): Promise<void> {
    this.code = query.code ?? ''
    this.setData({ canSpeak: canSpeak() })
    return this.load()
  },

  onHide(): void {
    this.speech?.pause()
  },

  onUnload(): void {
    this.speech?.end()
    this.speech = null
  },

  async load(): Promise<void> {
    await loading(this, async () => {
      const { value, copied } = await client.read<Publication>(`/publications/${this.code}`)
      return { sentences: sentencesOf(value), copied }
    })
  },

  play(): void {
    this.speech ??= new Speech(
      (standing) => this.setData({ standing }),
      (sentence) => void tell(sentence),
    )
    this.speech.play(piecesOf(this.data.sentences))
  },

  pause(): void {
    this.speech?.pause()
  },

  resume(): void {
    this.speech?.resume()
  },

  stop(): void {
    this.speech?.stop()
  },
})
