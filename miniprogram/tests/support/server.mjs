/** A server with the shapes of /api/v1 and /wxapi/v1, and an invented village. */
import assert from 'node:assert/strict'
import { wrongAnswer, wrongBody } from './contract.mjs'
import { CASH_BOOK, NARROW, TEXT, publication, summary } from './faces.mjs'

export const VILLAGE = { code: '331099101201', name: '清溪村' }
export const OTHER = { code: '331099101202', name: '南塘村' }
export const CODE = '7KXA2M9Q4TBC'
export const GONE = 'GONE00000000'
export const WORDS = 'TEXT00000000'
export const CARD = {
  code: 'CARD00000000', kind: 'contract', division_code: VILLAGE.code, division_name: VILLAGE.name,
  title: '第三鱼塘承包合同', shown_on: '2026-10-09',
  lines: [
    { label: '合同编号', value: '合〔2024〕3号' },
    { label: '承包（承租）方', value: '张*' },
    { label: '年租金（承包款）', value: '30,000.00 元' },
  ],
}
export const BASIC = 'BASC00000000'

const TOWN = { code: '331099101000', name: '云岭镇' }
const DISTRICT = { code: '331099000000', name: '示范区' }
const CATEGORIES = [
  '学习宣传', '本村概况', '党务公开', '政务公开', '会议情况', '村务监督', '财务往来', '集体三资', '政府拨款',
  '公益项目', '回音壁', '通告栏',
].map((name, index) => ({ number: index + 1, name }))

const place = ({ code, name }, level, parent) => ({
  code, name, level, parent, kind: ['', 'district', 'town', 'village'][level],
})

export const ROWS = [
  summary(),
  summary({ code: WORDS, title: '村民代表会议决议', period_label: null, time: '2026-10-08T15:00:00+08:00' }),
  summary({ code: BASIC, title: '本村基本数据', period_label: '2025年', carried_over: true, time: '2026-01-20T10:00:00+08:00' }),
]
export const WARNING = summary({
  code: 'WARN00000000', item_code: 'TG03', title: '台风“海葵”橙色预警，低洼处请今晚八点前转移',
  period_label: null, display_until: null, time: '2026-10-12T06:00:00+08:00',
})

export const ME = {
  village: VILLAGE,
  phone: null,
  residence: { state: 'none' },
  official: null,
  household_enabled: false,
  subscriptions: [
    { kind: 'answered', template_id: 'T-answered', is_long_term: false, left: 0 },
    { kind: 'published', template_id: 'T-published', is_long_term: false, left: 2 },
  ],
}

export const QUESTION = {
  code: 'QST000000001', number: 'HY-2026-0007', village: '清溪村', publication: CODE,
  text: '村道路灯这个月的电费怎么比上个月多了一半？', pictures: 1, asked: '2026-10-11T08:20:00+08:00',
  state: 'accepted', state_label: '村里已受理', review_label: '已公开', due: '2026-10-16',
  days_waiting: 1, reopen_text: null, answer: null, answered: null, can: { verdict: false, reopen: false },
}
export const ANSWERED = {
  ...QUESTION, code: 'QST000000002', number: 'HY-2026-0003', state: 'answered', state_label: '村里已答复',
  asked: '2026-09-20T08:20:00+08:00', answer: '八月新装了十二盏，电费单贴在公开栏，可以来看。', answered: '2026-09-24',
  can: { verdict: true, reopen: true },
}

export const HOUSEHOLD = {
  rows: [
    {
      publication: CODE, title: '耕地地力保护补贴发放表', period: '2026年', row: 14,
      cells: [{ label: '户主', value: '林小满' }, { label: '面积', value: '3.20 亩' }, { label: '金额', value: '368.00' }],
    },
  ],
}

const todo = (id, title, lamp, page) => ({
  id, title, village: '清溪村', due: '2026-10-15', lamp, page: page ? `${page}?id=${id}` : '', publication: null,
})
export const TODO = {
  duties: [todo(1, '村级财务收支明细 2026年9月', 'yellow')],
  reviews: [todo(2, '资产租赁合同台账 2026年第三季度', 'red', 'desk/sheet/sheet')],
  filings: [{ ...todo(3, '村民代表会议决议', 'green', 'desk/filing/filing'), publication: CODE }],
  questions: [],
}

