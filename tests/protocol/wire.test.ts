import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { auditAnswerSchema, auditRequestSchema } from '#protocol/audit.ts'
import { deviceListSchema, revokeRequestSchema } from '#protocol/device.ts'
import {
  fieldProblemSchema,
  mutationSchema,
  receiptSchema,
  setChangeSchema,
} from '#protocol/mutation.ts'
import { filingAnswerSchema } from '#protocol/filing.ts'
import { historyAnswerSchema } from '#protocol/history.ts'
import { overviewSchema, placeOverviewSchema } from '#protocol/overview.ts'
import { searchAnswerSchema, searchRequestSchema } from '#protocol/search.ts'
import { topicTallySchema } from '#protocol/topics.ts'
import { yearReportSchema } from '#protocol/year-report.ts'
import { groundSchema } from '#protocol/ground.ts'
import {
  accountActSchema,
  addPlaceSchema,
  assignGridSchema,
  changeAccountSchema,
  changePasswordSchema,
  closePlaceSchema,
  handOverSchema,
  journeyLineSchema,
  makeAccountSchema,
  mergeGridsSchema,
  moveBuildingsSchema,
  oneTimeAnswerSchema,
  placeListSchema,
  renamePlaceSchema,
  turnPlaceSchema,
} from '#protocol/places.ts'
import {
  bookListSchema,
  bookWrittenSchema,
  oneTimesAnswerSchema,
  oneTimesSchema,
  takeBackSchema,
  takenBackSchema,
  writeBookSchema,
} from '#protocol/place-book.ts'
import { chunkAnswerSchema, photoStateSchema } from '#protocol/photos.ts'
import { problemSchema, refusalSchema } from '#protocol/problem.ts'
import { pullLineSchema, pullRequestSchema } from '#protocol/pull.ts'
import {
  agreeRequestSchema,
  keepRequestSchema,
  purgeListSchema,
  purgeRequestsSchema,
  purgeVisitsSchema,
  withdrawRequestSchema,
} from '#protocol/purge.ts'
import { pushRequestSchema, pushResponseSchema } from '#protocol/push.ts'
import { rulesPreviewRequestSchema, rulesPreviewSchema } from '#protocol/rules-preview.ts'
import { previewLineSchema, previewRequestSchema } from '#protocol/scheme.ts'
import {
  exchangeAnswerSchema,
  passAnswerSchema,
  passRequestSchema,
  sessionSchema,
  signInRequestSchema,
} from '#protocol/session.ts'
import {
  beginFactorSchema,
  factorBegunSchema,
  factorCodeSchema,
  factorStateSchema,
  recoveryCodesSchema,
} from '#protocol/second-factor.ts'
import {
  unsentContentSchema,
  unsentFileAnswerSchema,
  unsentFileSchema,
} from '#protocol/unsent-file.ts'
import { oldestServed, protocolVersion } from '#protocol/version.ts'
import { beside, besideHashes, besideSince } from './beside-messages.ts'
import { describeSchema } from './describe-schema.ts'

/** The version from which on there is a message of that name; all others were there from the first. */
const since: Readonly<Record<string, number>> = {
  'device-list': 2,
  'revoke-request': 2,
  'unsent-file': 2,
  'unsent-content': 2,
  'unsent-file-answer': 2,
  'scheme-preview-request': 2,
  'scheme-preview-answer': 2,
  overview: 2,
  'place-overview': 2,
  'audit-request': 2,
  'audit-answer': 2,
  grounds: 2,
  'place-list': 2,
  'add-place': 2,
  'rename-place': 2,
  'close-place': 2,
  'assign-grid': 2,
  'move-buildings': 2,
  'merge-grids': 2,
  'journey-answer': 2,
  'make-account': 2,
  'change-account': 2,
  'account-act': 2,
  'hand-over': 2,
  'one-time-answer': 2,
  'change-password': 2,
  'history-answer': 2,
  'filing-answer': 2,
  'pass-request': 3,
  'pass-answer': 3,
  'exchange-answer': 3,
  'topic-tally': 4,
  'search-request': 4,
  'search-answer': 4,
  'year-report': 3,
  'purge-list': 3,
  'purge-visits': 3,
  'purge-requests': 3,
  'rules-preview-request': 3,
  'rules-preview': 3,
  'purge-keep': 3,
  'purge-agree': 3,
  'purge-withdraw': 3,
  'turn-place': 3,
  'place-book-write': 3,
  'place-book-written': 3,
  'place-books': 3,
  'place-book-take-back': 3,
  'place-book-taken-back': 3,
  'one-times': 3,
  'one-times-answer': 3,
  'photo-state': 3,
  'photo-chunk': 3,
}

