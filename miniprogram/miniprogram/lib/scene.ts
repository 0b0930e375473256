/** What a scanned code or a shared address opens. */

export type Target = { village: string } | { publication: string } | { card: string } | null

const VILLAGE = /^\d{12}$/
const CODE = /^[0-9A-HJKMNP-TV-Z]{12}$/

/**
 * Reads the `scene` of a mini-program code: "v=331002100201", "p=7KXA2M9Q4TBC" or, of an asset's
 * or a contract's card, "c=7KXA2M9Q4TBC", possibly percent-encoded, with further parts behind "&".
 */
export function fromScene(scene: string): Target {
  const parts = new Map(
    decoded(scene)
      .split('&')
      .map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
  )
  return target(parts.get('v'), parts.get('p'), parts.get('c'))
}

/** Reads what wx.scanCode gave: the path of a mini-program code, or the address of our web page. */
export function fromScan(scanned: { path?: string; result?: string }): Target {
  const scene = /[?&]scene=([^&]*)/.exec(scanned.path ?? '')
  if (scene) return fromScene(scene[1] ?? '')
  const address = decoded(scanned.result ?? '')
  return target(
    /\/v\/(\d{12})\b/.exec(address)?.[1],
    /\/(?:p|verify)\/([0-9A-Za-z]{12})\b/.exec(address)?.[1],
    /\/v\/(?:asset|contract)\/([0-9A-Za-z]{12})\b/.exec(address)?.[1],
  )
}

/** The public code somebody typed; null when it cannot be one. As the server reads it. */
export function publicCode(typed: string): string | null {
  const code = typed.normalize('NFKC').toUpperCase().replace(/[-\s]/g, '')
  const read = code.replace(/[IL]/g, '1').replace(/O/g, '0')
  return CODE.test(read) ? read : null
}

/** A public code as it is printed: XXXX-XXXX-XXXX. */
export function printed(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1-')
}

/** The page, with its query, that shows a target. */
export function pageOf(found: Exclude<Target, null>): string {
  if ('village' in found) return `/pages/home/home?village=${found.village}`
  if ('card' in found) return `/pages/card/card?code=${found.card}`
  return `/pages/item/item?code=${found.publication}`
}

function target(village?: string, publication?: string, card?: string): Target {
  const code = publicCode(publication ?? '')
  if (code) return { publication: code }
  const shown = publicCode(card ?? '')
  if (shown) return { card: shown }
  return village && VILLAGE.test(village) ? { village } : null
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
