import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { CASH_BOOK, canonical, publication, summary } from '../support/faces.mjs'
import { modules } from '../support/source.mjs'

const load = modules()
const { grouped, rough, fileSize } = load('lib/amounts')
const { day, moment, near, age } = load('lib/dates')
const { lookOf, phoneFactor } = load('lib/scale')
const { fromScene, fromScan, pageOf, printed, publicCode } = load('lib/scene')
const { sha256, utf8 } = load('lib/digest')
const proof = load('lib/proof')
const { sharePublication, shareVillage } = load('lib/share')
const { piecesOf } = load('lib/pieces')
const { isUrgent, rowOf } = load('lib/rows')

const NOON = Date.parse('2026-10-12T12:00:00+08:00')
const HOUR = 3_600_000

describe('amounts', () => {
  it('are grouped without a detour over fractions', () => {
    assert.equal(grouped('1234567.50'), '1,234,567.50')
    assert.equal(grouped('-999.00'), '-999.00')
    assert.equal(grouped('9007199254740993.10'), '9,007,199,254,740,993.10')
    assert.equal(grouped('1,234.50'), '1,234.50')
    assert.equal(grouped('不详'), '不详')
  })

  it('are rough in charts', () => {
    assert.deepEqual(['0.00', '-0.30', '8500.40', '9999.60', '32100.00', '-120000000.00'].map(rough), [
      '0', '0', '8,500', '1万', '3.21万', '-1.2亿',
    ])
  })

  it('of bytes have their unit', () => {
    assert.deepEqual(['812', '36864', '4404019'].map(fileSize), ['812 B', '36 KB', '4.2 MB'])
  })
})

describe('dates', () => {
  it('are written as villagers read them', () => {
    assert.equal(day('2026-03-05'), '2026年3月5日')
    assert.equal(moment('2026-10-10T09:05:00+08:00'), '2026年10月10日 09:05')
    assert.equal(day(null), '')
    assert.equal(day('长期'), '长期')
  })

  it('are near in Beijing time, whatever the phone thinks', () => {
    const early = Date.parse('2026-10-12T00:30:00+08:00')
    assert.equal(near('2026-10-12T00:10:00+08:00', early), '今天')
    assert.equal(near('2026-10-11T23:50:00+08:00', early), '昨天')
    assert.equal(near('2026-03-05T10:00:00+08:00', early), '3月5日')
    assert.equal(near('2025-03-05T10:00:00+08:00', early), '2025年3月5日')
  })

  it('tell the age of a copy', () => {
    const ages = [0, 5 * 60_000, 3 * HOUR, 49 * HOUR].map((passed) => age(NOON - passed, NOON))
    assert.deepEqual(ages, ['刚才', '5分钟前', '3小时前', '2天前'])
    assert.equal(age(NOON + HOUR, NOON), '刚才')
  })
})

describe('the size of print', () => {
  it('follows WeChat, or the switch where that is larger', () => {
    assert.equal(phoneFactor({ fontSizeSetting: 17, platform: 'ios' }), 1)
    assert.equal(phoneFactor({ fontSizeSetting: 16, platform: 'android' }), 1)
    assert.equal(phoneFactor({ fontSizeScaleFactor: 1.4, fontSizeSetting: 17 }), 1.4)
    assert.equal(phoneFactor({}), 1)
    assert.equal(lookOf('normal', { fontSizeScaleFactor: 1.4 }).factor, 1.4)
    assert.equal(lookOf('largest', { fontSizeScaleFactor: 1.4 }).factor, 1.8)
    assert.equal(lookOf('normal', { fontSizeScaleFactor: 9 }).factor, 1.8)
  })

  it('reaches 30 px for text of 17 px, with more room for fingers', () => {
    const largest = lookOf('largest', {})
    assert.ok(17 * largest.factor >= 30)
    assert.equal(largest.style, '--f:1.8;--tap:60px')
    assert.equal(lookOf('normal', {}).style, '--f:1;--tap:44px')
  })
})

describe('what is scanned', () => {
  it('names a village or a publication', () => {
    assert.deepEqual(fromScene('v%3D331099101201'), { village: '331099101201' })
    assert.deepEqual(fromScene('p=7KXA2M9Q4TBC&x=1'), { publication: '7KXA2M9Q4TBC' })
    assert.deepEqual(fromScene('c=7KXA2M9Q4TBC'), { card: '7KXA2M9Q4TBC' })
    assert.deepEqual(fromScan({ path: 'pages/home/home?scene=v%3D331099101201' }), {
      village: '331099101201',
    })
    assert.deepEqual(fromScan({ result: 'https://cunwu.example.cn/p/7KXA2M9Q4TBC' }), {
      publication: '7KXA2M9Q4TBC',
    })
    for (const kind of ['asset', 'contract']) {
      assert.deepEqual(fromScan({ result: `https://cunwu.example.cn/v/${kind}/7KXA2M9Q4TBC` }), {
        card: '7KXA2M9Q4TBC',
      })
    }
    assert.deepEqual(fromScan({ result: 'https://cunwu.example.cn/v/331099101201' }), {
      village: '331099101201',
    })
  })

  it('is nothing when it is something else', () => {
    for (const scene of ['', '%E0%A4%A', 'v=12', 'p=<script>', 'c=12', '=', 'v=33109910120x']) {
      assert.equal(fromScene(scene), null, scene)
    }
    assert.equal(fromScan({ result: 'https://pay.example.cn/x' }), null)
    assert.equal(fromScan({}), null)
  })

  it('opens a page', () => {
    assert.equal(pageOf({ village: '331099101201' }), '/pages/home/home?village=331099101201')
    assert.equal(pageOf({ publication: 'A' }), '/pages/item/item?code=A')
    assert.equal(pageOf({ card: 'A' }), '/pages/card/card?code=A')
  })

  it('reads a code however it is typed, and prints it in groups', () => {
    assert.equal(publicCode(' 7kxa-2m9q-4tbc '), '7KXA2M9Q4TBC')
    assert.equal(publicCode('７ＫＸＡ 2m9q 4tbc'), '7KXA2M9Q4TBC')
    assert.equal(publicCode('OIL000000000'), '011000000000')
    assert.equal(publicCode('7KXA'), null)
    assert.equal(printed('7KXA2M9Q4TBC'), '7KXA-2M9Q-4TBC')
  })
})

