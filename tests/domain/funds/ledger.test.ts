/** The account of a fund: whatever comes in whichever order, its sums are those of what counts, to the cent. */
import { createHash } from 'node:crypto'
import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { chainStart, firstBroken, lineOf, shownHash } from '#domain/funds/chain.ts'
import type { CheckWord, EntryKind, FundEntry } from '#domain/funds/fund.ts'
import { judgeCheck, problemOfReversal } from '#domain/funds/judge.ts'
import { ledgerOf, type HeldCheck, type HeldEntry } from '#domain/funds/ledger.ts'

const fund = '00000000-0000-7000-8000-00000000f001'
const hash = (text: string) => createHash('sha256').update(text).digest('hex')

interface Told {
  readonly entries: HeldEntry[]
  readonly checks: HeldCheck[]
}

function entry(
  id: string,
  by: string,
  kind: EntryKind,
  cents: number,
  reverses?: string,
): HeldEntry {
  const fields: FundEntry = {
    ...{ fund, entryKind: kind, cents, on: '2026-11-23', giver: '三楼一户', payee: '样例店' },
    ...(reverses === undefined ? {} : { reverses }),
  }
  return { id, by, fields }
}

/** As the server does it: false where it refused. */
function say(told: Told, id: string, of: string, says: CheckWord, by: string, isClosed = false) {
  const held = told.entries.find((one) => one.id === of)
  if (!held) return false
  const ledger = ledgerOf(told.entries, told.checks)
  const verdict = judgeCheck(says, by, held, ledger, isClosed)
  if (!verdict.ok) return false
  const no = ledger.counted.length + 1
  const previous = ledger.hash ?? hash(chainStart(fund))
  const place =
    verdict.moved && says === 'agree'
      ? { no, previous, hash: hash(lineOf(previous, no, held, { id, by })) }
      : {}
  const why = verdict.moved ? {} : { why: verdict.why }
  told.checks.push({
    ...{ id, by },
    fields: { entry: of, says, moved: verdict.moved, ...why, ...place },
  })
  return verdict.moved
}

const accounts = ['a', 'b', 'c']
const account = fc.constantFrom(...accounts)
const act = fc.oneof(
  fc.record({
    does: fc.constant('enter' as const),
    by: account,
    kind: fc.constantFrom<EntryKind>('pledged', 'received', 'spent', 'returned'),
    cents: fc.integer({ min: 1, max: 10_000_000_000 }),
  }),
  fc.record({ does: fc.constant('reverse' as const), by: account, of: fc.nat(30) }),
  fc.record({
    does: fc.constant('say' as const),
    by: account,
    of: fc.nat(40),
    says: fc.constantFrom<CheckWord>('agree', 'agree', 'agree', 'object', 'withdraw'),
    isClosed: fc.boolean(),
  }),
)

