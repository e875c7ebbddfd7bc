/** What happens in the middle of reading the outbox from the disk. */
import { expect, test } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { createMirror } from '#app/sync/mirror.ts'
import type { Unnumbered, Vault } from '#app/vault/vault.ts'
import { createDisk, createMemoryVault } from '#tests/support/memory-vault.ts'
import { grid, household, resident } from './stories.ts'

const account = '0000000d-0000-7000-8000-000000000001'

const mutation = (number: number): Unnumbered => ({
  id: `0000000e-0000-7000-8000-00000000000${number}`,
  device: account,
  at: '2026-11-23T06:32:00.000Z',
  batch: null,
  stream: grid,
  kind: 'resident',
  record: `0000000c-0000-7000-8000-00000000000${number}`,
  op: 'create',
  fields: { household, name: '样本' },
  seen: 0,
})

/** `meanwhile` happens once, after the outbox was read and before it is handed over. */
async function begun(meanwhile: (vault: Vault, mirror: Mirror) => Promise<void>) {
  const vault = createMemoryVault(account, account, createDisk())
  await vault.save([mutation(1)])
  await vault.settle([{ id: mutation(1).id, seq: 1, ok: false, problem: 'invalid-fields' }], 1_000)
  let isFirst = true
  const register = createRegister()
  const mirror = createMirror(
    {
      ...vault,
      async outbox(delivered) {
        const entries = await vault.outbox(delivered)
        if (!isFirst) return entries
        isFirst = false
        await meanwhile(vault, mirror)
        return entries
      },
    },
    register,
    () => {},
  )
  return { mirror, register }
}
type Mirror = ReturnType<typeof createMirror>

test.each(['load', 'loadOutbox'] as const)(
  'what is saved while it is read stays (%s)',
  async (act) => {
    const { mirror, register } = await begun(async (vault, { unsent }) => {
      unsent.saved(await vault.save([mutation(2)]))
    })
    await mirror[act](0)
    expect(mirror.unsent.items().map(({ mutation: { seq }, state }) => [seq, state])).toEqual([
      [1, 'refused'],
      [2, 'waiting'],
    ])
    expect(register.get('resident', mutation(2).record)).toBeDefined()
  },
)

test('what is given up while it is read does not come back', async () => {
  const { mirror, register } = await begun(async (vault, { unsent }) => {
    await vault.giveUp(mutation(1).id)
    unsent.gaveUp(mutation(1).id)
  })
  await mirror.loadOutbox(0)
  expect(mirror.unsent.items()).toEqual([])
  expect(register.get('resident', resident)).toBeUndefined()
})
