/** What holds for every page and component. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, it } from 'node:test'
import {
  APP, MiniProgram, PAGES, attribute, complaintsAbout, componentsOf, missingFiles,
} from '../support/engine.mjs'
import { PROJECT, ROOT } from '../support/source.mjs'
import { VILLAGE, server } from '../support/server.mjs'
import { VIEWS } from '../support/views.mjs'

const COMPONENTS = [...new Set(PAGES.flatMap((page) => Object.values(componentsOf(page))))]
const MAIN_PACKAGE = 1024 * 1024
const EVENTS = new Set([
  'tap', 'input', 'change', 'confirm', 'getphonenumber', 'agreeprivacyauthorization',
  'again', 'more', 'enter',
])
const TAPPED = new Set(['button', 'input', 'navigator', 'switch', 'textarea'])
const BUILT_IN = new Set([
  'view', 'text', 'label', 'block', 'button', 'navigator', 'input', 'textarea', 'switch', 'image', 'rich-text',
])

function filesBelow(directory) {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(directory, entry.name)) : [join(directory, entry.name)],
  )
}

const FILES = filesBelow(ROOT)

/** The start tags of a template: name, attributes, line. */
function tags(path) {
  const source = readFileSync(join(ROOT, `${path}.wxml`), 'utf8')
  return [...source.matchAll(/<([a-z-]+)((?:\s+[\w:.-]+(?:="[^"]*")?)*)\s*\/?>/g)].map((match) => ({
    name: match[1],
    attributes: new Map(
      [...match[2].matchAll(/([\w:.-]+)(?:="([^"]*)")?/g)].map(([, name, value]) => [name, value ?? '']),
    ),
    place: `${path}.wxml:${source.slice(0, match.index).split('\n').length}`,
  }))
}

describe('the mini-program', () => {
  it('is strict TypeScript that knows every function of WeChat it calls', () => {
    const compiler = join(PROJECT, 'node_modules/typescript/bin/tsc')
    execFileSync(process.execPath, [compiler, '--noEmit', '-p', PROJECT], { stdio: 'pipe' })
    const { compilerOptions } = JSON.parse(readFileSync(join(PROJECT, 'tsconfig.json'), 'utf8'))
    assert.equal(compilerOptions.strict, true)
    for (const file of FILES.filter((one) => one.endsWith('.ts'))) {
      assert.doesNotMatch(readFileSync(file, 'utf8'), /@ts-|:\s*any\b|as any\b/, file)
    }
  })

  it('has four files for every page and component, and no file without use', () => {
    const wanted = new Set(['app.ts', 'app.json', 'app.wxss', 'sitemap.json'])
    for (const path of [...PAGES, ...COMPONENTS]) {
      assert.deepEqual(missingFiles(path), [], path)
      for (const kind of ['ts', 'wxml', 'wxss', 'json']) wanted.add(`${path}.${kind}`)
    }
    const imported = FILES.filter((file) => file.endsWith('.ts')).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)].map(
        ([, request]) => `${relative(ROOT, join(file, '..', request))}.ts`,
      ),
    )
    const known = new Set([...wanted, ...imported])
    assert.deepEqual(FILES.map((file) => relative(ROOT, file)).filter((file) => !known.has(file)), [])
  })

  it('stays far below what WeChat takes for the main package', () => {
    const roots = APP.subPackages.map(({ root }) => join(ROOT, root))
    const main = FILES.filter((file) => !roots.some((root) => file.startsWith(`${root}/`)))
    const size = main.reduce((sum, file) => sum + statSync(file).size, 0)
    assert.ok(size < MAIN_PACKAGE, `${size} bytes`)
  })

  it('never loads a picture or a script from elsewhere, and has no web view', () => {
    for (const file of FILES) {
      const source = readFileSync(file, 'utf8')
      assert.doesNotMatch(source, /web-view|eval\(|new Function/, file)
      if (!file.endsWith('server.ts')) assert.doesNotMatch(source, /https?:\/\//, file)
    }
  })

  it('asks before it uses what is personal, on every page that does', () => {
    const personal = /chooseMedia|getPhoneNumber|setClipboardData|lib\/pictures/
    for (const page of PAGES) {
      const used = ['ts', 'wxml'].some((kind) =>
        personal.test(readFileSync(join(ROOT, `${page}.${kind}`), 'utf8')),
      )
      const asks = tags(page).some((tag) => tag.name === 'privacy-dialog')
      assert.equal(asks, used, page)
    }
    assert.equal(APP.__usePrivacyCheck__, true)
  })

  it('leads only to pages that are there', () => {
    const known = new Set(PAGES.map((page) => `/${page}`))
    for (const file of FILES.filter((one) => /\.(ts|wxml)$/.test(one))) {
      const source = readFileSync(file, 'utf8')
      for (const [, url] of source.matchAll(/['"`](\/(?:pages|desk)\/[\w/]+)/g)) {
        assert.ok(known.has(url), `${file}: ${url}`)
      }
    }
  })

  it('names no registry in its lock file, and takes exact versions under free licences', () => {
    const lock = JSON.parse(readFileSync(join(PROJECT, 'package-lock.json'), 'utf8'))
    for (const [name, entry] of Object.entries(lock.packages)) {
      if (!name) continue
      assert.equal(entry.resolved, undefined, name)
      assert.match(entry.integrity, /^sha512-/, name)
      assert.ok(['MIT', 'Apache-2.0'].includes(entry.license), `${name}: ${entry.license}`)
    }
    for (const version of Object.values(lock.packages[''].devDependencies)) {
      assert.match(version, /^\d+\.\d+\.\d+$/)
    }
  })

  it('leaves the appid to the person who uploads it', () => {
    const project = JSON.parse(readFileSync(join(PROJECT, 'project.config.json'), 'utf8'))
    assert.equal(project.appid, '')
    assert.ok(existsSync(join(PROJECT, project.miniprogramRoot, 'app.json')))
    assert.match(project.libVersion, /^3\./)
  })
})

describe('every template', () => {
  for (const path of [...PAGES, ...COMPONENTS]) {
    it(`${path} is understood by WeChat's compiler and uses what it knows`, () => {
      assert.deepEqual(complaintsAbout(path), [])
      const own = new Set(Object.keys(componentsOf(path)))
      for (const { name, attributes, place } of tags(path)) {
        assert.ok(BUILT_IN.has(name) || own.has(name), `${place}: <${name}>`)
        for (const attribute of attributes.keys()) {
          // the short form `bindtap` is not heard by the engine of these tests
          assert.doesNotMatch(attribute, /^(bind|catch)\w/, place)
          const event = /^bind:(.*)/.exec(attribute)?.[1]
          assert.ok(!event || EVENTS.has(event), `${place}: ${attribute}`)
        }
      }
    })

    it(`${path} says of everything that can be tapped what it is and what it does`, () => {
      for (const { name, attributes, place } of tags(path)) {
        if (!TAPPED.has(name) && !attributes.has('bind:tap')) continue
        assert.ok(attributes.get('aria-role'), `${place}: role`)
        assert.ok(attributes.get('aria-label'), `${place}: label`)
      }
    })

    it(`${path} calls only methods that it has`, () => {
      const script = readFileSync(join(ROOT, `${path}.ts`), 'utf8')
      for (const { attributes, place } of tags(path)) {
        for (const [attribute, method] of attributes) {
          if (!attribute.startsWith('bind:')) continue
          assert.match(script, new RegExp(`^ +(async )?${method}\\(`, 'm'), `${place}: ${method}`)
        }
      }
    })
  }
})

describe('every page', () => {
  for (const { name, path, query, phone } of VIEWS) {
    it(`is drawn: ${name}`, async () => {
      const program = new MiniProgram({ answer: server(), storage: { village: VILLAGE }, ...phone })
      const page = await program.open(path, query)
      assert.equal(page.data.state.busy, false)
      assert.notEqual(page.text().trim(), '')
      for (const node of page.elements()) {
        const label = attribute(node, 'aria-label')
        if (label !== undefined) assert.match(label, /[\u4e00-\u9fff]/, `${node.is} without a name`)
        assert.doesNotMatch(String(label ?? ''), /undefined|null|NaN|\[object/)
      }
      assert.doesNotMatch(page.text(), /undefined|null|NaN|\[object|\{\{/)
    })
  }

  it('is among the views that are drawn', () => {
    assert.deepEqual([...new Set(VIEWS.map((view) => view.path))].sort(), [...PAGES].sort())
  })

  it('says in a sentence that there is no network, and loads when asked again', async () => {
    const reading = VIEWS.filter((view) => view.loads)
    assert.ok(reading.length > 10)
    for (const { name, path, query, phone } of reading) {
      const answer = server(phone?.changes)
      let isOn = false
      const program = new MiniProgram({
        storage: { village: VILLAGE }, ...phone,
        answer: (call) => (isOn ? answer(call) : 'request:fail'),
      })
      const page = await program.open(path, query)
      assert.match(page.text(), /网络不通，请检查手机网络后再试。/, name)
      isOn = true
      await page.tap('再试一次')
      assert.doesNotMatch(page.text(), /网络不通/, name)
    }
  })

  it('grows with the print of the phone', async () => {
    const program = new MiniProgram({ answer: server(), storage: { village: VILLAGE }, font: 1.4 })
    const page = await program.open('pages/home/home')
    assert.equal(page.data.look.style, '--f:1.4;--tap:60px')
  })
})
