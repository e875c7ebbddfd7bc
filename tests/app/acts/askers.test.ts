/** Who asked, mended on their word; and a complaint that goes to the office, naming no household. */
import { expect, it } from 'vitest'
import { giveCode, mendAsker } from '#app/acts/askers.ts'
import { confineRequest } from '#app/acts/confine-request.ts'
import { uuid } from '../register/grid-of-samples.ts'

const asker = (more: object = {}) =>
  ({ id: uuid(12), stream: uuid(1), fields: { request: uuid(10), ...more } }) as never
const typed = { name: '', phone: '', isTold: false, isCleared: false }
const now = () => Date.parse('2026-11-23T05:00:00.000Z')
const work = { newId: () => uuid(500) }
const hash = (letter: string) => letter.repeat(64)

it('changes what was typed and nothing else', () => {
  expect(mendAsker(asker(), typed)).toBeNull()
  expect(mendAsker(asker(), { ...typed, phone: ' 10012340078 ' })).toMatchObject({
    fields: { telephone: '10012340078' },
  })
  expect(mendAsker(asker({ isToldToUnit: true }), typed)).toMatchObject({
    fields: { isToldToUnit: false },
  })
})

it('clears all of it', () => {
  const cleared = { name: null, telephone: null, resident: null, isToldToUnit: false }
  const intent = mendAsker(asker(), { ...typed, name: '样例', isCleared: true })
  expect(intent?.fields).toEqual(cleared)
})

it('ends the code that stood with the new one, and puts somebody on record where nobody is', () => {
  const request = { id: uuid(10), stream: uuid(1) }
  const had = asker({ tokens: [{ hash: hash('a'), made: '2026-11-20T01:00:00.000Z' }] })
  const { tokens } = giveCode({ work, now }, request, had, hash('b')).fields as {
    readonly tokens: readonly { readonly hash: string; readonly ended?: string | null }[]
  }
  expect(tokens.map((token) => [token.hash, Boolean(token.ended)])).toEqual([
    [hash('a'), true],
    [hash('b'), false],
  ])
  expect(giveCode({ work, now }, request, null, hash('b'))).toMatchObject({
    ...{ op: 'create', kind: 'asker', record: uuid(500), fields: { request: uuid(10) } },
  })
})

it('moves a complaint to the office without its household', () => {
  const item = { id: uuid(40), name: '样例投诉' } as never
  expect(confineRequest(uuid(10), item, uuid(62))).toMatchObject({
    ...{ op: 'patch', record: uuid(10), to: uuid(62) },
    fields: { item: uuid(40), itemName: '样例投诉', site: null, siteKind: null },
  })
})
