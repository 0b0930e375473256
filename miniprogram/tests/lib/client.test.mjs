import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { modules } from '../support/source.mjs'

const load = modules()
const { Client } = load('lib/client')
const { Failure, fromNetwork } = load('lib/failure')

const HOST = 'https://cunwu.example.cn'

function memory() {
  const kept = new Map()
  return {
    kept,
    get: (key) => kept.get(key) ?? '',
    set: (key, value) => kept.set(key, structuredClone(value)),
    remove: (key) => kept.delete(key),
  }
}

/** A client whose server is `answer(call)`, which gives [status, data] or throws. */
function client(answer, { now = () => 0, store = memory() } = {}) {
  const calls = []
  const send = async (call) => {
    calls.push(call)
    const [status, data] = await answer(call, calls.length)
    return { status, data }
  }
  let codes = 0
  const made = new Client(HOST, send, store, async () => `code${++codes}`, now)
  return { client: made, calls, store }
}

const path = (call) => call.url.slice(HOST.length)
const failing = (code) => (error) => error instanceof Failure && error.code === code

describe('public reading', () => {
  it('needs no login and sends a timeout', async () => {
    const { client: one, calls } = client(() => [200, { items: [] }])
    assert.deepEqual(await one.read('/divisions'), { value: { items: [] }, copied: null })
    assert.equal(calls.length, 1)
    assert.equal(path(calls[0]), '/api/v1/divisions')
    assert.equal(calls[0].headers.Authorization, undefined)
    assert.ok(calls[0].timeout > 0 && calls[0].timeout <= 15_000)
  })

  it('takes the address of the next page as the server gives it', async () => {
    const { client: one, calls } = client(() => [200, {}])
    await one.read('/api/v1/publications?before=7')
    assert.equal(path(calls[0]), '/api/v1/publications?before=7')
  })

  it('shows the last copy with its time when there is no network', async () => {
    let time = 1000
    const { client: one } = client(
      (_call, count) => {
        if (count > 1) throw fromNetwork('request:fail')
        return [200, { items: [1] }]
      },
      { now: () => time },
    )
    await one.read('/divisions')
    time = 9000
    assert.deepEqual(await one.read('/divisions'), { value: { items: [1] }, copied: 1000 })
  })

  it('shows the last copy when the server is being mended', async () => {
    const { client: one } = client((_call, count) => (count > 1 ? [503, ''] : [200, { a: 1 }]))
    await one.read('/x')
    assert.deepEqual(await one.read('/x'), { value: { a: 1 }, copied: 0 })
  })

  it('does not show a copy of what was taken down, ever again', async () => {
    const answers = [[200, { a: 1 }], [404, { detail: '没有这一份。' }], [503, '']]
    const { client: one } = client((_call, count) => answers[count - 1])
    await one.read('/x')
    await assert.rejects(one.read('/x'), { sentence: '没有这一份。', status: 404 })
    await assert.rejects(one.read('/x'), failing('unavailable'))
  })

  it('keeps a copy that the server has said nothing against', async () => {
    const answers = [[200, { a: 1 }], [400, {}], [503, '']]
    const { client: one } = client((_call, count) => answers[count - 1])
    await one.read('/x')
    await assert.rejects(one.read('/x'), failing('bad_request'))
    assert.deepEqual((await one.read('/x')).value, { a: 1 })
  })

  it('does not show a copy that is older than a fortnight', async () => {
    let time = 0
    const { client: one } = client(
      (_call, count) => (count > 1 ? [503, ''] : [200, { a: 1 }]),
      { now: () => time },
    )
    await one.read('/x')
    time = 15 * 86_400_000
    await assert.rejects(one.read('/x'), failing('unavailable'))
  })

  it('keeps forty copies and no large one', async () => {
    const { client: one, store } = client((call) =>
      path(call).endsWith('large') ? [200, { text: 'x'.repeat(300_000) }] : [200, { a: 1 }],
    )
    for (let number = 0; number < 45; number++) await one.read(`/${number}`)
    await one.read('/large')
    const copies = [...store.kept.keys()].filter((key) => key.startsWith('copy:'))
    assert.equal(copies.length, 40)
    assert.ok(!copies.includes('copy:/api/v1/0') && copies.includes('copy:/api/v1/44'))
    assert.ok(!copies.includes('copy:/api/v1/large'))
  })

  it('reads on when the phone has no room for copies', async () => {
    const store = { ...memory(), set: () => { throw new Error('exceed storage max size') } }
    const { client: one } = client(() => [200, { a: 1 }], { store })
    assert.deepEqual((await one.read('/x')).value, { a: 1 })
  })

  it('says when an answer is no answer', async () => {
    const { client: one } = client(() => [200, '<html>'])
    await assert.rejects(one.read('/x'), failing('garbled'))
  })
})

