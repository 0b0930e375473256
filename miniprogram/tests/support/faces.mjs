/** Sheets as /api/v1 shows them; every name is invented. */
import { createHash } from 'node:crypto'

const money = (key, label) => ({ key, label, unit: null, align: 'right', type: 'money' })
const text = (key, label, type = 'text') => ({ key, label, unit: null, align: 'left', type })

export const EMPTY = {
  format: 'yangguang.face/1',
  division: { code: '331099101201', name: '清溪村', town: '云岭镇', district: '示范区' },
  item: { code: 'CW01', name: '村级财务收支明细', category: '财务往来' },
  title: '村级财务收支明细表',
  period: '2026年9月',
  orientation: 'landscape',
  audience: '公开',
  unit_note: '金额单位：元',
  header: [],
  columns: [],
  detail: 'rows',
  row_count: '0',
  rows: [],
  totals: null,
  text: null,
  zero: null,
  note: null,
  files: [],
  procedure: [
    { label: '编制', person: '林小满', date: '2026-10-08' },
    { label: '审核', person: '村务监督委员会', date: '2026-10-09' },
    { label: '公开', person: '林小满', date: '2026-10-10' },
  ],
  legal_basis: '《村民委员会组织法》第三十条',
  reconstruction: '本表为试行重建版，以区里正式印发的为准。',
}

/** A cash book: eight columns, which no phone shows side by side. */
export const CASH_BOOK = {
  ...EMPTY,
  header: [
    { label: '村名', value: '清溪村' },
    { label: '期初结余', value: '125,300.00' },
    { label: '期末结余', value: '118,420.50' },
    { label: '出纳', value: '陈一禾' },
  ],
  columns: [
    { key: 'no', label: '序号', unit: null, align: 'right', type: 'integer' },
    text('date', '日期', 'date'),
    text('summary', '摘要'),
    text('line', '科目', 'selection'),
    money('receipt', '收入'),
    money('payment', '支出'),
    money('balance', '结余'),
    text('handler', '经手人', 'person_name'),
  ],
  row_count: '4',
  rows: [
    ['1', '2026-09-03', '溪边仓库第三季度租金', '经营收入', '12,000.00', null, '137,300.00', '陈*禾'],
    ['2', '2026-09-11', '村道路灯电费', '公共服务支出', null, '1,879.50', '135,420.50', '林*满'],
    ['3', '2026-09-18', '保洁员八月报酬', '公共服务支出', null, '15,000.00', '120,420.50', '林*满'],
    ['4', '2026-09-27', '老年食堂米面油', '公共服务支出', null, '2,000.00', '118,420.50', '林*满'],
  ],
  totals: [null, null, null, null, '12,000.00', '18,879.50', null, null],
}

/** Two narrow columns, which every phone shows as a table. */
export const NARROW = {
  ...EMPTY,
  item: { code: 'GK02', name: '本村基本数据', category: '本村概况' },
  title: '本村基本数据',
  unit_note: null,
  columns: [text('name', '项目'), { key: 'value', label: '数量', unit: '户', align: 'right', type: 'integer' }],
  row_count: '2',
  rows: [
    ['农户', '412'],
    ['常住', '305'],
  ],
  totals: null,
}

export const TEXT = {
  ...EMPTY,
  item: { code: 'HY02', name: '村民代表会议决议', category: '会议情况' },
  title: '村民代表会议决议',
  unit_note: null,
  text: '修老年食堂\n应到 45 人，实到 41 人，同意 39 票。',
  html: '<h3>修老年食堂</h3><p>应到 45 人，实到 41 人，同意 39 票。</p>',
  files: [
    { name: '会议照片.jpg', mimetype: 'image/jpeg', size: '245760', digest: 'a'.repeat(64) },
    { name: '表决单.pdf', mimetype: 'application/pdf', size: '1572864', digest: 'b'.repeat(64) },
  ],
}

export const CHART = {
  title: '收支',
  unit: '元',
  series: ['本月', '上月'],
  bars: [
    { side: '收入', label: '经营收入', values: ['12000.00', '9000.00'] },
    { side: '支出', label: '公共服务支出', values: ['18879.50', null] },
  ],
}

export const TOLD = {
  sentences: ['9月收入1.2万元。', '支出1.9万元，主要是公共服务支出。', '期末结余11.8万元。'],
  terms: [{ term: '期末结余', plain: '到这个月最后一天账上还有的钱' }],
  chart: CHART,
}

const SUMMARY = {
  code: '7KXA2M9Q4TBC',
  division_code: '331099101201',
  division_name: '清溪村',
  town_name: '云岭镇',
  item_code: 'CW01',
  item_name: '村级财务收支明细',
  category_number: 7,
  category_name: '财务往来',
  title: '村级财务收支明细表',
  period_key: '2026-09',
  period_label: '2026年9月',
  audience: 'public',
  open_web: 'masked',
  time: '2026-10-10T09:30:00+08:00',
  display_until: '2027-10-10',
  carried_over: false,
}

export function summary(changes = {}) {
  return { ...SUMMARY, ...changes }
}

/** A publication whose seal is right, as the server makes it. */
export function publication(face = CASH_BOOK, changes = {}) {
  const digest = (bytes) => createHash('sha256').update(bytes).digest('hex')
  const page = face && digest(canonical(face))
  const position = 37
  const previous = 'c'.repeat(64)
  const envelope = canonical({ code: SUMMARY.code, digests: { pdf: 'd'.repeat(64), public: page } })
  const place = Buffer.alloc(8)
  place.writeBigUInt64BE(BigInt(position))
  const link = digest(
    Buffer.concat([
      Buffer.from('yangguang/chain/v1\0'),
      Buffer.from(previous, 'hex'),
      place,
      Buffer.from(envelope),
    ]),
  )
  return {
    ...SUMMARY,
    title: face?.title ?? SUMMARY.title,
    state: 'published',
    corrects: null,
    corrected_by: null,
    events: [
      { kind: 'published', time: SUMMARY.time, reason: null, note: null, display_until: '2027-10-10' },
    ],
    chain: { position, previous, link, envelope },
    digests: { page, pdf: 'd'.repeat(64) },
    face,
    summary: face === CASH_BOOK ? TOLD : null,
    ...changes,
  }
}

/** The canonical form, written again here so that a fault in lib/proof.ts shows. */
export function canonical(value) {
  if (value === null || typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`
}
