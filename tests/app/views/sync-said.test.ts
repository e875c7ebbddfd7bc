import { expect, it } from 'vitest'
import { syncSaid, type SyncStatus } from '#app/views/sync-said.ts'
import type { UnsentItem } from '#app/views/unsent.ts'

const item = (state: UnsentItem['state']) => ({ state }) as UnsentItem
const said = (part: Partial<SyncStatus>) =>
  syncSaid({
    phase: 'up-to-date',
    unsent: [],
    lastSync: '2026-11-23T01:00:00.000Z',
    problem: null,
    damage: { pages: false, work: 0 },
    skew: null,
    heard: null,
    ...part,
  })

it('calls a session that ended no lack of network', () => {
  expect(said({ phase: 'offline', problem: 'session-ended' })).toEqual({ is: 'signed-out' })
  expect(said({ phase: 'offline', problem: 'not-signed-in' })).toEqual({ is: 'signed-out' })
  expect(said({ phase: 'offline', problem: 'offline', unsent: [item('waiting')] })).toEqual({
    is: 'offline',
    unsent: 1,
  })
})

it('counts of what needs attention the refused and the unreadable, not what waits', () => {
  const unsent = [item('refused'), item('waiting'), item('refused')]
  expect(said({ phase: 'attention', unsent, damage: { pages: false, work: 3 } })).toEqual({
    is: 'attention',
    count: 5,
  })
  expect(said({ phase: 'sending', unsent })).toEqual({ is: 'sending', unsent: 3 })
})

it('has a moment only once the server has answered', () => {
  expect(said({})).toEqual({ is: 'up-to-date', at: '2026-11-23T01:00:00.000Z' })
  expect(said({ lastSync: null })).toEqual({ is: 'never-synced' })
})