describe('personal calls', () => {
  const session = (token) => [200, { token, expires: '', me: {} }]

  it('log in silently, once for many calls at the same time', async () => {
    const { client: one, calls } = client((call) =>
      path(call) === '/wxapi/v1/login' ? session('t1') : [200, { ok: true }],
    )
    await Promise.all([one.ask('GET', '/me'), one.ask('GET', '/questions')])
    assert.deepEqual(calls.map(path).sort(), [
      '/wxapi/v1/login', '/wxapi/v1/me', '/wxapi/v1/questions',
    ])
    assert.deepEqual(calls[0].body, { code: 'code1' })
    assert.equal(calls[1].headers.Authorization, 'Bearer t1')
  })

  it('log in again once when the token has ended, and send the same body', async () => {
    let logins = 0
    const { client: one, calls } = client((call) => {
      if (path(call) === '/wxapi/v1/login') return session(`t${++logins}`)
      return call.headers.Authorization === 'Bearer t2' ? [200, { ok: true }] : [401, {}]
    })
    assert.deepEqual(await one.ask('POST', '/questions', { key: 'k' }), { ok: true })
    assert.equal(logins, 2)
    assert.deepEqual(calls.at(-1).body, { key: 'k' })
  })

  it('give up after one new login', async () => {
    const { client: one, calls } = client((call) =>
      path(call) === '/wxapi/v1/login' ? session('t') : [401, { error: { code: 'no', message: '不行。' } }],
    )
    await assert.rejects(one.ask('GET', '/me'), { sentence: '不行。', status: 401 })
    assert.equal(calls.length, 4)
  })

  it('never throw away a token that another call has just fetched', async () => {
    let logins = 0
    let release
    const held = new Promise((resolve) => { release = resolve })
    const { client: one } = client(async (call) => {
      if (path(call) === '/wxapi/v1/login') return session(`t${++logins}`)
      if (call.headers.Authorization === 'Bearer t1') {
        if (path(call) === '/wxapi/v1/slow') await held
        return [401, {}]
      }
      return [200, { ok: true }]
    })
    const slow = one.ask('GET', '/slow')
    await one.ask('GET', '/me')
    release()
    await slow
    assert.equal(logins, 2)
  })

  it('do not log in by themselves after the person has logged out', async () => {
    const { client: one, calls, store } = client((call) =>
      path(call) === '/wxapi/v1/login' ? session('t') : [200, {}],
    )
    await one.ask('GET', '/me')
    await one.leave()
    assert.equal(path(calls.at(-1)), '/wxapi/v1/logout')
    assert.equal(store.kept.has('token'), false)
    await assert.rejects(one.ask('GET', '/me'), failing('left'))
    await one.enter()
    await one.ask('GET', '/me')
  })

  it('forget the token even if logging out does not reach the server', async () => {
    const { client: one, store } = client((call) => {
      if (path(call) === '/wxapi/v1/login') return session('t')
      throw fromNetwork('request:fail')
    })
    store.set('token', 't')
    await assert.rejects(one.leave(), failing('network'))
    assert.equal(store.kept.has('token'), false)
  })

  it('leave no copy behind', async () => {
    const { client: one, store } = client((call) =>
      path(call) === '/wxapi/v1/login' ? session('t') : [200, { phone: '138****1234' }],
    )
    await one.ask('GET', '/me')
    assert.deepEqual([...store.kept.keys()], ['token'])
  })

  it('send a picture as the bytes it is', async () => {
    const { client: one, calls } = client((call) =>
      path(call) === '/wxapi/v1/login' ? session('t') : [200, { picture: 1 }],
    )
    await one.ask('POST', '/pictures', new Uint8Array([0x89, 0x50]).buffer)
    assert.equal(calls.at(-1).headers['Content-Type'], 'image/png')
    await one.ask('POST', '/pictures', new Uint8Array([0xff, 0xd8]).buffer)
    assert.equal(calls.at(-1).headers['Content-Type'], 'image/jpeg')
  })
})

