/** What the server says of itself: the OpenAPI documents of the addons, held against the stub. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT } from './source.mjs'

const ADDONS = join(PROJECT, '../addons')
/** Each interface, and what describes it; what comes later adds to what comes first. */
const FILES = {
  '/api/v1': ['yangguang_cunwu/data/openapi.json', 'yangguang_sanzi/data/openapi.json'],
  '/wxapi/v1': ['yangguang_wechat/data/wxapi.json'],
}

const documents = Object.fromEntries(
  Object.entries(FILES)
    .map(([prefix, files]) => [prefix, files.map((file) => join(ADDONS, file)).filter(existsSync)])
    .filter(([, files]) => files.length)
    .map(([prefix, files]) => [prefix, files.map((file) => JSON.parse(readFileSync(file, 'utf8'))).reduce(joined)]),
)

function joined(one, other) {
  const schemas = { ...one.components.schemas, ...other.components.schemas }
  return { ...one, paths: { ...one.paths, ...other.paths }, components: { ...one.components, schemas } }
}

/** The addresses whose documents are in this checkout. */
export const DESCRIBED = Object.keys(documents)

const TYPES = {
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: Array.isArray,
  object: (value) => value !== null && typeof value === 'object' && !Array.isArray(value),
}

/** What is described for a call: {document, operation}, undefined when nothing is. */
export function described(method, path) {
  const prefix = DESCRIBED.find((one) => path.startsWith(`${one}/`))
  const document = documents[prefix]
  const [rest] = path.slice(prefix?.length ?? 0).split('?')
  const entry = Object.entries(document?.paths ?? {}).find(([template]) =>
    new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+').replace(/\./g, '\\.')}$`).test(rest),
  )
  const operation = entry?.[1][method.toLowerCase()]
  return operation && { document, operation }
}

/** Where an answer is not as it is described; "" when it is, or when nothing is described. */
export function wrongAnswer(method, path, value) {
  const found = described(method, path)
  const schema = found?.operation.responses[200]?.content?.['application/json']?.schema
  return schema ? fault(value, schema, found.document, 'answer') : ''
}

/** Where a body is not as it is described. */
export function wrongBody(method, path, value) {
  const found = described(method, path)
  const schema = found?.operation.requestBody?.content?.['application/json']?.schema
  return schema ? fault(value, schema, found.document, 'body') : ''
}

function fault(value, schema, document, at) {
  if (schema.$ref) {
    const [where, name] = schema.$ref.split('#/components/schemas/')
    const home = where ? documents[where.replace('/openapi.json', '')] : document
    return fault(value, home.components.schemas[name], home, at)
  }
  if (schema.oneOf) {
    const faults = schema.oneOf.map((one) => fault(value, one, document, at))
    return faults.includes('') ? '' : faults.join(' | ')
  }
  const types = [schema.type ?? []].flat()
  if (types.length && !types.some((type) => TYPES[type](value))) {
    return `${at} is ${JSON.stringify(value)}, not ${types}`
  }
  if (schema.enum && !schema.enum.includes(value)) return `${at} is ${value}, not one of ${schema.enum}`
  if (Array.isArray(value)) {
    return first(value.map((one, index) => fault(one, schema.items ?? {}, document, `${at}[${index}]`)))
  }
  if (!TYPES.object(value)) return ''
  const properties = schema.properties ?? {}
  const missing = (schema.required ?? []).filter((name) => !(name in value))
  if (missing.length) return `${at} has no ${missing}`
  const unknown = Object.keys(value).filter((name) => !(name in properties))
  if (schema.additionalProperties === false && unknown.length) return `${at} has ${unknown}`
  return first(
    Object.entries(value)
      .filter(([name]) => name in properties)
      .map(([name, one]) => fault(one, properties[name], document, `${at}.${name}`)),
  )
}

function first(faults) {
  return faults.find(Boolean) ?? ''
}
