import { loading, screen } from '../../lib/screen'
import type { Publication } from '../../lib/shapes'
import { client } from '../../lib/wechat'
import { sentencesOf } from '../../lib/words'

/**
 * A sheet as sentences in very large print, which the phone's screen reader says one by one.
 * WeChat cannot speak without somebody else's plug-in, so nothing here pretends to.
 */
screen({
  data: { sentences: [] as string[] },
  code: '',

  onLoad(query): Promise<void> {
    this.code = query.code ?? ''
    return this.load()
  },

  async load(): Promise<void> {
    await loading(this, async () => {
      const { value, copied } = await client.read<Publication>(`/publications/${this.code}`)
      return { sentences: sentencesOf(value), copied }
    })
  },
})
