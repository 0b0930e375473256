/** Every page in the states that people see it in. `loads`: it cannot show itself without a server. */
import { ANSWERED, BASIC, CARD, CODE, GONE, HOUSEHOLD, ME, QUESTION, WORDS, server } from './server.mjs'

const ME_PATH = 'GET /wxapi/v1/me'
const RESIDENT = {
  ...ME,
  phone: '138****1234',
  household_enabled: true,
  residence: { state: 'verified', village: '清溪村', household: '二组 14 号', is_member: true },
}
const OFFICIAL = { ...ME, official: { name: '周知行', offices: ['云岭镇干部'], can: { review: false, file: true } } }

function view(name, path, query = {}, { loads = true, changes, ...phone } = {}) {
  return { name, path, query, loads, phone: { answer: server(changes), changes, ...phone } }
}

const still = { loads: false }

export const VIEWS = [
  view('home', 'pages/home/home'),
  view('home-first', 'pages/home/home', {}, { ...still, storage: {} }),
  view('home-other', 'pages/home/home', { scene: 'v%3D331099101202' }),
  view('village', 'pages/village/village'),
  view('category', 'pages/category/category', { village: '331099101201', number: '7', name: '财务往来' }),
  view('item', 'pages/item/item', { code: CODE }),
  view('item-text', 'pages/item/item', { code: WORDS }),
  view('item-narrow', 'pages/item/item', { code: BASIC }),
  view('item-gone', 'pages/item/item', { code: GONE }),
  view('card', 'pages/card/card', { code: CARD.code }),
  view('aloud', 'pages/aloud/aloud', { code: CODE }),
  view('aloud-voice', 'pages/aloud/aloud', { code: CODE }, { voice: () => 'https://voice.example/1' }),
  view('verify', 'pages/verify/verify', { code: CODE }),
  view('verify-form', 'pages/verify/verify', {}, still),
  view('search', 'pages/search/search', {}, still),
  view('ask', 'pages/ask/ask', { publication: CODE, title: '村级财务收支明细表' }, still),
  view('privacy-dialog', 'pages/ask/ask', {}, still),
  view('wall', 'pages/wall/wall'),
  view('questions', 'pages/questions/questions'),
  view('questions-out', 'pages/questions/questions', {}, { ...still, storage: { left: true } }),
  view('question', 'pages/question/question', { code: ANSWERED.code }),
  view('question-waiting', 'pages/question/question', { code: QUESTION.code }),
  view('messages', 'pages/messages/messages'),
  view('resident', 'pages/resident/resident'),
  view('resident-verified', 'pages/resident/resident', {}, { changes: { [ME_PATH]: [200, RESIDENT] } }),
  view('household', 'pages/household/household', {}, {
    changes: { [ME_PATH]: [200, RESIDENT], 'GET /wxapi/v1/household': [200, HOUSEHOLD] },
  }),
  view('household-off', 'pages/household/household'),
  view('settings', 'pages/settings/settings', {}, { ...still, storage: { token: 'villager-token' } }),
  view('privacy', 'pages/privacy/privacy', {}, still),
  view('desk', 'desk/home/home', {}, { changes: { [ME_PATH]: [200, OFFICIAL] } }),
  view('desk-bind', 'desk/home/home', {}, {
    ...still,
    changes: { 'POST /wxapi/v1/official/login': [403, { error: { code: 'not_bound', message: '没有绑定。' } }] },
  }),
  view('desk-overdue', 'desk/overdue/overdue'),
  view('desk-sheet', 'desk/sheet/sheet', { id: '2' }),
  view('desk-filing', 'desk/filing/filing', {
    id: '3', village: encodeURIComponent('清溪村'), title: encodeURIComponent('村民代表会议决议'),
  }, still),
  view('desk-screens', 'desk/screens/screens'),
  view('desk-search', 'desk/search/search', {}, still),
]
