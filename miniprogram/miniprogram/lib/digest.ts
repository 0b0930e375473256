/** SHA-256 (FIPS 180-4). WeChat has no crypto of its own, and a check has to be made here. */

const FIRST_PRIMES = 64
const { roots, constants } = constantsOf()

/** The digest of `bytes` in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  const state = Int32Array.from(roots)
  const words = new Int32Array(64)
  const padded = pad(bytes)
  const view = new DataView(padded.buffer)
  for (let start = 0; start < padded.length; start += 64) compress(state, words, view, start)
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

/** The bytes of `text` in UTF-8. */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = []
  for (const one of text) {
    const point = one.codePointAt(0) ?? 0
    if (point < 0x80) bytes.push(point)
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), low(point))
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), low(point >> 6), low(point))
    else bytes.push(0xf0 | (point >> 18), low(point >> 12), low(point >> 6), low(point))
  }
  return Uint8Array.from(bytes)
}

function low(bits: number): number {
  return 0x80 | (bits & 0x3f)
}

function pad(bytes: Uint8Array): Uint8Array {
  const length = ((bytes.length + 8) >> 6) * 64 + 64
  const padded = new Uint8Array(length)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(length - 8, Math.floor(bytes.length / 0x20000000))
  view.setUint32(length - 4, (bytes.length << 3) >>> 0)
  return padded
}

function compress(state: Int32Array, w: Int32Array, view: DataView, start: number): void {
  for (let t = 0; t < 16; t++) w[t] = view.getInt32(start + 4 * t)
  for (let t = 16; t < 64; t++) {
    const before = w[t - 15]!
    const two = w[t - 2]!
    const s0 = turn(before, 7) ^ turn(before, 18) ^ (before >>> 3)
    const s1 = turn(two, 17) ^ turn(two, 19) ^ (two >>> 10)
    w[t] = (w[t - 16]! + s0 + w[t - 7]! + s1) | 0
  }
  let [a, b, c, d, e, f, g, h] = Array.from(state) as [
    number, number, number, number, number, number, number, number,
  ]
  for (let t = 0; t < 64; t++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)
    const first = (h + s1 + ((e & f) ^ (~e & g)) + constants[t]! + w[t]!) | 0
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  ;[a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = state[index]! + word
  })
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}

/** The first bits of the fractions of square roots and cube roots of the first primes. */
function constantsOf(): { roots: number[]; constants: number[] } {
  const primes: number[] = []
  for (let one = 2; primes.length < FIRST_PRIMES; one++) {
    if (primes.every((prime) => one % prime)) primes.push(one)
  }
  const fraction = (value: number) => ((value - Math.floor(value)) * 0x100000000) | 0
  return {
    roots: primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime))),
    constants: primes.map((prime) => fraction(Math.cbrt(prime))),
  }
}
