/** Loads the mini-program's modules in Node: TypeScript is translated when it is asked for. */
import { readFileSync, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ts = createRequire(import.meta.url)('typescript')

export const PROJECT = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
export const ROOT = join(PROJECT, 'miniprogram')

const translated = new Map()

function javascript(path) {
  if (!translated.has(path)) {
    const { outputText } = ts.transpileModule(readFileSync(path, 'utf8'), {
      fileName: path,
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2018 },
    })
    translated.set(path, outputText)
  }
  return translated.get(path)
}

/**
 * A `require` with modules of its own, as one run of the mini-program has them. `globals` are what
 * WeChat puts in reach of every file: wx, Page, Component, App, getApp.
 */
export function modules(globals = {}) {
  const loaded = new Map()
  const load = (path) => {
    if (!existsSync(path)) throw new Error(`there is no ${path}`)
    if (!loaded.has(path)) {
      const module = { exports: {} }
      loaded.set(path, module)
      const names = Object.keys(globals)
      const run = new Function('require', 'module', 'exports', ...names, javascript(path))
      const near = (request) => load(`${resolve(dirname(path), request)}.ts`)
      run(near, module, module.exports, ...names.map((name) => globals[name]))
    }
    return loaded.get(path).exports
  }
  /** Loads a file by its path in the mini-program, without extension. */
  return (name) => load(`${join(ROOT, name)}.ts`)
}