const page = (questions) => ({ questions, next: null })

/** Answers like the server, and insists on what the server says of itself. `changes` maps "GET /path" to other answers; a function gets the call. */
export function server(changes = {}) {
  const answers = { ...ANSWERS, ...changes }
  return (call) => {
    const [path] = call.path.split('?')
    const exact = `${call.method} ${call.path}`
    const answer = answers[exact] ?? answers[`${call.method} ${path}`]
    if (path.startsWith('/wxapi/') && !/\/login$/.test(path)) {
      const isOffice = path.includes('/official/') && !path.endsWith('/bind')
      const wanted = isOffice ? 'official-token' : 'villager-token'
      if (call.token !== wanted && path !== '/wxapi/v1/logout') return [401, error('signed_out', '请重新登录。')]
    }
    const given = typeof answer === 'function' ? answer(call) : answer
    if (call.data && !(call.data instanceof ArrayBuffer)) {
      assert.equal(wrongBody(call.method, path, call.data), '', path)
    }
    if (given?.[0] === 200) assert.equal(wrongAnswer(call.method, path, given[1]), '', path)
    return given
  }
}

export function error(code, message, fields) {
  return { error: { code, message, ...(fields ? { fields } : {}) } }
}

const item = (changes) => ({
  category: 7, content: null, frequency: 'monthly', min_display_days: 30, audience: 'public', open_web: 'masked',
  legal_basis: null, departments: [], table: true, ...changes,
})
const wallQuestion = (changes) => ({
  code: '', number: 'HY-2026-0007', division_code: VILLAGE.code, item_code: null, item_name: null, publication: CODE,
  asker: '王*', text: QUESTION.text, asked_on: '2026-10-06', reopen_text: null, state: 'accepted', level: 'village',
  answer_due: '2026-10-14', is_overdue: false, days_waiting: 0, answer: null, answered_on: null, pictures: [], ...changes,
})

const session = (token) => ({ token, expires: '2026-11-11T00:00:00+08:00', me: ME })
const V1 = '/api/v1'
const WX = '/wxapi/v1'

