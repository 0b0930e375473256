/** An open page as a page of HTML, near enough to WeChat's to look at it and to measure it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { attribute, childrenOf, componentsOf, isElement, isText } from './engine.mjs'
import { ROOT } from './source.mjs'

/** WeChat's elements, with what it does to them before any WXSS. */
const TAGS = {
  view: 'div', text: 'span', label: 'label', button: 'button', navigator: 'a', image: 'img', 'rich-text': 'div',
  input: 'input', textarea: 'textarea', switch: 'i',
}
const BASE = `
* { margin: 0; padding: 0; }
body { font-family: "Noto Sans CJK SC", sans-serif; }
a { display: block; color: inherit; text-decoration: none; }
img { display: block; min-height: 120px; background: #ddd; }
button { display: block; position: relative; width: 100%; font: inherit; background: #f8f8f8; border: 0; }
input, textarea { display: block; border: 0; font: inherit; resize: none; }
input::placeholder, textarea::placeholder { color: #6f665c; opacity: 1; }
i { display: inline-block; flex: none; width: 52px; height: 32px; border-radius: 16px; background: #dfdfdf;
  border: 1px solid #8a8a8a; box-sizing: border-box; }
i.on { background: #9b1c1c; }
.rich p, .rich h3 { margin: 0.4em 0; }
.wx-bar { display: flex; align-items: center; justify-content: center; height: 44px; background: #9b1c1c; color: #fff;
  font-size: 17px; }
`

const escaped = (text) =>
  String(text).replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one])

function style(path) {
  return readFileSync(join(ROOT, `${path}.wxss`), 'utf8').replace(/^page \{/m, 'body {')
}

/** A picture from elsewhere stays away: nothing is fetched while the pages are looked at. */
function within(src) {
  return src?.startsWith('data:') ? src : undefined
}

function markup(node) {
  if (isText(node)) return escaped(node.textContent)
  const inner = childrenOf(node).map(markup).join('')
  if (!isElement(node)) return inner
  const tag = TAGS[node.is]
  // a component is an element of its own name, which has no box to speak of
  if (!tag) return `<div>${inner}</div>`
  const get = (name) => attribute(node, name)
  const parts = [
    ['class', [node.class, node.is === 'switch' && get('checked') ? 'on' : ''].filter(Boolean).join(' ')],
    ['style', node.style], ['role', get('aria-role')], ['aria-label', get('aria-label')],
    ['placeholder', get('placeholder')], ['src', within(get('src'))], ['data-is', node.is],
  ]
  const attributes = parts.filter(([, value]) => value).map(([name, value]) => ` ${name}="${escaped(value)}"`).join('')
  if (node.is === 'input') return `<input${attributes} value="${escaped(get('value') ?? '')}">`
  if (node.is === 'textarea') return `<textarea${attributes}>${escaped(get('value') ?? '')}</textarea>`
  if (node.is === 'image') return `<img${attributes}>`
  return `<${tag}${attributes}>${node.is === 'rich-text' ? get('nodes') : inner}</${tag}>`
}

export function html(page) {
  const paths = ['app', ...new Set(Object.values(componentsOf(page.path))), page.path]
  const { navigationBarTitleText: title } = JSON.parse(readFileSync(join(ROOT, `${page.path}.json`), 'utf8'))
  return `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<style>${BASE}${paths.map(style).join('\n')}</style>
<body><div class="wx-bar">${title}</div>${markup(page.component)}</body></html>\n`
}
