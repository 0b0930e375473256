/** The officials' desk. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MiniProgram } from '../support/engine.mjs'
import { CODE, VILLAGE, error, server } from '../support/server.mjs'

const UNBOUND = { 'POST /wxapi/v1/official/login': [403, error('not_bound', '没有绑定。')] }

function start(phone = {}) {
  return new MiniProgram({ answer: server(phone.changes), storage: { village: VILLAGE }, ...phone })
}

const sent = (program, path) => program.wx.requests.filter((call) => call.path === path && call.method === 'POST')

describe('the desk', () => {
  it('asks for the code of the back end, and says when it is wrong', async () => {
    const program = start({ changes: UNBOUND })
    const page = await program.open('desk/home/home')
    await page.tap('绑定')
    assert.match(page.text(), /请输入绑定码。/)
    await page.input('绑定码', '000000')
    await page.tap('绑定')
    assert.match(page.text(), /绑定码不对，或者已经过期。/)
    await page.input('绑定码', '482 913')
    await page.tap('绑定')
    assert.match(page.text(), /等我审的/)
    assert.ok(!page.labels().includes('绑定码'))
  })

  it('leads to what a phone can do, and says what needs a computer', async () => {
    const program = start()
    const page = await program.open('desk/home/home')
    const review = page.labels().find((label) => label.startsWith('资产租赁合同台账'))
    assert.match(review, /已逾期/)
    await page.tap(review)
    await page.tap(page.labels().find((label) => label.startsWith('村民代表会议决议')))
    assert.equal(program.wx.visited[0], '/desk/sheet/sheet?id=2')
    assert.match(decodeURIComponent(program.wx.visited[1]), /^\/desk\/filing\/filing\?id=3&village=清溪村&title=村民代表会议决议&publication=7KXA2M9Q4TBC$/)
    assert.ok(!page.labels().some((label) => label.startsWith('村级财务收支明细')))
    assert.match(page.text(), /签名把关要在电脑上做/)
  })

  it('says that nothing waits', async () => {
    const nothing = { duties: [], reviews: [], filings: [], questions: [] }
    const page = await start({ changes: { 'GET /wxapi/v1/official/todo': [200, nothing] } }).open('desk/home/home')
    assert.match(page.text(), /现在没有待办。/)
  })

  it('is left with its own token, and entered again', async () => {
    const program = start()
    const page = await program.open('desk/home/home')
    await page.tap('退出干部入口')
    assert.deepEqual(sent(program, '/wxapi/v1/logout').map((call) => call.token), ['official-token'])
    assert.match(page.text(), /您已退出干部入口。/)
    await page.tap('进入干部入口')
    assert.match(page.text(), /等我审的/)
  })
})

describe('a review', () => {
  const open = async (program) => program.open('desk/sheet/sheet', { id: '2' })
  const path = '/wxapi/v1/official/disclosures/2/vote'

  it('agrees to the content that was shown', async () => {
    const program = start()
    const page = await open(program)
    assert.match(page.text(), /溪边仓库第三季度租金/)
    await page.tap('同意公开')
    assert.deepEqual(sent(program, path)[0].data, { agree: true, revision: 5 })
    assert.match(page.text(), /您的意见已经交了。/)
    assert.ok(!page.labels().includes('同意公开'))
  })

  it('gives back with a reason only', async () => {
    const program = start()
    const page = await open(program)
    await page.tap('退回村里改')
    assert.match(page.text(), /退回要写明哪里不对/)
    assert.deepEqual(sent(program, path), [])
    await page.input('意见，退回时必须写', '租金少记了一个月。')
    await page.tap('退回村里改')
    assert.deepEqual(sent(program, path)[0].data, { agree: false, revision: 5, reason: '租金少记了一个月。' })
  })

  it('keeps the reason when somebody has changed the sheet meanwhile', async () => {
    const changes = { [`POST ${path}`]: [409, error('changed', '内容刚刚改过，请重新打开。')] }
    const page = await open(start({ changes }))
    await page.input('意见，退回时必须写', '租金少记了一个月。')
    await page.tap('退回村里改')
    assert.match(page.text(), /内容刚刚改过，请重新打开。/)
    assert.equal(page.data.reason, '租金少记了一个月。')
    assert.equal(page.data.isVoted, false)
  })

  it('is sent by who is sure', async () => {
    const program = start({ says: false })
    await (await open(program)).tap('同意公开')
    assert.deepEqual(sent(program, path), [])
  })
})

describe('the rest of the desk', () => {
  it('receives a filing or asks about it', async () => {
    const query = { id: '3', village: encodeURIComponent('清溪村'), title: encodeURIComponent('村民代表会议决议') }
    const program = start()
    const page = await program.open('desk/filing/filing', query)
    assert.match(page.text(), /请在电脑上看/)
    const shown = await program.open('desk/filing/filing', { ...query, publication: CODE })
    await shown.tap('看这份公开内容')
    assert.deepEqual(program.wx.visited, [`/pages/item/item?code=${CODE}`])
    await page.tap('转给村里说明')
    assert.match(page.text(), /请写明要村里说明什么。/)
    await page.input('要村里说明什么', '到会人数和签到表不一样。')
    await page.tap('转给村里说明')
    const path = '/wxapi/v1/official/filings/3'
    assert.deepEqual(sent(program, path)[0].data, { query: '到会人数和签到表不一样。' })
    const other = start()
    await (await other.open('desk/filing/filing', query)).tap('收下备案')
    assert.deepEqual(sent(other, path)[0].data, { receive: true })
  })

  it('lists what is overdue and what the screens show', async () => {
    assert.match((await start().open('desk/overdue/overdue')).text(), /逾期 7 天/)
    const screens = await start().open('desk/screens/screens')
    assert.ok(screens.labels().includes('村口大屏的画面：村级财务收支明细表'))
  })

  it('finds what was filed, by its name', async () => {
    const program = start()
    await program.open('desk/search/search', { q: encodeURIComponent('村民代表会议决议') })
    assert.match(decodeURIComponent(program.wx.requests.at(-1).path), /search\?q=村民代表会议决议$/)
  })

  it('finds publications of the area', async () => {
    const program = start()
    const page = await program.open('desk/search/search')
    await page.input('村名、事项或内容里的字', '收支')
    await page.tap('查找')
    await page.tap(page.labels().find((label) => label.startsWith('村级财务收支明细表')))
    assert.deepEqual(program.wx.visited, [`/pages/item/item?code=${CODE}`])
  })
})