export const ANSWERS = {
  [`GET ${V1}/divisions?level=2`]: [200, { items: [place(TOWN, 2, DISTRICT.code)] }],
  [`GET ${V1}/divisions?level=3`]: [
    200, { items: [place(VILLAGE, 3, TOWN.code), place(OTHER, 3, TOWN.code)] },
  ],
  ...Object.fromEntries(
    [VILLAGE, OTHER].map((one) => [
      `GET ${V1}/divisions/${one.code}`,
      [200, {
        ...place(one, 3, TOWN.code), path: [DISTRICT, TOWN, one], children: [],
        complaint_phone: '0570-5550123', phone: null,
      }],
    ]),
  ),
  [`GET ${V1}/categories`]: [200, { edition: null, items: CATEGORIES }],
  [`GET ${V1}/items`]: [200, { edition: null, items: [
    item({ code: 'CW01', name: '村级财务收支明细', deadline: '每月10日前' }),
    item({ code: 'CW02', name: '债权债务明细', deadline: '每季度第一个月20日前' }),
  ] }],
  [`GET ${V1}/publications`]: (call) => {
    if (call.path.includes('item=TG03')) return [200, { items: [WARNING], next: null }]
    if (call.path.includes('before=')) return [200, { items: [summary({ code: 'PAST00000000', period_label: '2026年8月' })], next: null }]
    if (call.path.includes('q=')) {
      return [200, { items: decodeURIComponent(call.path).includes('路灯') ? [ROWS[0]] : [], next: null }]
    }
    const more = call.path.includes('category=7') ? `${V1}/publications?category=7&before=9` : null
    return [200, { items: ROWS, next: more }]
  },
  [`GET ${V1}/publications/${CODE}`]: [200, publication()],
  [`GET ${V1}/publications/${WORDS}`]: [200, publication(TEXT, { code: WORDS })],
  [`GET ${V1}/publications/${BASIC}`]: [200, publication(NARROW, { code: BASIC })],
  [`GET ${V1}/publications/${GONE}`]: [200, publication(null, {
    code: GONE, state: 'withdrawn',
    events: [{ kind: 'withdrawn', time: '2026-10-11T09:00:00+08:00', reason: 'privacy', note: '有一处电话没有遮住。', display_until: null }],
  })],
  [`GET ${V1}/cards/${CARD.code}`]: [200, CARD],
  [`GET ${V1}/villages/${VILLAGE.code}/questions`]: [200, { items: [
    wallQuestion({ code: 'PUB000000001', is_overdue: true, days_waiting: 6, level: 'town', pictures: ['/v/331099101201/wall/PUB000000001/1'] }),
    wallQuestion({
      code: 'PUB000000002', number: 'HY-2026-0003', asker: '村民', text: '老年食堂什么时候开？', state: 'solved',
      asked_on: '2026-09-20', answer: '十月一日已经开了。', answered_on: '2026-09-24', pictures: [],
    }),
  ], next: null }],
  [`POST ${WX}/login`]: [200, session('villager-token')],
  [`POST ${WX}/logout`]: [200, {}],
  [`GET ${WX}/me`]: [200, ME],
  [`POST ${WX}/phone`]: [200, { ...ME, phone: '138****1234' }],
  [`POST ${WX}/phone/forget`]: [200, ME],
  [`POST ${WX}/village`]: (call) => [200, { ...ME, village: [VILLAGE, OTHER].find((one) => one.code === call.data?.village) ?? null }],
  [`POST ${WX}/residence`]: [200, { ...ME, residence: { state: 'waiting', village: '清溪村' } }],
  [`POST ${WX}/account/close`]: [200, {}],
  [`POST ${WX}/pictures`]: [200, { picture: 41 }],
  [`POST ${WX}/questions`]: [200, QUESTION],
  [`GET ${WX}/questions`]: [200, page([QUESTION, ANSWERED])],
  [`GET ${WX}/questions/${QUESTION.code}`]: [200, QUESTION],
  [`GET ${WX}/questions/${ANSWERED.code}`]: [200, ANSWERED],
  [`POST ${WX}/questions/${ANSWERED.code}/verdict`]: [200, { ...ANSWERED, state: 'solved', state_label: '您说解决了', can: { verdict: false, reopen: false } }],
  [`POST ${WX}/questions/${ANSWERED.code}/reopen`]: [200, { ...ANSWERED, state: 'reopened', state_label: '再次提问', can: { verdict: false, reopen: false } }],
  [`GET ${WX}/household`]: [200, HOUSEHOLD],
  [`GET ${WX}/messages`]: [200, { messages: [
    { kind: 'answered', title: '您的提问有了答复', text: '老年食堂什么时候开？', page: `pages/question/question?code=${ANSWERED.code}`, time: '2026-09-24T10:00:00+08:00' },
  ], next: null }],
  [`POST ${WX}/official/login`]: [200, session('official-token')],
  [`POST ${WX}/official/bind`]: (call) =>
    call.data.code === '482913'
      ? [200, session('official-token')]
      : [422, error('refused', '请检查填写的内容。', { code: '绑定码不对，或者已经过期。' })],
  [`GET ${WX}/official/todo`]: [200, TODO],
  [`GET ${WX}/official/overdue`]: [200, { rows: [{ village: '清溪村', item: '资产租赁合同台账', due: '2026-10-05', days: 7 }], next: null }],
  [`GET ${WX}/official/screens`]: [200, [
    { screen: '村口大屏', place: '村口文化广场', publication: CODE, title: '村级财务收支明细表', picture_url: 'data:image/gif;base64,R0lGODlhAQABAIAAAJsAAAAAACwAAAAAAQABAAACAkQBADs=', time: '2026-10-12T11:58:00+08:00' },
  ]],
  [`GET ${WX}/official/disclosures/2`]: [200, {
    title: CASH_BOOK.title, village: '清溪村', period: '2026年9月', state: 'review', state_label: '审核中', face: CASH_BOOK, revision: 5, can: { vote: true },
  }],
  [`POST ${WX}/official/disclosures/2/vote`]: [200, {}],
  [`POST ${WX}/official/filings/3`]: [200, {}],
  [`GET ${WX}/official/search`]: [200, { rows: [{ code: CODE, title: CASH_BOOK.title, village: '清溪村', published: '2026-10-10' }] }],
}
