/** Runs the mini-program in WeChat's own component engine, without a phone. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { ROOT, modules } from './source.mjs'
import { fakeWx } from './wechat.mjs'

const require = createRequire(import.meta.url)
const glassEasel = require('glass-easel')
const { MiniProgramEnv } = require('glass-easel-miniprogram-adapter')
const { TmplGroup } = require('glass-easel-template-compiler')

glassEasel.globalOptions.throwGlobalError = true
glassEasel.addGlobalWarningListener((message) => {
  throw new Error(message)
})

export const APP = json('app')
export const PAGES = [
  ...APP.pages,
  ...APP.subPackages.flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`)),
]

function json(path) {
  return JSON.parse(readFileSync(join(ROOT, `${path}.json`), 'utf8'))
}

/** The components that a page or component names, by tag, with paths from the root. */
export function componentsOf(path) {
  const named = { ...APP.usingComponents, ...json(path).usingComponents }
  return Object.fromEntries(
    Object.entries(named).map(([tag, where]) => [
      tag,
      where.startsWith('/') ? where.slice(1) : posix.join(dirname(path), where),
    ]),
  )
}

/** What the engine's compiler has to say about a template. */
export function complaintsAbout(path) {
  const group = TmplGroup.newDev()
  const complaints = group.addTmpl(path, readFileSync(join(ROOT, `${path}.wxml`), 'utf8'))
  group.free()
  return complaints
}

const compiled = new Map()

function template(path) {
  if (!compiled.has(path)) {
    const group = new TmplGroup()
    group.addTmpl(path, readFileSync(join(ROOT, `${path}.wxml`), 'utf8'))
    const groupList = new Function(`return ${group.getTmplGenObjectGroups()}`)()
    group.free()
    compiled.set(path, { groupList, content: groupList[path] })
  }
  return compiled.get(path)
}

/** Monday noon in Beijing, when everything in these tests happens. */
export const NOON = Date.parse('2026-10-12T12:00:00+08:00')

/** One start of the mini-program, with a phone and a server of its own. */
export class MiniProgram {
  constructor(phone = {}) {
    this.wx = fakeWx(phone)
    this.now = NOON
    const clock = () => this.now
    this.load = modules({
      wx: this.wx,
      requirePlugin: this.wx.requirePlugin,
      Date: class extends Date {
        constructor(...given) {
          super(...(given.length ? given : [clock()]))
        }

        static now() {
          return clock()
        }
      },
      Page: (options) => this.registering.Page(options),
      Component: (options) => this.registering.Component(options),
    })
    this.env = new MiniProgramEnv()
    this.space = this.env.createCodeSpace('', true)
    this.backend = this.env.associateBackend(new glassEasel.EmptyBackendContext(1, 1, 1))
    this.registered = new Set()
  }

  /** Opens a page as WeChat does, and waits until it has nothing left to do. */
  async open(path, query = {}) {
    this.register(path)
    const root = this.backend.createRoot('page', this.space, path)
    const page = new OpenPage(this, path, root)
    glassEasel.Element.pretendAttached(root.getComponent())
    await page.call('onLoad', query)
    await page.call('onShow')
    return page
  }

  register(path) {
    if (this.registered.has(path)) return
    this.registered.add(path)
    const using = componentsOf(path)
    // a component may be in reach of itself through app.json
    const others = Object.entries(using).filter(([, where]) => where !== path)
    for (const [, where] of others) this.register(where)
    const usingComponents = Object.fromEntries(others.map(([tag, where]) => [tag, `/${where}`]))
    this.space.addComponentStaticConfig(path, { ...json(path), usingComponents })
    this.space.addCompiledTemplate(path, template(path))
    this.space.componentEnv(path, (registering) => {
      this.registering = registering
      this.load(path)
    })
  }
}

class OpenPage {
  constructor(program, path, root) {
    this.program = program
    this.path = path
    this.component = root.getComponent()
    this.caller = root.get()
  }

  get data() {
    return this.component.data
  }

  async call(method, ...args) {
    const result = await this.caller[method]?.(...args)
    await this.program.wx.settled()
    return result
  }

  /** Every element that is shown, components looked through. */
  *elements(node = this.component) {
    for (const child of childrenOf(node)) {
      if (child instanceof glassEasel.TextNode) continue
      if (!glassEasel.VirtualNode.isVirtualNode(child)) yield child
      yield* this.elements(child)
    }
  }

  text(node = this.component) {
    if (node instanceof glassEasel.TextNode) return node.textContent
    const nodes = attribute(node, 'nodes')
    const inner = childrenOf(node).map((child) => this.text(child))
    return [nodes ? String(nodes).replace(/<[^>]*>/g, ' ') : '', ...inner].filter(Boolean).join(' ')
  }

  labels() {
    return [...this.elements()].map((node) => attribute(node, 'aria-label')).filter(Boolean)
  }

  find(label) {
    for (const node of this.elements()) if (attribute(node, 'aria-label') === label) return node
    throw new Error(`nothing is called ${label}; there is: ${this.labels().join(' | ')}`)
  }

  /** Taps what has this ARIA label; a navigator goes where it leads. */
  async tap(label) {
    const node = this.find(label)
    if (node.is === 'navigator') this.program.wx.navigateTo({ url: attribute(node, 'url') })
    await this.trigger(node, 'tap', {})
  }

  async input(label, value) {
    await this.trigger(this.find(label), 'input', { value })
  }

  async change(label, value) {
    await this.trigger(this.find(label), 'change', { value })
  }

  async trigger(node, name, detail) {
    glassEasel.triggerEvent(node, name, detail, { bubbles: true, composed: true })
    await this.program.wx.settled()
  }
}

export function childrenOf(node) {
  if (node instanceof glassEasel.TextNode) return []
  if (glassEasel.Component.isComponent(node)) return node.getShadowRoot().childNodes
  return node.childNodes
}

export function attribute(node, name) {
  return node.attributes?.find((one) => one.name === name)?.value
}

export function isText(node) {
  return node instanceof glassEasel.TextNode
}

export function isElement(node) {
  return !isText(node) && !glassEasel.VirtualNode.isVirtualNode(node)
}

/** The names of the files of a page or component that are missing. */
export function missingFiles(path) {
  return ['ts', 'wxml', 'wxss', 'json'].filter((kind) => !existsSync(join(ROOT, `${path}.${kind}`)))
}
