/** The check that nothing was changed, made on this phone from the bytes the server sent. */
import { sha256, utf8 } from './digest'
import type { Chain, Publication } from './shapes'

export interface Finding {
  title: string
  text: string
  agrees: boolean
  sealed: string
  found: string
}

const DOMAIN = 'yangguang/chain/v1'

/** The link of an entry: SHA-256(domain, 0, 32 bytes of `previous`, 8 of `position`, envelope). */
export function linkOf(chain: Chain): string {
  const domain = utf8(`${DOMAIN}\0`)
  const envelope = utf8(chain.envelope)
  const bytes = new Uint8Array(domain.length + 40 + envelope.length)
  bytes.set(domain)
  for (let index = 0; index < 32; index++) {
    bytes[domain.length + index] = parseInt(chain.previous.slice(2 * index, 2 * index + 2), 16)
  }
  const view = new DataView(bytes.buffer)
  view.setUint32(domain.length + 32, Math.floor(chain.position / 0x100000000))
  view.setUint32(domain.length + 36, chain.position >>> 0)
  bytes.set(envelope, domain.length + 40)
  return sha256(bytes)
}

/** The canonical form (RFC 8785) of strings, lists and dictionaries; there is nothing else. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value && typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

/** What this phone finds about a publication; the face is left out when it was taken down. */
export function examine(publication: Publication): Finding[] {
  const { chain, face } = publication
  const sealed = sealedDigest(chain.envelope)
  const findings = [
    finding('封存记录', '和前一份公开内容首尾相接，中间没有换过。', chain.link, linkOf(chain)),
  ]
  if (face) {
    const found = sha256(utf8(canonical(face)))
    findings.push(finding('公开内容', '您看到的，就是公开那一刻定稿的。', sealed, found))
  }
  return findings
}

function finding(title: string, text: string, sealed: string, found: string): Finding {
  const agrees = sealed === found
  return { title, text: agrees ? text : '对不上，请截图并向镇里反映。', agrees, sealed, found }
}

function sealedDigest(envelope: string): string {
  try {
    const { digests } = JSON.parse(envelope) as { digests?: { public?: string } }
    return digests?.public ?? ''
  } catch {
    return ''
  }
}