const messages = {
  'sign-in-request': signInRequestSchema,
  session: sessionSchema,
  'pass-request': passRequestSchema,
  'pass-answer': passAnswerSchema,
  'exchange-answer': exchangeAnswerSchema,
  refusal: refusalSchema,
  'push-request': pushRequestSchema,
  'push-response': pushResponseSchema,
  'pull-request': pullRequestSchema,
  'pull-answer': v.array(pullLineSchema),
  'device-list': deviceListSchema,
  'revoke-request': revokeRequestSchema,
  'unsent-file': unsentFileSchema,
  'unsent-content': unsentContentSchema,
  'unsent-file-answer': unsentFileAnswerSchema,
  'scheme-preview-request': previewRequestSchema,
  'scheme-preview-answer': v.array(previewLineSchema),
  overview: overviewSchema,
  'topic-tally': topicTallySchema,
  'search-request': searchRequestSchema,
  'search-answer': searchAnswerSchema,
  'year-report': yearReportSchema,
  'place-overview': placeOverviewSchema,
  'audit-request': auditRequestSchema,
  'audit-answer': auditAnswerSchema,
  grounds: v.array(groundSchema),
  'place-list': placeListSchema,
  'add-place': addPlaceSchema,
  'rename-place': renamePlaceSchema,
  'close-place': closePlaceSchema,
  'assign-grid': assignGridSchema,
  'move-buildings': moveBuildingsSchema,
  'merge-grids': mergeGridsSchema,
  'journey-answer': v.array(journeyLineSchema),
  'make-account': makeAccountSchema,
  'change-account': changeAccountSchema,
  'account-act': accountActSchema,
  'hand-over': handOverSchema,
  'one-time-answer': oneTimeAnswerSchema,
  'change-password': changePasswordSchema,
  'history-answer': historyAnswerSchema,
  'filing-answer': filingAnswerSchema,
  'purge-list': purgeListSchema,
  'purge-visits': purgeVisitsSchema,
  'purge-requests': purgeRequestsSchema,
  'rules-preview-request': rulesPreviewRequestSchema,
  'rules-preview': rulesPreviewSchema,
  'purge-keep': keepRequestSchema,
  'purge-agree': agreeRequestSchema,
  'purge-withdraw': withdrawRequestSchema,
  'turn-place': turnPlaceSchema,
  'place-book-write': writeBookSchema,
  'place-book-written': bookWrittenSchema,
  'place-books': bookListSchema,
  'place-book-take-back': takeBackSchema,
  'place-book-taken-back': takenBackSchema,
  'one-times': oneTimesSchema,
  'one-times-answer': oneTimesAnswerSchema,
  'photo-state': photoStateSchema,
  'photo-chunk': chunkAnswerSchema,
}

/** What travels inside a message but is checked by itself. */
const parts = {
  'factor-state': factorStateSchema,
  'begin-factor': beginFactorSchema,
  'factor-begun': factorBegunSchema,
  'factor-code': factorCodeSchema,
  'recovery-codes': recoveryCodesSchema,
  mutation: mutationSchema,
  receipt: receiptSchema,
  setChange: setChangeSchema,
  fieldProblem: fieldProblemSchema,
  problem: problemSchema,
}

/**
 * One line for each version. A released line is never edited: a message that changes raises `protocolVersion` and gets
 * a line of its own, and golden examples of its own.
 */
const hashes: Readonly<Record<number, string>> = {
  1: '5313625f4561dcd68c3c13d8b732488d68703a6c3debd9da87c2a411e9512daf',
  2: '85759b878ed026eb908658cd19b526ce8581cc7899570dc1cf146a73e8d7aad3',
  3: '592beaabe3d3bfe557d711ca8a9cce08afb81e4efe87f4969cfe7ec4fb84ea43',
  4: 'cb63b05490c3fcdc92438e7c7d49c42a34ee444d05f1838b1a0bce08819f1a73',
}

const hash = (schemas: Readonly<Record<string, v.GenericSchema>>) =>
  createHash('sha256')
    .update(
      JSON.stringify(
        Object.entries(schemas).map(([name, schema]) => [name, describeSchema(schema)]),
      ),
    )
    .digest('hex')

describe('the messages', () => {
  it('change only with the version', () => {
    expect(hash({ ...messages, ...parts })).toBe(hashes[protocolVersion])
    expect(hash(beside)).toBe(besideHashes[protocolVersion])
  })

  it('would not keep their hash through any change', () => {
    const base = v.object({ a: v.string(), b: v.optional(v.picklist(['x', 'y'])) })
    const changed: v.GenericSchema[] = [
      v.looseObject(base.entries),
      v.object({ a: v.string() }),
      v.object({ ...base.entries, c: v.string() }),
      v.object({ ...base.entries, a: v.number() }),
      v.object({ ...base.entries, a: v.pipe(v.string(), v.uuid()) }),
      v.object({ ...base.entries, a: v.pipe(v.string(), v.maxLength(5)) }),
      v.object({ ...base.entries, a: v.pipe(v.string(), v.maxLength(6)) }),
      v.object({ ...base.entries, a: v.nullable(v.string()) }),
      v.object({ ...base.entries, b: v.picklist(['x', 'y']) }),
      v.object({ ...base.entries, b: v.optional(v.picklist(['x', 'y', 'z'])) }),
      v.object({ ...base.entries, a: v.array(v.string()) }),
      v.object({ ...base.entries, a: v.array(v.number()) }),
      v.object({ ...base.entries, a: v.record(v.string(), v.number()) }),
      v.object({ ...base.entries, a: v.record(v.string(), v.string()) }),
      v.object({ ...base.entries, a: v.literal(1) }),
      v.object({ ...base.entries, a: v.literal(2) }),
      v.object({ ...base.entries, a: v.tuple([v.string()]) }),
      v.object({ ...base.entries, a: v.tuple([v.string(), v.string()]) }),
      v.object({ ...base.entries, a: v.union([v.string(), v.number()]) }),
      v.object({ ...base.entries, a: v.variant('k', [v.object({ k: v.literal(1) })]) }),
      v.object({ ...base.entries, a: v.variant('k', [v.object({ k: v.literal(2) })]) }),
    ]
    const all = [base, ...changed].map((schema) => hash({ schema }))
    expect(new Set(all).size).toBe(all.length)
    const turned = v.object({ b: base.entries.b, a: base.entries.a })
    expect(hash({ schema: turned })).toBe(all[0])
  })
})