describe('calls of officials', () => {
  const server = (isBound) => (call) => {
    if (path(call) === '/wxapi/v1/login') return [200, { token: 'villager', me: {} }]
    if (path(call) === '/wxapi/v1/official/bind') return [200, { token: 'official', me: {} }]
    if (path(call) === '/wxapi/v1/official/login') {
      return isBound
        ? [200, { token: 'official', me: {} }]
        : [403, { error: { code: 'not_bound', message: '没有绑定。' } }]
    }
    return call.headers.Authorization === 'Bearer official' ? [200, { duties: [] }] : [401, {}]
  }

  it('use the token of the binding', async () => {
    const { client: one, calls } = client(server(true))
    await one.bind('482913')
    await one.work('GET', '/todo')
    assert.equal(calls.at(-1).headers.Authorization, 'Bearer official')
    assert.deepEqual(calls.map(path), [
      '/wxapi/v1/login', '/wxapi/v1/official/bind', '/wxapi/v1/official/todo',
    ])
  })

  it('log in again when the hours are over, as long as the telephone is bound', async () => {
    const { client: one, calls, store } = client(server(true))
    store.set('desk-token', 'ended')
    await one.work('GET', '/todo')
    assert.deepEqual(calls.map(path), [
      '/wxapi/v1/official/todo', '/wxapi/v1/official/login', '/wxapi/v1/official/todo',
    ])
  })

  it('ask for the code when it is not', async () => {
    const { client: one } = client(server(false))
    await assert.rejects(one.work('GET', '/todo'), failing('unbound'))
  })

  it('never carry the token of a villager, nor end with it', async () => {
    const { client: one, calls, store } = client(server(true))
    await one.ask('GET', '/official/login')
    await one.work('GET', '/todo')
    await one.leaveDesk()
    assert.equal(calls.at(-1).headers.Authorization, 'Bearer official')
    assert.equal(store.get('token'), 'villager')
    await assert.rejects(one.work('GET', '/todo'), failing('left'))
    one.enterDesk()
    await one.work('GET', '/todo')
  })

  it('end when the villager logs out', async () => {
    const { client: one, store } = client(server(true))
    await one.bind('482913')
    await one.leave()
    assert.deepEqual([store.get('token'), store.get('desk-token')], ['', ''])
  })
})

describe('failures', () => {
  const { fromAnswer, sentence } = load('lib/failure')

  it('are told in the words of the server where it has some', () => {
    const failure = fromAnswer(422, {
      error: { code: 'text', message: '请写下问题。', fields: { text: '不能为空。' } },
    })
    assert.equal(failure.sentence, '请写下问题。')
    assert.deepEqual(failure.fields, { text: '不能为空。' })
    assert.equal(fromAnswer(400, { detail: '“limit”应为整数。' }).sentence, '“limit”应为整数。')
  })

  it('are a Chinese sentence for every status and for what nobody expects', () => {
    for (const status of [400, 401, 403, 404, 409, 410, 413, 418, 422, 429, 500, 502, 503]) {
      assert.match(fromAnswer(status, '<html>').sentence, /^[\u4e00-\u9fff，]+。$/)
    }
    for (const said of ['request:fail timeout', 'request:fail interrupted', 'request:fail', '']) {
      assert.match(fromNetwork(said).sentence, /^[\u4e00-\u9fff，]+。$/)
    }
    assert.match(sentence(new TypeError('x is undefined')), /^[\u4e00-\u9fff，]+。$/)
  })
})
