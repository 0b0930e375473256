/** What belongs to the person: asking, questions, messages, residence, household, settings. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MiniProgram } from '../support/engine.mjs'
import { ANSWERED, CODE, HOUSEHOLD, ME, OTHER, VILLAGE, error, server } from '../support/server.mjs'

function start(phone = {}) {
  return new MiniProgram({ answer: server(phone.changes), storage: { village: VILLAGE }, ...phone })
}

const sent = (program, path) => program.wx.requests.filter((call) => call.path === path && call.method === 'POST')
const QUESTIONS = '/wxapi/v1/questions'
const ASKED = '您要问什么，最多500个字'
const RESIDENT = {
  ...ME, household_enabled: true,
  residence: { state: 'verified', village: '清溪村', household: '二组 14 号', is_member: true },
}

describe('asking', () => {
  it('sends the words, what they are about and the wishes, once', async () => {
    const program = start()
    const page = await program.open('pages/ask/ask', { publication: CODE, title: '收支表' })
    await page.input(ASKED, '  路灯电费为什么多了一半？  ')
    await page.change('不让别人看到我的姓', true)
    await page.tap('提交')
    const [call] = sent(program, QUESTIONS)
    const { key, ...rest } = call.data
    assert.match(key, /^[\w-]{8,64}$/)
    assert.deepEqual(rest, {
      village: VILLAGE.code, publication: CODE, text: '路灯电费为什么多了一半？',
      is_anonymous: true, is_accusation: false, pictures: [],
    })
    assert.match(page.text(), /收到了/)
    assert.match(page.text(), /HY-2026-0007/)
  })

  it('says what is missing before it sends anything', async () => {
    const program = start()
    const page = await program.open('pages/ask/ask')
    await page.input(ASKED, '路灯')
    await page.tap('提交')
    assert.match(page.text(), /请把要问的写清楚，至少 5 个字。/)
    const nowhere = await start({ storage: {} }).open('pages/ask/ask')
    await nowhere.input(ASKED, '路灯电费为什么多了一半？')
    await nowhere.tap('提交')
    assert.match(nowhere.text(), /请先选您的村。/)
    assert.deepEqual(program.wx.requests, [])
  })

  it('keeps words and pictures when it fails, and sends the same key again', async () => {
    const phone = {
      storage: { village: VILLAGE }, chosen: ['a.jpg'], files: { 'a.jpg': new Uint8Array([0xff, 0xd8]).buffer },
    }
    let tries = 0
    const answer = server({ [`POST ${QUESTIONS}`]: () => (++tries === 1 ? 'request:fail timeout' : [200, ANSWERED]) })
    const program = new MiniProgram({ ...phone, answer })
    const page = await program.open('pages/ask/ask')
    await page.input(ASKED, '路灯电费为什么多了一半？')
    await page.tap('加照片')
    await page.tap('提交')
    assert.match(page.text(), /等了太久没有回应，请再试一次。/)
    assert.equal(page.data.text, '路灯电费为什么多了一半？')
    await page.tap('提交')
    const [first, second] = sent(program, QUESTIONS)
    assert.equal(first.data.key, second.data.key)
    assert.deepEqual(second.data.pictures, [41])
    assert.equal(sent(program, '/wxapi/v1/pictures').length, 1)
    assert.equal(sent(program, '/wxapi/v1/pictures')[0].header['Content-Type'], 'image/jpeg')
  })

  it('takes three pictures, and gives one back', async () => {
    const chosen = ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg']
    const page = await start({ chosen }).open('pages/ask/ask')
    await page.tap('加照片')
    assert.deepEqual(page.data.pictures, chosen.slice(0, 3))
    assert.ok(!page.labels().includes('加照片'))
    await page.tap('去掉第2张照片')
    assert.deepEqual(page.data.pictures, ['a.jpg', 'c.jpg'])
  })

  it('says that a picture is too large or cannot be read', async () => {
    const files = { 'large.jpg': new ArrayBuffer(5 * 1024 * 1024 + 1) }
    for (const [chosen, words] of [['large.jpg', /这张照片太大了/], ['gone.jpg', /这张照片读不出来/]]) {
      const page = await start({ chosen: [chosen], files }).open('pages/ask/ask')
      await page.input(ASKED, '路灯电费为什么多了一半？')
      await page.tap('加照片')
      await page.tap('提交')
      assert.match(page.text(), words)
      assert.equal(page.data.isSending, false)
    }
  })

  it('shows the way to leave a telephone number when the server wants one', async () => {
    const refused = [403, error('phone', '请先留下手机号。')]
    const page = await start({ changes: { [`POST ${QUESTIONS}`]: refused } }).open('pages/ask/ask')
    await page.input(ASKED, '路灯电费为什么多了一半？')
    await page.tap('提交')
    assert.match(page.text(), /请先留下手机号。/)
    assert.ok(page.labels().includes('去留手机号'))
  })

  it('asks for a message only after a tap, and only for what is wanted', async () => {
    const program = start({ accepted: ['T-answered'] })
    const page = await program.open('pages/ask/ask')
    await page.input(ASKED, '路灯电费为什么多了一半？')
    await page.tap('提交')
    assert.deepEqual(program.wx.done, [])
    await page.tap('有答复时用微信告诉我')
    assert.deepEqual(program.wx.done, [['requestSubscribeMessage', ['T-answered']]])
    assert.match(page.text(), /好的，有答复时微信会通知您。/)
  })
})

describe('my questions', () => {
  it('say what they wait for', async () => {
    const page = await start().open('pages/questions/questions')
    assert.match(page.text(), /应在2026年10月16日前答复，已公开，照片 1 张/)
  })

  it('are judged by who asked, after being asked whether he is sure', async () => {
    const program = start()
    const page = await program.open('pages/question/question', { code: ANSWERED.code })
    await page.input('补充的话', '谢谢')
    await page.tap('解决了')
    const [call] = sent(program, `${QUESTIONS}/${ANSWERED.code}/verdict`)
    assert.deepEqual(call.data, { solved: true, words: '谢谢' })
    assert.match(page.text(), /您说解决了/)
    assert.ok(!page.labels().includes('解决了'))
    const hesitant = start({ says: false })
    const other = await hesitant.open('pages/question/question', { code: ANSWERED.code })
    await other.tap('没解决')
    assert.deepEqual(sent(hesitant, `${QUESTIONS}/${ANSWERED.code}/verdict`), [])
  })

  it('are asked again with words only', async () => {
    const program = start()
    const page = await program.open('pages/question/question', { code: ANSWERED.code })
    await page.tap('再问一次，只能一次')
    assert.match(page.text(), /至少 5 个字/)
    await page.input('补充的话', '电费单上写的是二十盏灯。')
    await page.tap('再问一次，只能一次')
    assert.deepEqual(sent(program, `${QUESTIONS}/${ANSWERED.code}/reopen`)[0].data, { text: '电费单上写的是二十盏灯。' })
  })

  it('are not opened after logging out until the person logs in', async () => {
    const program = start({ storage: { left: true } })
    const page = await program.open('pages/questions/questions')
    assert.deepEqual(program.wx.requests, [])
    await page.tap('用微信登录')
    assert.equal(page.data.cards.length, 2)
    const offline = new MiniProgram({ storage: { left: true }, answer: () => 'request:fail' })
    const dark = await offline.open('pages/questions/questions')
    await dark.tap('用微信登录')
    assert.match(dark.data.state.error, /网络不通/)
  })
})

describe('messages', () => {
  it('open what they are about', async () => {
    const program = start()
    const page = await program.open('pages/messages/messages')
    await page.tap(page.labels().find((label) => label.startsWith('您的提问有了答复')))
    assert.deepEqual(program.wx.visited, [`/pages/question/question?code=${ANSWERED.code}`])
  })

  it('are offered one kind at a time', async () => {
    const program = start({ accepted: ['T-published'] })
    const page = await program.open('pages/messages/messages')
    assert.match(page.text(), /还会提醒 2 次/)
    await page.tap('村里有新公开时提醒我')
    assert.deepEqual(program.wx.done, [['requestSubscribeMessage', ['T-published']]])
  })

  it('come from the village that I have chosen here', async () => {
    const same = start()
    await same.open('pages/messages/messages')
    assert.deepEqual(sent(same, '/wxapi/v1/village'), [])
    const moved = start({ storage: { village: OTHER } })
    await moved.open('pages/messages/messages')
    assert.deepEqual(sent(moved, '/wxapi/v1/village')[0].data, { village: OTHER.code })
  })

  it('never mix long-term templates with others', () => {
    const { templatesOf, agreed } = start().load('lib/subscribing')
    const lasting = { kind: 'answered', template_id: 'L', is_long_term: true, left: 1 }
    const me = { ...ME, subscriptions: [...ME.subscriptions, lasting] }
    assert.deepEqual(templatesOf(me, ['answered', 'published']), ['L'])
    assert.equal(agreed(lasting), '已同意一直提醒')
  })
})

describe('who I am', () => {
  it('takes the number that WeChat gives, and forgets it again', async () => {
    const program = start()
    const page = await program.open('pages/resident/resident')
    await page.trigger(page.find('用微信手机号'), 'getphonenumber', { code: 'phone-code' })
    assert.deepEqual(sent(program, '/wxapi/v1/phone')[0].data, { code: 'phone-code' })
    assert.match(page.text(), /138\*\*\*\*1234/)
    await page.tap('删掉手机号')
    assert.equal(page.data.me.phone, null)
  })

  it('does nothing when the number is not given', async () => {
    const program = start()
    const page = await program.open('pages/resident/resident')
    await page.trigger(page.find('用微信手机号'), 'getphonenumber', { errMsg: 'getPhoneNumber:fail user deny' })
    assert.deepEqual(sent(program, '/wxapi/v1/phone'), [])
  })

  it('asks the village whether I am from there', async () => {
    const program = start()
    const page = await program.open('pages/resident/resident')
    await page.tap('我是清溪村的人，请核实')
    assert.match(page.text(), /请写您的姓名。/)
    await page.input('姓名', ' 林小满 ')
    await page.tap('我是清溪村的人，请核实')
    assert.deepEqual(sent(program, '/wxapi/v1/residence')[0].data, { village: VILLAGE.code, name: '林小满' })
    assert.match(page.text(), /已报给清溪村，等村里确认。/)
  })

  it('says what the server says about a field', async () => {
    const refused = [422, error('refused', '请检查填写的内容。', { name: '姓名太长了。' })]
    const page = await start({ changes: { 'POST /wxapi/v1/residence': refused } }).open('pages/resident/resident')
    await page.input('姓名', '林小满')
    await page.tap('我是清溪村的人，请核实')
    assert.match(page.text(), /姓名太长了。/)
  })
})

describe('my household', () => {
  it('is not asked for where the district has not switched it on', async () => {
    const program = start()
    const page = await program.open('pages/household/household')
    assert.match(page.text(), /本区还没有开通/)
    assert.ok(!program.wx.requests.some((call) => call.path.endsWith('/household')))
  })

  it('is not asked for before the residence is confirmed', async () => {
    const unknown = { ...ME, household_enabled: true }
    const program = start({ changes: { 'GET /wxapi/v1/me': [200, unknown] } })
    const page = await program.open('pages/household/household')
    assert.ok(page.labels().includes('去核实身份'))
    assert.ok(!program.wx.requests.some((call) => call.path.endsWith('/household')))
  })

  it('shows my rows with their place in the published list, and leaves no copy', async () => {
    const program = start({ changes: { 'GET /wxapi/v1/me': [200, RESIDENT] } })
    const page = await program.open('pages/household/household')
    assert.match(page.text(), /您家在这份公示的第 14 行/)
    const kept = JSON.stringify([...program.wx.storage])
    assert.ok(!kept.includes(HOUSEHOLD.rows[0].title))
  })
})

describe('settings', () => {
  it('change the print of every page', async () => {
    const program = start()
    const page = await program.open('pages/settings/settings')
    await page.tap('特大字号')
    assert.equal(page.data.look.factor, 1.8)
    assert.equal((await program.open('pages/home/home')).data.look.factor, 1.8)
  })

  it('log out, here and on the server', async () => {
    const program = start({ storage: { token: 'villager-token', 'desk-token': 'official-token' } })
    const page = await program.open('pages/settings/settings')
    await page.tap('退出登录')
    assert.deepEqual(sent(program, '/wxapi/v1/logout').map((call) => call.token).sort(), ['official-token', 'villager-token'])
    assert.equal(page.data.isKnown, false)
  })

  it('log out here even without network', async () => {
    const program = new MiniProgram({ answer: () => 'request:fail', storage: { token: 'villager-token' } })
    const page = await program.open('pages/settings/settings')
    await page.tap('退出登录')
    assert.match(program.wx.said[0][1], /网络不通，服务器上的登录会自动过期/)
    assert.equal(program.wx.storage.has('token'), false)
  })

  it('close the account after a clear question', async () => {
    const program = start({ storage: { token: 'villager-token' } })
    const page = await program.open('pages/settings/settings')
    await page.tap('注销账号，删掉我的信息')
    assert.match(program.wx.said[0][1], /删了找不回来/)
    assert.equal(sent(program, '/wxapi/v1/account/close').length, 1)
    assert.equal(program.wx.storage.has('token'), false)
    const refused = start({ says: false, storage: { token: 'villager-token' } })
    await (await refused.open('pages/settings/settings')).tap('注销账号，删掉我的信息')
    assert.equal(sent(refused, '/wxapi/v1/account/close').length, 0)
  })

  it('keep the account when closing it fails', async () => {
    const program = start({ storage: { token: 'villager-token' }, changes: { 'POST /wxapi/v1/account/close': [503, ''] } })
    await (await program.open('pages/settings/settings')).tap('注销账号，删掉我的信息')
    assert.equal(program.wx.said[1][1], '服务器正在维护，请过一会儿再试。')
    assert.equal(program.wx.storage.has('token'), true)
  })

  it('clear the copies', async () => {
    const program = start()
    await program.open('pages/home/home')
    await (await program.open('pages/settings/settings')).tap('清掉手机上存下的公开内容')
    assert.ok(![...program.wx.storage.keys()].some((key) => key.startsWith('copy:')))
  })

  it('open WeChat\'s own privacy guide', async () => {
    const program = start()
    await (await program.open('pages/privacy/privacy')).tap('看隐私保护指引')
    assert.equal(program.wx.done[0][0], 'openPrivacyContract')
  })
})

describe('the privacy dialog', () => {
  it('waits for the answer and passes it on', async () => {
    const program = start()
    const page = await program.open('pages/ask/ask')
    const answers = []
    program.wx.askPrivacy((answer) => answers.push(answer))
    assert.match(page.text(), /先问您一声/)
    await page.tap('看阳光村务隐私保护指引')
    await page.trigger(page.find('同意'), 'agreeprivacyauthorization', {})
    assert.deepEqual(answers, [{ event: 'agree', buttonId: 'agree' }])
    assert.doesNotMatch(page.text(), /先问您一声/)
    program.wx.askPrivacy((answer) => answers.push(answer))
    await page.tap('不同意')
    assert.deepEqual(answers[1], { event: 'disagree' })
  })
})
