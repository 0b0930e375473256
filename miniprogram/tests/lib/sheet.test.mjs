import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CASH_BOOK, CHART, EMPTY, NARROW, TEXT, publication } from '../support/faces.mjs'
import { modules } from '../support/source.mjs'

const load = modules()
const { layOut, measure } = load('lib/sheet')
const { barsOf } = load('lib/bars')
const { sentencesOf } = load('lib/words')

describe('a sheet on a phone', () => {
  it('shows the sums first: opening balance, totals, closing balance', () => {
    assert.deepEqual(layOut(CASH_BOOK, 20, 30).figures, [
      { label: '期初结余', value: '125,300.00' },
      { label: '收入', value: '12,000.00' },
      { label: '支出', value: '18,879.50' },
      { label: '期末结余', value: '118,420.50' },
    ])
  })

  it('turns a wide table into cards, titled by what the row is about', () => {
    const sheet = layOut(CASH_BOOK, 20, 30)
    assert.deepEqual(sheet.heads, [])
    assert.equal(sheet.cards.length, 4)
    assert.equal(sheet.cards[0].number, 1)
    assert.equal(sheet.cards[0].title, '溪边仓库第三季度租金')
    assert.deepEqual(sheet.cards[0].pairs, [
      { label: '日期', value: '2026-09-03' },
      { label: '科目', value: '经营收入' },
      { label: '收入', value: '12,000.00' },
      { label: '结余', value: '137,300.00' },
      { label: '经手人', value: '陈*禾' },
    ])
  })

  it('loses no value between the table and the cards', () => {
    const sheet = layOut(CASH_BOOK, 20, 30)
    CASH_BOOK.rows.forEach((row, index) => {
      const { number, title, pairs } = sheet.cards[index]
      const shown = [String(number), title, ...pairs.map((pair) => pair.value)].sort()
      assert.deepEqual(shown, row.filter(Boolean).sort())
    })
  })

  it('keeps a narrow table a table, and makes cards of it in very large print', () => {
    const table = layOut(NARROW, 20, 30)
    assert.deepEqual(table.heads.map((head) => head.label), ['项目', '数量（户）'])
    assert.deepEqual(table.rows, [['农户', '412'], ['常住', '305']])
    assert.equal(layOut(NARROW, 4, 30).cards.length, 2)
  })

  it('shows a part of the rows and says how many are left', () => {
    const sheet = layOut(CASH_BOOK, 20, 3)
    assert.equal(sheet.cards.length, 3)
    assert.equal(sheet.left, 1)
    assert.equal(sheet.count, 4)
  })

  it('repeats neither figures nor the name of the village among the fields', () => {
    assert.deepEqual(layOut(CASH_BOOK, 20, 30).fields, [{ label: '出纳', value: '陈一禾' }])
  })

  it('says a zero report and totals alone in words', () => {
    const zero = layOut({ ...CASH_BOOK, zero: '1', rows: [] }, 20, 30)
    assert.equal(zero.notice, '本期没有发生此类事项（零报告）')
    assert.deepEqual([zero.figures, zero.totals, zero.cards], [[], [], []])
    const totals = layOut({ ...CASH_BOOK, detail: 'totals', rows: [], row_count: '58' }, 20, 30)
    assert.equal(totals.notice, '明细共 58 行，按规定在此只公开合计')
    assert.equal(totals.totals.length, 2)
  })

  it('shows a text with its format, or in lines where it has none', () => {
    assert.deepEqual(layOut(TEXT, 20, 30).lines, [])
    assert.match(layOut(TEXT, 20, 30).html, /^<h3>/)
    const { html, ...plain } = TEXT
    assert.ok(html)
    assert.equal(layOut(plain, 20, 30).lines.length, 2)
  })

  it('copes with a face that has nothing', () => {
    const sheet = layOut(EMPTY, 20, 30)
    assert.deepEqual([sheet.cards, sheet.rows, sheet.heads, sheet.figures], [[], [], [], []])
  })

  it('measures Latin writing as narrower', () => {
    assert.equal(measure('收入'), 2)
    assert.ok(measure('1234') < measure('收入支出'))
  })
})

describe('a chart', () => {
  const bars = barsOf(CHART)

  it('has bars as long as their amounts, the longest full', () => {
    assert.deepEqual(bars.groups[1].bars, [{ series: '本月', value: '1.89万', width: 100, isNow: true }])
    assert.equal(bars.groups[0].bars[0].width, 64)
  })

  it('names its side once and says everything in words', () => {
    assert.deepEqual(bars.groups.map((group) => group.side), ['收入', '支出'])
    assert.match(bars.spoken, /^收支。收入经营收入：本月1\.2万元，上月9,000元；/)
  })

  it('survives amounts that are all nil', () => {
    const nil = { ...CHART, bars: [{ side: null, label: '电费', values: ['0.00', '0.00'] }] }
    assert.deepEqual(barsOf(nil).groups[0].bars.map((bar) => bar.width), [0, 0])
  })
})

describe('a sheet in sentences', () => {
  it('takes the plain words where the server has them', () => {
    const said = sentencesOf(publication())
    assert.equal(said[0], '清溪村，村级财务收支明细表，2026年9月。')
    assert.ok(said.includes('期末结余11.8万元。'))
  })

  it('tells the rows otherwise, twenty at most', () => {
    const rows = Array.from({ length: 25 }, (_, index) => [`第${index}项`, String(index)])
    const said = sentencesOf(publication({ ...NARROW, rows }))
    assert.ok(said.includes('第2行，第1项，数量（户）1。'))
    assert.equal(said.at(-1), '还有5行，请看原表。')
  })

  it('says that a sheet was taken down, and nothing of it', () => {
    const said = sentencesOf(publication(null, { state: 'withdrawn' }))
    assert.equal(said.at(-1), '这份内容已经撤下。')
  })
})
