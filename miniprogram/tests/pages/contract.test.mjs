/** The stub of these tests answers as the server's own documents say, and is asked so too. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DESCRIBED, described, wrongAnswer, wrongBody } from '../support/contract.mjs'
import { ANSWERS, server } from '../support/server.mjs'

const CALLS = Object.keys(ANSWERS).map((call) => call.split(' '))

describe('the stub', () => {
  it('answers as it is described', () => {
    assert.ok(DESCRIBED.includes('/api/v1'))
    for (const [method, path] of CALLS) {
      const token = path.includes('/official/') && !path.endsWith('/bind') ? 'official-token' : 'villager-token'
      const answer = server()({ method, path, token, data: path.endsWith('/bind') ? { code: '482913' } : null })
      assert.equal(answer[0], 200, path)
      assert.equal(wrongAnswer(method, path, answer[1]), '', `${method} ${path}`)
    }
  })

  it('knows no call that the server does not, once both documents are here', () => {
    const isComplete = DESCRIBED.includes('/wxapi/v1')
    const unknown = CALLS.filter(([method, path]) => !described(method, path))
    assert.deepEqual(isComplete ? unknown : [], [])
  })

  it('would notice an answer that is not as described', () => {
    const [, good] = server()({ method: 'GET', path: '/api/v1/categories' })
    assert.equal(wrongAnswer('GET', '/api/v1/categories', good), '')
    const bad = [{ ...good, edition: 3 }, { items: good.items }, { ...good, more: 1 }, { ...good, items: [{ number: '1', name: '' }] }]
    for (const one of bad) assert.notEqual(wrongAnswer('GET', '/api/v1/categories', one), '')
    assert.equal(wrongBody('GET', '/api/v1/categories', undefined), '')
  })
})
