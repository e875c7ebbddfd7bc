/**
 * A vault in memory for deterministic runs: the disk is a value that outlives the vault, each write happens whole or
 * not at all, and a test can cut the power before any of them. `tests/app/vault` tests the real one.
 */
import type { Mutation } from '#protocol/mutation.ts'
import type { Cursor, PageLine } from '#protocol/pull.ts'
import type { Bytes } from '#app/platform/sealing.ts'
import type { ShelvedPhoto } from '#app/vault/photo-shelf.ts'
import { VaultFault, type OutboxEntry, type Vault } from '#app/vault/vault.ts'

export interface Disk {
  pages: PageLine[]
  cursors: Record<string, Cursor>
  outbox: OutboxEntry[]
  /** The server's clock at its answer, by mutation. */
  heardAt: Map<string, number>
  nextSeq: number
  drafts: Map<string, unknown>
  notes: Map<string, unknown>
  photos: Map<string, { photo: ShelvedPhoto; chunks: readonly Bytes[] }>
  /** Pages that the disk does not give any more. */
  unreadable: Set<PageLine>
  /** Streams whose pages the disk gives late, where they are asked for by name. */
  late: Map<string, Promise<void>>
}

export interface MemoryVault extends Vault {
  /** What is written from now on fails so, until it is called with null. */
  failWrites(reason: 'disk-full' | 'storage' | null): void
  /** The power goes before the write after next `count`: that one and all later ones never end. */
  cutPower(count: number): void
}

export function createDisk(): Disk {
  return {
    pages: [],
    cursors: {},
    outbox: [],
    heardAt: new Map(),
    nextSeq: 1,
    drafts: new Map(),
    notes: new Map(),
    photos: new Map(),
    unreadable: new Set(),
    late: new Map(),
  }
}