describe('SHA-256', () => {
  it('is what everybody else computes, at every length around a block', () => {
    for (let length = 0; length < 200; length++) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 255)
      assert.equal(sha256(bytes), createHash('sha256').update(bytes).digest('hex'))
    }
  })

  it('is taken of UTF-8', () => {
    const text = 'aé村务😀'
    assert.deepEqual(Buffer.from(utf8(text)), Buffer.from(text))
  })
})

describe('the check of a seal', () => {
  it('agrees with what the server sealed', () => {
    const findings = proof.examine(publication())
    assert.deepEqual(findings.map((one) => one.agrees), [true, true])
    assert.equal(proof.canonical(CASH_BOOK), canonical(CASH_BOOK))
  })

  it('notices one changed figure', () => {
    const changed = structuredClone(publication())
    changed.face.rows[0][4] = '12,000.01'
    assert.deepEqual(proof.examine(changed).map((one) => one.agrees), [true, false])
  })

  it('notices a changed envelope, position or predecessor', () => {
    const good = publication()
    const bad = [
      { envelope: good.chain.envelope.replace('public', 'Public') },
      { position: 38 },
      { previous: 'e'.repeat(64) },
    ]
    for (const change of bad) {
      const [chain] = proof.examine({ ...good, chain: { ...good.chain, ...change } })
      assert.equal(chain.agrees, false)
      assert.match(chain.text, /对不上/)
    }
  })

  it('checks the entry of what was taken down, and an envelope that is no JSON', () => {
    assert.equal(proof.examine(publication(null, { state: 'withdrawn' })).length, 1)
    const good = publication()
    const [, page] = proof.examine({ ...good, chain: { ...good.chain, envelope: '{' } })
    assert.equal(page.agrees, false)
  })
})

describe('a card in a chat', () => {
  const host = 'https://cunwu.example'

  it('has a title and a path', () => {
    assert.deepEqual(sharePublication(publication(), host), {
      title: '清溪村 村级财务收支明细表 2026年9月',
      path: '/pages/item/item?code=7KXA2M9Q4TBC',
      imageUrl: `${host}/p/7KXA2M9Q4TBC/card.png?published`,
    })
    assert.equal(shareVillage({ code: '1', name: '清溪村' }).title, '清溪村村务公开')
    assert.equal(shareVillage(null).path, '/pages/home/home')
  })

  it('says when the sheet was corrected, and nothing of one that was taken down', () => {
    assert.match(sharePublication(publication(CASH_BOOK, { state: 'superseded' }), host).title, /^【已更正】/)
    const gone = sharePublication(publication(CASH_BOOK, { state: 'withdrawn' }), host)
    assert.equal(gone.title, '清溪村：这份公开内容已撤下')
    assert.ok(!('imageUrl' in gone))
    const kept = sharePublication(publication(CASH_BOOK, { open_web: 'nothing' }), host)
    assert.ok(!('imageUrl' in kept))
  })

  it('is short', () => {
    const long = publication({ ...CASH_BOOK, title: '关'.repeat(80) })
    assert.equal(sharePublication(long, host).title.length, 40)
  })
})

describe('a row of a list', () => {
  it('says everything in its label', () => {
    const row = rowOf(summary({ carried_over: true }), NOON, true)
    assert.equal(row.label, '村级财务收支明细表，清溪村 2026年9月，历史补录，10月10日公开')
    assert.equal(rowOf(summary(), NOON).detail, '2026年9月')
  })

  it('is urgent for a week, and not when the warning is over', () => {
    const warning = { item_code: 'TG03', display_until: null, time: '2026-10-11T08:00:00+08:00' }
    assert.equal(isUrgent(summary(warning), NOON), true)
    assert.equal(isUrgent(summary({ ...warning, item_code: 'TG01' }), NOON), false)
    assert.equal(isUrgent(summary({ ...warning, display_until: '2026-10-11' }), NOON), false)
    assert.equal(isUrgent(summary({ ...warning, time: '2026-10-01T08:00:00+08:00' }), NOON), false)
  })
})

describe('pieces to speak', () => {
  const size = (text) => Buffer.byteLength(text)

  it('keep every word in order and stay below the limit', () => {
    const texts = [
      ['短句。', '再一句。'],
      ['长'.repeat(1000)],
      [`${'甲，'.repeat(400)}完。`, '', '尾。'],
      ['a'.repeat(2500), '😀'.repeat(300)],
    ]
    for (const text of texts) {
      const pieces = piecesOf(text)
      assert.equal(pieces.join(''), text.join(''))
      assert.ok(pieces.every((piece) => piece && size(piece) <= 1000))
    }
    assert.deepEqual(piecesOf([]), [])
  })

  it('are few, and end where one breathes', () => {
    assert.equal(piecesOf(Array(30).fill('共十个字的一句话。')).length, 1)
    const [first] = piecesOf([`${'甲乙丙丁，'.repeat(100)}完。`])
    assert.ok(first.endsWith('，'))
    assert.ok(size(first) > 900)
  })
})