describe('the sums of a fund', () => {
  it('equal its account to the cent under any order of entries, reversals and clashes', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), fc.infiniteStream(fc.nat()), (acts, chance) => {
        const told: Told = { entries: [], checks: [] }
        /** Reckoned beside it, in another way: what each entry moved when it came to count. */
        const own = { pledged: 0n, received: 0n, spent: 0n, returned: 0n }
        const decided = new Set<string>()
        const reversed = new Set<string>()
        const enter = (made: HeldEntry) => told.entries.push(made)
        for (const [at, one] of acts.entries()) {
          const id = `e${at}`
          if (one.does === 'enter') enter(entry(id, one.by, one.kind, one.cents))
          const of =
            'of' in one ? told.entries[one.of % Math.max(told.entries.length, 1)] : undefined
          if (!of) continue
          if (one.does === 'reverse') {
            const made = entry(id, one.by, 'corrected', of.fields.cents, of.id)
            if (problemOfReversal(made.fields, of) === null) enter(made)
          }
          if (one.does !== 'say') continue
          const isMoved = say(told, `c${at}`, of.id, one.says, one.by, one.isClosed)
          // An entry is decided once, an agreement comes from another account, and none comes after the end.
          const back = told.entries.find((other) => other.id === of.fields.reverses)
          const may =
            !decided.has(of.id) &&
            (one.says === 'withdraw' ? one.by === of.by : one.by !== of.by) &&
            !(one.says === 'agree' && one.isClosed) &&
            !(
              one.says === 'agree' &&
              back &&
              (!decided.has(`${back.id}+`) || reversed.has(back.id))
            )
          expect(isMoved).toBe(may)
          if (!isMoved) continue
          decided.add(of.id)
          if (one.says !== 'agree') continue
          decided.add(`${of.id}+`)
          if (back) reversed.add(back.id)
          const kind = (back ?? of).fields.entryKind as keyof typeof own
          own[kind] += BigInt(of.fields.cents) * (back ? -1n : 1n)
        }
        const ledger = ledgerOf(told.entries, told.checks)
        for (const [kind, sum] of Object.entries(own)) {
          expect(BigInt(ledger.sums[kind as keyof typeof own])).toBe(sum)
          expect(sum >= 0n).toBe(true)
        }
        expect(BigInt(ledger.left)).toBe(own.received - own.spent - own.returned)
        const shuffled = <T>(list: readonly T[]) =>
          list
            .map((value) => ({ value, at: chance.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ value }) => value)
        const again = ledgerOf(shuffled(told.entries), shuffled(told.checks))
        expect(again.sums).toEqual(ledger.sums)
        expect(again.hash).toBe(ledger.hash)
        expect(again.counted).toEqual(ledger.counted)
        expect(ledger.counted.length + ledger.waiting.length + ledger.dropped.length).toBe(
          told.entries.length,
        )
      }),
    )
  })

  it('leave out what waits, what was objected to and what was withdrawn', () => {
    const told: Told = {
      entries: ['x', 'y', 'z'].map((id) => entry(id, 'a', 'received', 100)),
      checks: [],
    }
    expect(say(told, '1', 'x', 'object', 'b')).toBe(true)
    expect(say(told, '2', 'y', 'withdraw', 'a')).toBe(true)
    const { sums, waiting, dropped, hash: end } = ledgerOf(told.entries, told.checks)
    expect(sums.received).toBe(0)
    expect(waiting.map((line) => line.entry.id)).toEqual(['z'])
    expect(dropped.map((line) => [line.entry.id, line.state])).toEqual([
      ['x', 'objected'],
      ['y', 'withdrawn'],
    ])
    expect(end).toBeNull()
  })
})

describe('the chain', () => {
  const whole = () => {
    const told: Told = { entries: [], checks: [] }
    for (const [at, kind] of (['pledged', 'received', 'spent'] as const).entries()) {
      told.entries.push(entry(`e${at}`, 'a', kind, 10_000 * (at + 1)))
      say(told, `c${at}`, `e${at}`, 'agree', 'b')
    }
    return told
  }
  const brokenAt = (told: Told) => firstBroken(fund, ledgerOf(told.entries, told.checks), hash)

  it('holds as it was made', async () => {
    expect(await brokenAt(whole())).toBeNull()
  })

  it('shows the first entry of which anything was changed', async () => {
    const changes: Partial<FundEntry>[] = [
      ...[{ cents: 20_001 }, { on: '2026-11-24' }, { payee: '别家店' }, { giver: '四楼一户' }],
      ...[{ entryKind: 'returned' as const }, { what: '补记' }, { vouchers: ['a'.repeat(64)] }],
      ...[{ door: fund }, { fund: '00000000-0000-7000-8000-00000000f002' }],
    ]
    for (const change of changes) {
      const told = whole()
      told.entries[1] = { ...told.entries[1]!, fields: { ...told.entries[1]!.fields, ...change } }
      expect(await brokenAt(told), JSON.stringify(change)).toBe(2)
    }
    const other = whole()
    other.entries[1] = { ...other.entries[1]!, by: 'c' }
    expect(await brokenAt(other)).toBe(2)
  })

  it('shows an entry that was left out or put in between, and a word that is another’s', async () => {
    const without = whole()
    without.checks.splice(1, 1)
    expect(await brokenAt(without)).toBe(2)
    const twice = whole()
    twice.entries.push(entry('put-in', 'a', 'spent', 5))
    const last = twice.checks.at(-1)!
    twice.checks.push({ ...last, id: 'put-in', fields: { ...last.fields, entry: 'put-in', no: 4 } })
    expect(await brokenAt(twice)).toBe(4)
    const forged = whole()
    forged.checks[2] = { ...forged.checks[2]!, by: 'a' }
    expect(await brokenAt(forged)).toBe(3)
  })

  it('is shown in groups that two people can read to each other', () => {
    expect(shownHash('0123456789abcdef'.repeat(4))).toBe('0123 4567 89ab cdef 0123 4567')
  })
})
