/** Saving: durable first, then on screen, then on its way. */
import type { Role } from '#domain/account.ts'
import { idBornIn } from '#domain/born-ids.ts'
import { instantToDay } from '#domain/day.ts'
import type { RegisterRecord } from '#domain/record.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Clock } from '#app/platform/clock.ts'
import type { Ids } from '#app/platform/ids.ts'
import type { Register } from '#app/register/register.ts'
import type { Sync } from '#app/sync/run-sync.ts'
import { VaultFault, type Vault } from '#app/vault/vault.ts'
import type { Intent, Saved, SaveProblem } from '#app/acts/intent.ts'
import { intentToMutation, inverseOf, type Making, type NewMutation } from './intent-to-mutation.ts'
import type { RevealPurpose } from '#domain/reveal.ts'

/** `not-approved`: the person is a minor, and no standing approval covers whoever looks. */
export type RevealAnswer = 'logged' | 'not-logged' | 'not-approved'

export interface WorkActs {
  /** A batch: all or nothing. Resolves when it is on disk and on screen. */
  save(
    intents: readonly Intent[],
  ): Promise<{ ok: true; saved: Saved } | { ok: false; problem: SaveProblem }>
  /**
   * All on disk or nothing of it, as `save`; but each goes to the server by itself, so that there is no limit to how
   * many they are. What holds them together must be said by the records.
   */
  saveApart(intents: readonly Intent[]): Promise<{ ok: true } | { ok: false; problem: SaveProblem }>
  /** Of a record that is made: in which stream. Without one, of what is no record by itself. */
  newId(stream?: string): string
  /** Logs that a masked value was shown; resolves when the log entry is on disk, or with why nothing may be shown. */
  reveal(subject: string, field: string, purpose: RevealPurpose): Promise<RevealAnswer>
}

/** What is open while somebody works: one account's vault and its sync. */
export interface Desk {
  readonly vault: Vault
  readonly sync: Sync
}

interface Parts {
  readonly clock: Clock
  readonly ids: Ids
  readonly register: Register
  readonly desk: () => Desk | null
  /** Who works; null while nobody does. */
  readonly account: () => { readonly id: string; readonly role: Role } | null
  /** The office's time. */
  readonly now: () => number
  /** The server's last word, by its clock; null before the first. */
  readonly heard: () => number | null
}

type Outcome = Awaited<ReturnType<WorkActs['save']>>

export interface Work extends WorkActs {
  /** Resolves when no save is under way any more. */
  done(): Promise<void>
}

