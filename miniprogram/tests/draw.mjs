/**
 * Draws every view as HTML: `node tests/draw.mjs DIRECTORY WIDTH SIZE`, SIZE being normal, large or
 * largest. Prints their names. tests/test_miniprogram.py measures them in a browser.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MiniProgram } from './support/engine.mjs'
import { html } from './support/html.mjs'
import { VILLAGE } from './support/server.mjs'
import { VIEWS } from './support/views.mjs'

const [directory, width, size] = process.argv.slice(2)
mkdirSync(directory, { recursive: true })
for (const { name, path, query, phone } of VIEWS) {
  const storage = { ...(phone.storage ?? { village: VILLAGE }), 'read-aloud': true, size }
  const program = new MiniProgram({ ...phone, width: Number(width), storage })
  const page = await program.open(path, query)
  if (name === 'village') await page.tap('云岭镇，2个村，点开')
  if (name === 'privacy-dialog') program.wx.askPrivacy(() => {})
  writeFileSync(join(directory, `${name}.html`), html(page))
  console.log(name)
}
