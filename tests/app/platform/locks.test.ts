import { afterEach, describe, expect, it, vi } from 'vitest'
import { createLocalTabSpeech, createTabSpeech, type TabSpeech } from '#app/platform/locks.ts'
import { createWebLocks } from './web-locks.ts'

afterEach(() => vi.unstubAllGlobals())

/** Enough turns for messages between threads too. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 20))

const kinds: [string, () => TabSpeech][] = [
  ['in one page', createLocalTabSpeech],
  [
    'by Web Locks and BroadcastChannel',
    () => {
      vi.stubGlobal('navigator', { locks: createWebLocks() })
      return createTabSpeech()
    },
  ],
]

describe.each(kinds)('tabs %s', (_, create) => {
  it('have one leader a name, and the next one when it lets go', async () => {
    const { askToLead } = create()
    const led: string[] = []
    const letGo = ['a', 'b', 'c'].map((tab) => askToLead('account', () => led.push(tab)))
    askToLead('other account', () => led.push('other'))
    expect(led).toEqual([]) // never before the answer is in hand
    await settle()
    expect([...led].sort()).toEqual(['a', 'other'])
    letGo[1]?.() // had not led yet
    letGo[0]?.()
    letGo[0]?.()
    await settle()
    expect([...led].sort()).toEqual(['a', 'c', 'other'])
  })

  it('let a tab take its wish back at once', async () => {
    const { askToLead } = create()
    const led: string[] = []
    askToLead('account', () => led.push('a'))()
    askToLead('account', () => led.push('b'))
    await settle()
    expect(led).toEqual(['b'])
  })

  it('hear each other by name, not themselves, and nothing once closed', async () => {
    const { openChannel } = create()
    const name = `account ${kinds.findIndex(([, kind]) => kind === create)}`
    const heard: [string, unknown][] = []
    const channels = ['a', 'b', 'c'].map((tab) => {
      const channel = openChannel<{ n: number }>(name)
      channel.listen((message) => heard.push([tab, message]))
      return channel
    })
    const stranger = openChannel<{ n: number }>('other')
    stranger.listen((message) => heard.push(['stranger', message]))
    channels[2]?.listen((message) => heard.push(['c again', message]))
    const message = { n: 1 }
    channels[0]?.post(message)
    message.n = 2
    await settle()
    expect([...heard].sort()).toEqual([
      ['b', { n: 1 }],
      ['c again', { n: 1 }],
    ])
    channels[1]?.close()
    channels[2]?.post({ n: 3 })
    await settle()
    expect(heard.slice(2)).toEqual([['a', { n: 3 }]])
    for (const channel of [...channels, stranger]) channel.close()
  })
})

it('are each for themselves where the browser knows neither', async () => {
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('BroadcastChannel', undefined)
  const [one, two] = [createTabSpeech(), createTabSpeech()]
  const led: string[] = []
  one.askToLead('account', () => led.push('one'))
  two.askToLead('account', () => led.push('two'))
  one.openChannel('account').post('x')
  await settle()
  expect(led).toEqual(['one', 'two'])
})
