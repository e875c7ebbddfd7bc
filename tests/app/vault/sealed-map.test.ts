import { expect, it } from 'vitest'
import { databaseName } from '#app/vault/schema.ts'
import {
  account,
  changeOf,
  createFactory,
  idOf,
  mutationOf,
  openRaw,
  openTestVault,
  pageOf,
  putRow,
  rawDump,
  recordOf,
  rowsOf,
} from './open-test-vault.ts'

it('keeps drafts and notes over a restart, and the later value of two', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  const draft = { name: '样本李四', phones: ['100 1234 5678'], nothing: null }
  await Promise.all([
    vault.setDraft('resident/new', { name: 'x'.repeat(200_000) }), // takes longer to seal
    vault.setDraft('resident/new', draft),
    vault.setDraft('visit/1', 'a'),
    vault.removeDraft('visit/1'),
    vault.setDraft('visit/2', 'b'),
    vault.setNote('grid', idOf(7)),
    vault.setNote('none', undefined),
  ])
  vault.close()
  const again = await openTestVault(factory)
  expect([...(await again.drafts())].sort()).toEqual([
    ['resident/new', draft],
    ['visit/2', 'b'],
  ])
  expect(await again.note('grid')).toBe(idOf(7))
  expect(await again.note('none')).toBeUndefined()
  expect(await again.note('resident/new')).toBeUndefined()
  await again.removeDraft('resident/new')
  expect([...(await again.drafts()).keys()]).toEqual(['visit/2'])
})

it('goes on after a value that could not be written', async () => {
  const vault = await openTestVault(createFactory())
  const ring: { self?: unknown } = {}
  ring.self = ring
  const failed = vault.setDraft('a', ring)
  const next = vault.setDraft('a', 1)
  await expect(failed).rejects.toMatchObject({ reason: 'storage' })
  await next
  expect((await vault.drafts()).get('a')).toBe(1)
})

it('takes a draft that was changed or moved for none', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  await vault.setDraft('a', 'first')
  await vault.setDraft('b', 'second')
  const db = await openRaw(factory, databaseName(account))
  const [one, two] = await rowsOf(db, 'drafts')
  await putRow(db, 'drafts', { ...one!, box: two!.box })
  await putRow(db, 'notes', two)
  db.close()
  expect((await vault.drafts()).size).toBe(1)
  expect([await vault.note('a'), await vault.note('b')]).toEqual([undefined, undefined])
})

it('leaves nothing readable about a person on the disk', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  const secrets = [
    '样本王五',
    '200101199001011234',
    '10012345678',
    '样本大厦',
    'secret-key',
    '2001',
  ]
  const fields = { name: '样本王五', documentNumber: '200101199001011234', phones: ['10012345678'] }
  const record = { ...recordOf(1, 1), fields }
  const change = {
    ...changeOf(1, 2),
    fields: { address: [null, '样本大厦'] as [unknown, unknown] },
  }
  await vault.addPages([pageOf(0, 2, { records: [record], changes: [change] })])
  await vault.save([mutationOf(1, { fields }), mutationOf(2, { fields })])
  await vault.settle(
    [
      {
        id: mutationOf(2).id,
        seq: 2,
        ok: false,
        problem: 'invalid-fields',
        fields: [{ field: 'birthDate', problem: 'day-too-early', limit: '2001-02-03' }],
      },
    ],
    5,
  )
  await vault.setDraft('resident/样本王五/secret-key', fields)
  await vault.setNote('scope secret-key', { place: '样本大厦' })
  await vault.compact()

  const dump = await rawDump(factory, databaseName(account))
  expect(dump).toContain(mutationOf(1).id) // it does see what is there
  for (const secret of secrets) expect(dump, secret).not.toContain(secret)
})
