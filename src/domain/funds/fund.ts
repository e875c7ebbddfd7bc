/**
 * Fund 楼道维修基金: what neighbours pay together for their own stairwell, building or lane, and where it went. Wuse
 * keeps the account and never the money: no number of an account, no code to pay by. Sums are whole cents 分.
 */
import * as v from 'valibot'
import { choice, day, flag, id, list, maybe, text, whole } from '../field.ts'

const hash = v.pipe(v.string('wrong-shape'), v.regex(/^[0-9a-f]{64}$/, 'wrong-shape'))

export const fundSchema = v.looseObject({
  /** What for: 楼道灯改造. */
  name: text(40),
  /** Whose doors, as the page and the sheet call them: 清风阳光苑 3幢1单元. */
  where: text(60),
  /** Where it is of one building: it then goes along with that. */
  building: maybe(id),
  unit: maybe(text(4)),
  what: maybe(text(400)),
  /** How the neighbours agreed to it, and when. */
  agreed: maybe(text(200)),
  /** The topic under which they were asked. */
  topic: maybe(id),
  openedOn: day,
  /** Nothing counts any more from here on; the office may open it again. */
  closedOn: maybe(day),
  /** SHA-256 of the code that opens the page of these doors; the code itself stands on paper alone. */
  page: maybe(hash),
  /** When that code was made: it is told from the ones before, which it ended. */
  pageOn: maybe(day),
})
export type Fund = v.InferOutput<typeof fundSchema>

/** 认捐, 收到, 支出, 退还, 冲正. */
export const entryKinds = ['pledged', 'received', 'spent', 'returned', 'corrected'] as const
export type EntryKind = (typeof entryKinds)[number]

/** A hundred million yuan: sums of as many entries as anybody makes stay whole. */
export const mostCents = 10_000_000_000
/** As many photographs as one form takes. */
export const mostVouchers = 9

const neededBy: Readonly<Record<EntryKind, 'payee' | 'giver' | 'reverses'>> = {
  pledged: 'giver',
  received: 'giver',
  spent: 'payee',
  returned: 'giver',
  corrected: 'reverses',
}

/** An entry 账目: written once. What is wrong is taken back by one that reverses it. */
export const fundEntrySchema = v.pipe(
  v.looseObject({
    fund: id,
    entryKind: choice(entryKinds),
    cents: whole(1, mostCents),
    on: day,
    /** What it was for, or why it is taken back. */
    what: maybe(text(80)),
    /** Who was paid. */
    payee: maybe(text(60)),
    /** Who gave or gets it back, as everybody reads it: 三楼一户. Never a name. */
    giver: maybe(text(30)),
    /** Whose door that is. */
    door: maybe(id),
    /** SHA-256 of the photographs of its vouchers. */
    vouchers: maybe(list(hash, mostVouchers)),
    /** The entry that this one takes back, whole. */
    reverses: maybe(id),
  }),
  v.forward(
    v.partialCheck(
      [['entryKind'], ['payee']],
      ({ entryKind, payee }) => neededBy[entryKind] !== 'payee' || !!payee,
      'required',
    ),
    ['payee'],
  ),
  v.forward(
    v.partialCheck(
      [['entryKind'], ['giver']],
      ({ entryKind, giver }) => neededBy[entryKind] !== 'giver' || !!giver,
      'required',
    ),
    ['giver'],
  ),
  v.forward(
    v.partialCheck(
      [['entryKind'], ['reverses']],
      ({ entryKind, reverses }) => (neededBy[entryKind] === 'reverses') === !!reverses,
      'required',
    ),
    ['reverses'],
  ),
)
export type FundEntry = v.InferOutput<typeof fundEntrySchema>

/** 同意, 不同意, 撤回. */
export const checkWords = ['agree', 'object', 'withdraw'] as const
export type CheckWord = (typeof checkWords)[number]

/** Why a word about an entry changed nothing. */
export const idleReasons = [
  /** Somebody was faster. */
  'counted-already',
  'objected-already',
  'withdrawn-already',
  /** What it takes back does not count, or was taken back before. */
  'nothing-to-reverse',
  'reversed-already',
  'fund-closed',
] as const
export type IdleReason = (typeof idleReasons)[number]

/** What a second account, or the entry's own author, says about an entry. */
export const fundCheckSchema = v.looseObject({
  entry: id,
  says: choice(checkWords),
  words: maybe(text(200)),
  // What the server found; refused from a device.
  moved: maybe(flag),
  why: maybe(choice(idleReasons)),
  /** The entry's place in the account, and the hash over it and all before it. */
  no: maybe(whole(1, 1_000_000)),
  previous: maybe(hash),
  hash: maybe(hash),
})
export type FundCheck = v.InferOutput<typeof fundCheckSchema>

/** Fields of a check that are the server's word alone. */
export const foundFields = ['moved', 'why', 'no', 'previous', 'hash'] as const

/** Who gave, apart from the account, so that it can go without touching that. */
export const fundGiverSchema = v.looseObject({
  entry: id,
  resident: maybe(id),
  /** Shown on the page because the person agreed to it; null again once they do not. */
  name: maybe(text(40)),
})
export type FundGiver = v.InferOutput<typeof fundGiverSchema>