describe('golden messages', () => {
  const folder = new URL('golden/', import.meta.url)
  const files = readdirSync(folder)

  const versions = Array.from(
    { length: protocolVersion - oldestServed + 1 },
    (_, index) => oldestServed + index,
  )

  it('are there for each message of each version still served', () => {
    expect(versions.length).toBeGreaterThan(0)
    expect([...files].sort()).toEqual(
      versions
        .flatMap((version) =>
          Object.keys({ ...messages, ...beside })
            .filter((name) => (({ ...since, ...besideSince })[name] ?? 1) <= version)
            .map((name) => `v${version}-${name}.json`),
        )
        .sort(),
    )
  })

  it.each(files)('%s is understood, whole', (file) => {
    const golden = read(file)
    expect(v.parse(schemaOf(file), golden)).toEqual(golden)
  })

  it.each(files)(
    '%s with more fields from a newer peer is understood, and they survive',
    (file) => {
      const newer = withMore(read(file))
      const understood = v.parse(schemaOf(file), newer)
      expect(JSON.stringify(understood)).toContain('"ofANewerVersion"')
      expect(understood).toEqual(newer)
    },
  )

  it('hold mutations that are mutations, and set changes that are set changes', () => {
    const { mutations } = v.parse(pushRequestSchema, read('v1-push-request.json'))
    expect(mutations.map((mutation) => v.parse(mutationSchema, mutation).op)).toEqual([
      'create',
      'patch',
      'remove',
    ])
    for (const mutation of mutations) {
      expect(v.parse(mutationSchema, mutation)).toEqual(mutation)
    }
    const { phones, tags } = v.parse(mutationSchema, mutations[1]).fields
    for (const change of [phones, tags]) expect(v.parse(setChangeSchema, change)).toEqual(change)
  })

  function read(file: string): unknown {
    return JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  }
  function schemaOf(file: string): v.GenericSchema {
    const name = file.replace(/^v\d+-/, '').replace('.json', '') as keyof typeof messages
    return { ...messages, ...beside }[name]
  }
  /** A field more in the message itself, or in each of its lines. */
  function withMore(message: unknown): unknown {
    return Array.isArray(message)
      ? message.map(withMore)
      : { ...(message as object), ofANewerVersion: { deep: [1] } }
  }
})

describe('broken messages', () => {
  const mutation = {
    id: '0190f5c6-0000-7000-8000-000000000101',
    device: '0190f5c6-0000-7000-8000-0000000000d1',
    seq: 1,
    at: '2026-11-23T06:30:00.000Z',
    batch: null,
    stream: '0190f5c6-0000-7000-8000-0000000000c1',
    kind: 'resident',
    record: '0190f5c6-0000-7000-8000-0000000000e1',
    op: 'patch',
    fields: {},
    seen: 0,
  }

  it.each([
    ['id', 'x'],
    ['seq', 0],
    ['seq', 1.5],
    ['at', 'yesterday'],
    ['batch', undefined],
    ['batchSize', 0],
    ['batchSize', 101],
    ['kind', 'colours'],
    ['op', 'upsert'],
    ['fields', null],
    ['fields', 'x'],
    ['seen', -1],
    ['stream', null],
  ])('a mutation with %s %j is none', (field, value) => {
    expect(v.safeParse(mutationSchema, mutation).success).toBe(true)
    expect(v.safeParse(mutationSchema, { ...mutation, [field]: value }).success).toBe(false)
  })

  it('a push has no more than 500 mutations, whatever they are', () => {
    const push = (count: number) => ({
      protocol: 1,
      device: mutation.device,
      sentAt: mutation.at,
      mutations: Array.from({ length: count }, () => 'anything'),
    })
    expect(v.safeParse(pushRequestSchema, push(500)).success).toBe(true)
    expect(v.safeParse(pushRequestSchema, push(501)).success).toBe(false)
  })

  it('a line of an unknown type is none', () => {
    expect(v.safeParse(pullLineSchema, { type: 'poem' }).success).toBe(false)
    expect(v.safeParse(pullLineSchema, { type: 'page' }).success).toBe(false)
    expect(v.safeParse(pullLineSchema, null).success).toBe(false)
  })
})