export function createMemoryVault(account: string, device: string, disk: Disk): MemoryVault {
  let closed = false
  let fault: 'disk-full' | 'storage' | null = null
  let writesLeft = Infinity

  const read = async <T>(get: () => T): Promise<T> => {
    await Promise.resolve()
    if (writesLeft <= 0) return new Promise<never>(() => {})
    if (closed) throw new VaultFault('closed')
    return structuredClone(get())
  }
  const write = async <T>(change: () => T): Promise<T> => {
    await Promise.resolve()
    if (closed) throw new VaultFault('closed')
    if (fault) throw new VaultFault(fault)
    writesLeft -= 1
    if (writesLeft < 0) return new Promise<never>(() => {})
    const result = change()
    await Promise.resolve()
    return result
  }
  const answer = (id: string, change: Partial<OutboxEntry>) => {
    disk.outbox = disk.outbox.map((entry) =>
      entry.mutation.id === id ? { ...entry, ...change } : entry,
    )
  }
  const waiting = () =>
    disk.outbox.filter((entry) => entry.state === 'waiting').map((entry) => entry.mutation)

  return {
    account,
    device,
    async load(onPages, only) {
      const isWanted = ({ stream }: PageLine) => !only || only.includes(stream)
      await Promise.all((only ?? []).map((stream) => disk.late.get(stream) ?? Promise.resolve()))
      const lost = disk.pages.filter((page) => disk.unreadable.has(page) && isWanted(page))
      const damaged = [...new Set(lost.map(({ stream }) => stream))]
      if (damaged.length > 0) {
        await write(() => {
          disk.pages = disk.pages.filter((page) => !lost.includes(page))
          for (const stream of damaged) delete disk.cursors[stream]
        })
      }
      onPages(await read(() => disk.pages.filter(isWanted)))
      return { damaged }
    },
    cursors: () => read(() => disk.cursors),
    streams: () =>
      read(() => [
        ...new Set([...disk.pages.map(({ stream }) => stream), ...Object.keys(disk.cursors)]),
      ]),
    addPages: (pages) =>
      write(() => {
        for (const page of structuredClone(pages)) {
          const { stream, epoch, to } = page
          // Without a cursor nothing of the stream counts any more.
          if (page.reset || !disk.cursors[stream])
            disk.pages = disk.pages.filter((held) => held.stream !== stream)
          disk.pages.push(page)
          const { proof } = page
          disk.cursors[stream] = { epoch, version: to, ...(proof === undefined ? {} : { proof }) }
        }
      }),
    prove: (given) =>
      write(() => {
        for (const [stream, { epoch, version, proof }] of Object.entries(given)) {
          const at = disk.cursors[stream]
          const isHere = at?.epoch === epoch && at.version === version && at.proof === undefined
          if (isHere && proof !== undefined) disk.cursors[stream] = { ...at, proof }
        }
      }),
    dropStream: (stream) =>
      write(() => {
        disk.pages = disk.pages.filter((page) => page.stream !== stream)
        delete disk.cursors[stream]
      }),
    compact: () => write(() => {}),
    save: (mutations) =>
      write(() => {
        const numbered = structuredClone(mutations).map((mutation) => ({
          ...(mutation as Mutation),
          seq: disk.nextSeq++,
        }))
        for (const mutation of numbered) {
          disk.outbox.push({
            mutation,
            state: 'waiting',
            answeredAt: null,
            problem: null,
            fields: [],
          })
        }
        return structuredClone(numbered)
      }),
    outbox: (withDelivered = false) =>
      read(() => disk.outbox.filter((entry) => withDelivered || entry.state !== 'delivered')),
    damagedOutbox: () => Promise.resolve([]),
    giveUpDamaged: () => Promise.resolve(),
    nextWaiting: (limit) =>
      read(() => {
        const all = waiting()
        let end = Math.min(limit, all.length)
        const batch = all[end - 1]?.batch
        while (batch && all[end]?.batch === batch) end++
        return all.slice(0, end)
      }),
    settle: (receipts, at, heardAt = at) =>
      write(() => {
        // The first answer counts, as in the real one.
        const open = new Set(waiting().map(({ id }) => id))
        for (const receipt of receipts) {
          if (!open.has(receipt.id)) continue
          disk.heardAt.set(receipt.id, heardAt)
          if (receipt.ok) answer(receipt.id, { state: 'delivered', answeredAt: at, problem: null })
          else answer(receipt.id, { state: 'refused', answeredAt: at, problem: receipt.problem })
        }
      }),
    giveUp: (mutation) => write(() => answer(mutation, { state: 'delivered' })),
    resend: (fromSeq) =>
      write(() => {
        let count = 0
        disk.outbox = disk.outbox.map((entry) => {
          const { state, problem, mutation } = entry
          if (state !== 'delivered' || problem !== null || mutation.seq < fromSeq) return entry
          count += 1
          return { ...entry, state: 'waiting' as const, answeredAt: null }
        })
        return count
      }),
    renumber: (mutations, from) =>
      write(() => {
        disk.nextSeq = Math.max(disk.nextSeq, from)
        const isMeant = ({ state, mutation }: OutboxEntry) =>
          state === 'waiting' && mutations.includes(mutation.id)
        const moved = disk.outbox.filter(isMeant).map((entry) => ({
          ...entry,
          mutation: { ...entry.mutation, seq: disk.nextSeq++ },
        }))
        disk.outbox = [...disk.outbox.filter((entry) => !isMeant(entry)), ...moved]
      }),
    forgetDelivered: (before, heardBefore = before) =>
      write(() => {
        disk.outbox = disk.outbox.filter(
          ({ mutation, state, answeredAt }) =>
            state !== 'delivered' ||
            (answeredAt ?? 0) >= before ||
            (disk.heardAt.get(mutation.id) ?? 0) >= heardBefore,
        )
      }),
    drafts: () => read(() => disk.drafts),
    setDraft: (key, value) => write(() => void disk.drafts.set(key, structuredClone(value))),
    removeDraft: (key) => write(() => void disk.drafts.delete(key)),
    note: (key) => read(() => disk.notes.get(key)),
    setNote: (key, value) => write(() => void disk.notes.set(key, structuredClone(value))),
    photos: {
      add: (photo, chunks) => write(() => void disk.photos.set(photo.id, { photo, chunks })),
      list: () => read(() => [...disk.photos.values()].map(({ photo }) => photo)),
      chunk: (photo, index) => read(() => disk.photos.get(photo)?.chunks[index] ?? null),
      mark: (ids, state, at) =>
        write(() => {
          for (const id of ids) {
            const held = disk.photos.get(id)
            if (held) disk.photos.set(id, { ...held, photo: { ...held.photo, state, at } })
          }
        }),
      remove: (ids) => write(() => ids.forEach((id) => disk.photos.delete(id))),
      takeFrom: async (other) => {
        if ((await other.list()).length > 0) throw new Error('not in a vault in memory')
      },
    },
    close() {
      closed = true
    },
    failWrites: (reason) => (fault = reason),
    cutPower: (count) => (writesLeft = count),
  }
}
