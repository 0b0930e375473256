/** Reading without login: the village, its lists, a sheet, the check, searching. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MiniProgram, attribute } from '../support/engine.mjs'
import { CASH_BOOK, NARROW, publication } from '../support/faces.mjs'
import { BASIC, CARD, CODE, GONE, OTHER, VILLAGE, WARNING, WORDS, server } from '../support/server.mjs'

function start(phone = {}) {
  return new MiniProgram({ answer: server(phone.changes), storage: { village: VILLAGE }, ...phone })
}

const personal = (program) => program.wx.requests.filter((call) => call.path.startsWith('/wxapi'))

describe('home', () => {
  it('lets a stranger choose, without login', async () => {
    const program = start({ storage: {} })
    const page = await program.open('pages/home/home')
    assert.deepEqual(program.wx.requests, [])
    await page.tap('选我的村')
    assert.deepEqual(program.wx.visited, ['/pages/village/village'])
  })

  it('shows the warning first, then the newest and the twelve kinds', async () => {
    const program = start()
    const page = await program.open('pages/home/home')
    assert.equal(page.data.categories.length, 12)
    assert.equal(page.data.newest.length, 3)
    const text = page.text()
    assert.ok(text.indexOf(WARNING.title) < text.indexOf(CASH_BOOK.title))
    assert.deepEqual(personal(program), [])
  })

  it('opens the village of a scanned code, and makes it mine when I have none', async () => {
    const program = start({ storage: {} })
    const page = await program.open('pages/home/home', { scene: 'v%3D331099101202' })
    assert.equal(page.data.village.name, OTHER.name)
    assert.deepEqual(program.wx.storage.get('village'), OTHER)
  })

  it('keeps my village when I look at another, until I say so', async () => {
    const program = start()
    const page = await program.open('pages/home/home', { village: OTHER.code })
    assert.deepEqual(program.wx.storage.get('village'), VILLAGE)
    await page.tap('把南塘村设为我的村')
    assert.deepEqual(program.wx.storage.get('village'), OTHER)
    assert.doesNotMatch(page.text(), /设为我的村/)
  })

  it('goes to the sheet whose code was scanned', async () => {
    const program = start()
    await program.open('pages/home/home', { scene: `p%3D${CODE}` })
    assert.deepEqual(program.wx.visited, [`/pages/item/item?code=${CODE}`])
  })

  it('says that a code is none of ours', async () => {
    const program = start({ storage: {}, scanned: { result: 'https://pay.example.cn' } })
    const page = await program.open('pages/home/home')
    await page.tap('扫村里公开栏上的码')
    assert.deepEqual(program.wx.said, [['提示', '这不是村务公开的码。']])
  })

  it('shows what it showed last time when there is no network, and how old it is', async () => {
    const phone = { answer: server(), storage: { village: VILLAGE } }
    const program = new MiniProgram(phone)
    await program.open('pages/home/home')
    phone.answer = () => 'request:fail'
    program.now += 3 * 3_600_000
    const page = await program.open('pages/home/home')
    assert.match(page.text(), /没有网络，这是3小时前存下的内容。/)
    assert.ok(page.text().includes(CASH_BOOK.title))
  })

  it('switches to large print and back', async () => {
    const page = await start().open('pages/home/home')
    await page.tap('换成大字')
    assert.equal(page.data.look.style, '--f:1.35;--tap:60px')
    await page.tap('换回标准字')
    assert.equal(page.data.look.style, '--f:1;--tap:44px')
  })

  it('gives a card to share', async () => {
    const page = await start().open('pages/home/home')
    assert.deepEqual(await page.call('onShareAppMessage'), {
      title: '清溪村村务公开', path: `/pages/home/home?village=${VILLAGE.code}`,
    })
  })

  it('dials the number of complaints', async () => {
    const program = start()
    const page = await program.open('pages/home/home')
    await page.tap('打监督电话0570-5550123')
    assert.equal(program.wx.done.find(([name]) => name === 'makePhoneCall')[1].phoneNumber, '0570-5550123')
  })
})

describe('choosing a village', () => {
  it('finds it by its name or by its town', async () => {
    const program = start({ storage: {} })
    const page = await program.open('pages/village/village')
    await page.tap('云岭镇，2个村，点开')
    assert.ok(page.labels().includes('选云岭镇清溪村'))
    await page.input('村名或镇名', '南塘')
    assert.deepEqual(page.labels().filter((label) => label.startsWith('选')), ['选云岭镇南塘村'])
    await page.tap('选云岭镇南塘村')
    assert.deepEqual(program.wx.storage.get('village'), OTHER)
    assert.deepEqual(program.wx.visited, ['/pages/home/home'])
  })

  it('says when nothing is called so', async () => {
    const page = await start().open('pages/village/village')
    await page.input('村名或镇名', '没有这个村')
    assert.match(page.text(), /没有找到，换个字试试。/)
  })

  it('follows the code on the board', async () => {
    const program = start()
    await program.open('pages/village/village', { scene: `v%3D${OTHER.code}` })
    assert.deepEqual(program.wx.visited, [`/pages/home/home?village=${OTHER.code}`])
    const scanned = start({ scanned: { path: `pages/village/village?scene=v%3D${VILLAGE.code}` } })
    const page = await scanned.open('pages/village/village')
    await page.tap('扫村里公开栏上的码')
    assert.deepEqual(scanned.wx.visited, [`/pages/home/home?village=${VILLAGE.code}`])
  })
})

describe('a category', () => {
  const query = { village: VILLAGE.code, number: '7', name: encodeURIComponent('财务往来') }

  it('lists what was published, page after page, and what should be', async () => {
    const program = start()
    const page = await program.open('pages/category/category', query)
    assert.equal(page.data.rows.length, 3)
    assert.match(page.text(), /债权债务明细/)
    await page.tap('看更早的')
    assert.equal(page.data.rows.length, 4)
    assert.equal(page.data.next, '')
    assert.ok(program.wx.requests.some((call) => call.path.includes(`division=${VILLAGE.code}&category=7`)))
  })

  it('is shown also when the list of items cannot be had', async () => {
    const page = await start({ changes: { 'GET /api/v1/items': [503, ''] } }).open('pages/category/category', query)
    assert.equal(page.data.rows.length, 3)
    assert.equal(page.data.state.error, '')
  })
})

describe('a sheet', () => {
  it('says the sums and plain words before the rows, as cards', async () => {
    const page = await start().open('pages/item/item', { code: CODE })
    const text = page.text()
    const order = ['9月收入1.2万元。', '125,300.00', '溪边仓库第三季度租金', '怎么公开的']
    const places = order.map((words) => text.indexOf(words))
    assert.deepEqual(places, [...places].sort((a, b) => a - b))
    assert.ok(!places.includes(-1))
    assert.match(text, /2026年10月10日 09:30/)
  })

  it('is opened by the code printed under it', async () => {
    const page = await start().open('pages/item/item', { scene: `p%3D${CODE}` })
    assert.equal(page.data.shown.code, CODE)
  })

  it('shows thirty rows and then thirty more', async () => {
    const rows = Array.from({ length: 70 }, (_, index) => [`第${index}项`, String(index)])
    const changes = { [`GET /api/v1/publications/${BASIC}`]: [200, publication({ ...NARROW, rows })] }
    const page = await start({ changes }).open('pages/item/item', { code: BASIC })
    assert.equal(page.data.sheet.rows.length, 30)
    await page.tap('还有40行，继续看')
    assert.equal(page.data.sheet.rows.length, 60)
  })

  it('is a table on a phone and cards in very large print', async () => {
    const program = start()
    const page = await program.open('pages/item/item', { code: BASIC })
    assert.equal(page.data.sheet.rows.length, 2)
    program.wx.setStorageSync('size', 'largest')
    program.wx.getWindowInfo = () => ({ windowWidth: 200 })
    await page.call('onShow')
    assert.equal(page.data.sheet.cards.length, 2)
  })

  it('opens what is attached, and says when it cannot', async () => {
    const phone = { answer: server(), storage: { village: VILLAGE } }
    const program = new MiniProgram(phone)
    const page = await program.open('pages/item/item', { code: WORDS })
    await page.tap('打开附件会议照片.jpg，240 KB')
    await page.tap('打开附件表决单.pdf，1.5 MB')
    const [picture, , file] = program.wx.done
    assert.deepEqual(picture, ['previewImage', { urls: [`https://cunwu.example.cn/p/${WORDS}/files/1`] }])
    assert.equal(file[1].url, `https://cunwu.example.cn/p/${WORDS}/files/2`)
    phone.download = 410
    await page.tap('看打印版，PDF文件')
    phone.offline = true
    await page.tap('看打印版，PDF文件')
    assert.deepEqual(program.wx.said.map(([, words]) => words), [
      '这个文件打不开，可能已经撤下。', '下载没有成功，请检查网络后再试。',
    ])
  })

  it('says that it was taken down and why, and nothing of its content', async () => {
    const page = await start().open('pages/item/item', { code: GONE })
    assert.match(page.text(), /这份内容已经撤下/)
    assert.match(page.text(), /为保护个人信息撤下。有一处电话没有遮住。/)
    assert.doesNotMatch(page.text(), /打印版/)
  })

  it('says that it was corrected and leads to the newer one', async () => {
    const old = publication(CASH_BOOK, { state: 'superseded', corrected_by: BASIC, events: [
      { kind: 'superseded', time: '2026-10-11T09:00:00+08:00', reason: null, note: '租金写错了。', display_until: null },
    ] })
    const program = start({ changes: { [`GET /api/v1/publications/${CODE}`]: [200, old] } })
    const page = await program.open('pages/item/item', { code: CODE })
    assert.match(page.text(), /租金写错了。/)
    await page.tap('看更正后的')
    assert.deepEqual(program.wx.visited, [`/pages/item/item?code=${BASIC}`])
  })

  it('forgets its copy when it is gone', async () => {
    const phone = { answer: server(), storage: { village: VILLAGE } }
    const program = new MiniProgram(phone)
    await program.open('pages/item/item', { code: CODE })
    phone.answer = server({ [`GET /api/v1/publications/${CODE}`]: [404, { detail: '没有这份公开内容。' }] })
    const page = await program.open('pages/item/item', { code: CODE })
    assert.match(page.text(), /没有这份公开内容。/)
    phone.answer = () => 'request:fail'
    assert.match((await program.open('pages/item/item', { code: CODE })).text(), /网络不通/)
  })

  it('asks for more only for what is not public, and only as somebody known', async () => {
    const limited = publication(CASH_BOOK, { audience: 'village' })
    const full = publication({ ...CASH_BOOK, rows: [[...CASH_BOOK.rows[0].slice(0, 7), '陈一禾']] })
    const changes = {
      [`GET /api/v1/publications/${CODE}`]: [200, limited],
      [`GET /wxapi/v1/publications/${CODE}`]: [200, full],
    }
    const stranger = start({ changes })
    await stranger.open('pages/item/item', { code: CODE })
    assert.deepEqual(personal(stranger), [])
    const known = start({ changes, storage: { village: VILLAGE, token: 'villager-token' } })
    const page = await known.open('pages/item/item', { code: CODE })
    assert.match(page.text(), /给本村村民看的内容/)
    assert.match(page.text(), /陈一禾/)
    assert.ok(![...known.wx.storage.values()].some((kept) => JSON.stringify(kept).includes('本村村民')))
  })

  it('stays public when there is nothing better', async () => {
    const changes = { [`GET /api/v1/publications/${CODE}`]: [200, publication(CASH_BOOK, { audience: 'village' })] }
    const page = await start({ changes, storage: { token: 'villager-token' } }).open('pages/item/item', { code: CODE })
    assert.equal(page.data.isOwn, false)
    assert.equal(page.data.state.error, '')
  })

  it('offers the page in large print to who wants it', async () => {
    const plain = await start().open('pages/item/item', { code: CODE })
    assert.doesNotMatch(plain.text(), /大字看/)
    const program = start({ storage: { 'read-aloud': true } })
    const page = await program.open('pages/item/item', { code: CODE })
    await page.tap('大字看')
    assert.deepEqual(program.wx.visited, [`/pages/aloud/aloud?code=${CODE}`])
  })
})

describe('a card', () => {
  it('is opened by its code and shows every line, to hear as well', async () => {
    const program = start()
    const page = await program.open('pages/card/card', { scene: `c%3D${CARD.code}` })
    for (const { label, value } of CARD.lines) assert.ok(page.labels().includes(`${label}：${value}`))
    assert.match(page.text(), /2026年10月9日/)
    assert.match(page.text(), /CARD-0000-0000/)
    assert.deepEqual(personal(program), [])
    await page.tap('问村里')
    assert.deepEqual(program.wx.visited, [`/pages/ask/ask?village=${VILLAGE.code}`])
  })

  it('is opened wherever its code or its label is scanned', async () => {
    const wanted = [`/pages/card/card?code=${CARD.code}`]
    const home = start()
    await home.open('pages/home/home', { scene: `c%3D${CARD.code}` })
    assert.deepEqual(home.wx.visited, wanted)
    for (const path of ['pages/home/home', 'pages/village/village']) {
      const program = start({
        storage: {}, scanned: { result: `https://cunwu.example.cn/v/contract/${CARD.code}` },
      })
      await (await program.open(path)).tap('扫村里公开栏上的码')
      assert.deepEqual(program.wx.visited, wanted, path)
    }
  })

  it('can be sent to others', async () => {
    const page = await start().open('pages/card/card', { code: CARD.code })
    assert.deepEqual(await page.call('onShareAppMessage'), {
      title: '清溪村 第三鱼塘承包合同', path: `/pages/card/card?code=${CARD.code}`,
    })
  })

  it('is gone from the page and the phone when it was taken down', async () => {
    const phone = { answer: server(), storage: { village: VILLAGE } }
    const program = new MiniProgram(phone)
    const page = await program.open('pages/card/card', { code: CARD.code })
    const detail = '村里已不再公开这张卡片。'
    phone.answer = server({ [`GET /api/v1/cards/${CARD.code}`]: [410, { detail }] })
    await page.call('onPullDownRefresh')
    assert.ok(page.text().includes(detail))
    assert.doesNotMatch(page.text(), /张\*|鱼塘/)
    assert.deepEqual(await page.call('onShareAppMessage'), {})
    phone.answer = () => 'request:fail'
    assert.match((await program.open('pages/card/card', { code: CARD.code })).text(), /网络不通/)
  })
})

describe('reading aloud', () => {
  it('does not promise a voice that WeChat has not', async () => {
    const page = await start().open('pages/aloud/aloud', { code: CODE })
    assert.ok(page.labels().includes('9月收入1.2万元。'))
    assert.match(page.text(), /微信小程序自己不会念出来/)
    assert.ok(!page.labels().includes('念给我听'))
  })

  const speaking = (phone = {}) => start({ voice: (text) => `https://voice.example/${text.length}`, ...phone })

  it('is offered where the account has a voice, and says what everybody may read', async () => {
    const program = speaking({ storage: { village: VILLAGE, token: 'villager-token' } })
    const item = await program.open('pages/item/item', { code: CODE })
    await item.tap('念给我听')
    assert.deepEqual(program.wx.visited, [`/pages/aloud/aloud?code=${CODE}`])
    program.wx.requests.length = 0
    const page = await program.open('pages/aloud/aloud', { code: CODE })
    await page.tap('念给我听')
    assert.deepEqual(program.wx.requests.map(({ path, token }) => [path, token]), [
      [`/api/v1/publications/${CODE}`, null],
    ])
    assert.equal(program.wx.spoken.join(''), page.data.sentences.join(''))
  })

  it('pauses, goes on and stops', async () => {
    const program = speaking()
    const page = await program.open('pages/aloud/aloud', { code: CODE })
    await page.tap('念给我听')
    await page.tap('暂停')
    await page.tap('接着念')
    await page.tap('不念了')
    assert.equal(page.data.standing, 'silent')
    assert.deepEqual(program.wx.heard.map(([name]) => name), ['stop', 'play', 'pause', 'play', 'stop'])
    await page.tap('念给我听')
    await page.call('onUnload')
    assert.deepEqual(program.wx.heard.slice(-1).map(([name]) => name), ['destroy'])
  })

  it('says piece after piece, and is silent at the end', async () => {
    const program = speaking({ changes: { [`GET /api/v1/publications/${CODE}`]: [200, long()] } })
    const page = await program.open('pages/aloud/aloud', { code: CODE })
    await page.tap('念给我听')
    for (let turn = 0; page.data.standing !== 'silent'; turn++) {
      assert.ok(turn < 9)
      program.wx.audioEnds()
      await program.wx.settled()
    }
    assert.ok(program.wx.spoken.length > 1)
    assert.equal(program.wx.spoken.join(''), page.data.sentences.join(''))
    assert.ok(program.wx.spoken.every((text) => Buffer.byteLength(text) <= 1000))
  })

  it('says why it is silent, and nothing of what was stopped meanwhile', async () => {
    const program = speaking({ voice: () => null })
    const page = await program.open('pages/aloud/aloud', { code: CODE })
    await page.tap('念给我听')
    assert.match(program.wx.said[0][1], /念不出来/)
    assert.equal(page.data.standing, 'silent')
    const other = speaking()
    const late = await other.open('pages/aloud/aloud', { code: CODE })
    const begun = late.tap('念给我听')
    late.caller.stop()
    await begun
    assert.ok(!other.wx.heard.some(([name]) => name === 'play'))
  })
})

function long() {
  const one = structuredClone(publication())
  one.summary.sentences = Array.from({ length: 40 }, (_, number) => `${number}月修路支出三万二千一百元整，余额充足`)
  return one
}

describe('the check', () => {
  it('is made on the phone', async () => {
    const page = await start().open('pages/verify/verify', { code: CODE })
    assert.match(page.text(), /没有被改过/)
    assert.match(page.text(), /第 37 份/)
  })

  it('shows both digests when a figure was changed', async () => {
    const forged = structuredClone(publication())
    forged.face.rows[1][5] = '879.50'
    const page = await start({ changes: { [`GET /api/v1/publications/${CODE}`]: [200, forged] } })
      .open('pages/verify/verify', { code: CODE })
    assert.match(page.text(), /对不上/)
    assert.ok(page.text().includes(publication().digests.page))
  })

  it('takes the code as it is printed, and refuses what is none', async () => {
    const program = start()
    const page = await program.open('pages/verify/verify')
    await page.input('公开编号，12位', '7KXA')
    await page.tap('核对')
    assert.match(page.text(), /公开编号是 12 位字母和数字/)
    assert.deepEqual(program.wx.requests, [])
    await page.input('公开编号，12位', '7kxa-2m9q-4tbc')
    await page.tap('核对')
    assert.match(page.text(), /没有被改过/)
    await page.tap('复制本份的封存值')
    assert.equal(program.wx.done.at(-1)[1].data, publication().chain.link)
  })
})

describe('the wall', () => {
  it('shows who asked, for how long, with which pictures, and what was answered', async () => {
    const page = await start().open('pages/wall/wall')
    assert.match(page.text(), /办理中/)
    assert.match(page.text(), /王\* 10月6日问/)
    assert.match(page.text(), /已等 6 天，镇里在督办/)
    assert.match(page.text(), /十月一日已经开了。/)
    const picture = attribute(page.find('提问的第1张照片'), 'src')
    assert.equal(picture, 'https://cunwu.example.cn/v/331099101201/wall/PUB000000001/1')
  })
})

describe('searching', () => {
  it('finds in my village, and everywhere when asked', async () => {
    const program = start()
    const page = await program.open('pages/search/search')
    await page.input('要找的字', '路灯')
    await page.tap('查找')
    assert.equal(page.data.rows.length, 1)
    assert.match(program.wx.requests.at(-1).path, new RegExp(`&division=${VILLAGE.code}$`))
    await page.change('也找别的村', true)
    assert.doesNotMatch(program.wx.requests.at(-1).path, /division/)
  })

  it('shows what was searched last, whichever answer comes first', async () => {
    const program = start()
    const page = await program.open('pages/search/search')
    const { request } = program.wx
    program.wx.request = (call) =>
      decodeURIComponent(call.url).includes('飞船') ? setTimeout(() => request(call), 50) : request(call)
    await page.input('要找的字', '飞船')
    const first = page.caller.search()
    await page.input('要找的字', '路灯')
    await page.tap('查找')
    await first
    assert.equal(page.data.rows.length, 1)
  })

  it('says when there is nothing, and asks nothing without words', async () => {
    const program = start()
    const page = await program.open('pages/search/search')
    await page.tap('查找')
    assert.deepEqual(program.wx.requests, [])
    await page.input('要找的字', '飞船')
    await page.tap('查找')
    assert.match(page.text(), /没有找到“飞船”/)
  })
})