export function createWork({ clock, ids, register, desk, account, now, heard }: Parts): Work {
  /** One save after the other: each one sees on screen, and numbers itself after, what the one before it wrote. */
  let last: Promise<void> = Promise.resolve()
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const turn = last.then(act)
    last = turn.then(
      () => {},
      () => {},
    )
    return turn
  }

  const making = (device: string, several: boolean): Making => ({
    device,
    at: new Date(clock.now()).toISOString(),
    ...heardOf(heard()),
    batch: several ? ids() : null,
    newId: ids,
    streamOf: (kind, id) => register.get(kind, id)?.stream,
  })

  const keep = async (
    { vault, sync }: Desk,
    unnumbered: readonly NewMutation[],
  ): Promise<readonly Mutation[]> => {
    const mutations = await vault.save(unnumbered)
    sync.saved(mutations)
    return mutations
  }

  const save = (intents: readonly Intent[], together = true): Promise<Outcome> =>
    inTurn(async () => {
      const open = desk()
      if (!open) return { ok: false, problem: 'locked' }
      const common = making(open.vault.device, together && intents.length > 1)
      const created = new Map<string, RegisterRecord>()
      const streamOf: Making['streamOf'] = (kind, id) =>
        (register.get(kind, id) ?? created.get(id))?.stream
      const made = intents.flatMap((intent) => {
        const { kind, record: id } = intent
        const now = register.get(kind, id) ?? created.get(id)
        if (intent.op === 'create') {
          const { stream, fields } = intent
          created.set(id, { kind, id, stream, version: 0, fields })
        }
        const mutation = intentToMutation(intent, now, { ...common, streamOf })
        return mutation ? [{ mutation, before: now?.fields ?? {} }] : []
      })
      if (made.length === 0) return { ok: true, saved: nothing }
      const befores = made.map(({ before }) => before)
      try {
        const mutations = await keep(
          open,
          batched(
            made.map(({ mutation }) => mutation),
            common.batch,
          ),
        )
        return { ok: true, saved: savedOf(mutations, befores) }
      } catch (error) {
        return { ok: false, problem: problemOf(error) }
      }
    })

  const savedOf = (
    mutations: readonly Mutation[],
    befores: readonly Readonly<Record<string, unknown>>[],
  ): Saved => {
    let undone: Promise<void> | null = null
    const undo = () =>
      inTurn(async () => {
        const open = desk()
        if (open?.vault.device !== mutations[0]?.device || !open) throw new VaultFault('closed')
        const common = making(open.vault.device, mutations.length > 1)
        const inverses = mutations.map((mutation, index) =>
          inverseOf(mutation, befores[index] ?? {}, common),
        )
        const size = sizeOf(common.batch, inverses.length)
        await keep(
          open,
          inverses.reverse().map((inverse) => ({ ...inverse, ...size })),
        )
      })
    return {
      undo: () =>
        (undone ??= undo().catch((error: unknown) => {
          undone = null // a second tap may try again
          throw error
        })),
    }
  }

  return {
    save: (intents) => save(intents),
    async saveApart(intents) {
      const outcome = await save(intents, false)
      return outcome.ok ? { ok: true } : outcome
    },
    done: () => last,
    newId: (stream) => (stream === undefined ? ids() : idBornIn(stream, ids())),
    async reveal(subject, field, purpose) {
      const stream = streamOf(register, subject)
      if (!stream) return 'not-logged'
      const at = new Date(now()).toISOString()
      const withheld = await import('./withheld.ts').catch(() => null)
      if (withheld === null) return 'not-logged'
      if (
        withheld.isWithheld(register, account(), { subject, stream, field, on: instantToDay(at) })
      ) {
        return 'not-approved'
      }
      const fields = { subject, field, purpose, at }
      const record = idBornIn(stream, ids())
      const outcome = await save([{ op: 'create', kind: 'reveal', record, stream, fields }])
      return outcome.ok ? 'logged' : 'not-logged'
    },
  }
}

/** A photograph goes by itself: whatever became of it, nothing that was written waits for it or falls with it. */
function batched(made: readonly NewMutation[], whole: string | null): readonly NewMutation[] {
  const isPhoto = ({ kind }: NewMutation) => kind === 'photo' || kind === 'errand-photo'
  const count = made.filter((mutation) => !isPhoto(mutation)).length
  return made.map((mutation) => {
    const batch = isPhoto(mutation) || count < 2 ? null : whole
    return { ...mutation, batch, ...sizeOf(batch, count) }
  })
}

/** Says how many belong together, so that the server knows a batch that was cut on the way. */
function sizeOf(batch: string | null, count: number): { readonly batchSize?: number } {
  return batch === null ? {} : { batchSize: count }
}

/** For the server to tell a clock that was wrong at the act. */
export function heardOf(heard: number | null): { readonly heard?: string } {
  return heard === null ? {} : { heard: new Date(heard).toISOString() }
}

const nothing: Saved = { undo: () => Promise.resolve() }

function problemOf(error: unknown): SaveProblem {
  if (!(error instanceof VaultFault)) throw error
  if (error.reason === 'closed') return 'locked'
  return error.reason === 'disk-full' ? 'disk-full' : 'storage'
}

/** Whose values are masked: residents, and the landlord on a dwelling. */
function streamOf(register: Register, subject: string): string | undefined {
  return (register.get('resident', subject) ?? register.get('dwelling', subject))?.stream
}
