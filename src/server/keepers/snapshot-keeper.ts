/** Keeps snapshots fresh in the background, one stream at a time: whoever pulls never waits for the making of one. */
import { constants } from 'node:zlib'
import { kinds } from '#domain/record.ts'
import { mayPull } from '#domain/permission.ts'
import type { Db } from '../db/schema.ts'
import {
  findSnapshot,
  makeSnapshot,
  readSnapshotPart,
  streamsWithoutSnapshot,
} from '../db/snapshots.ts'
import type { ScopedStream } from '../db/streams.ts'
import { deflatePart, type DeflatedPart } from './joined-gzip.ts'

export interface SnapshotKeeper {
  /** The stored parts of a stream and up to which version they go; null where there are none that serve. */
  read(
    stream: ScopedStream,
  ): Promise<{ readonly version: number; readonly parts: AsyncGenerator<DeflatedPart> } | null>
  /** Makes a new one of this stream soon. */
  want(stream: string): void
  /** Looks for streams that have none. */
  lookAround(): Promise<void>
  stop(): Promise<void>
}

/** Below it a snapshot saves nothing that anybody feels. */
const leastVersions = 1_000
/** A tail longer than this share of the stream, and a new one is made. */
const longestTail = 0.2
/** Made once and sent many times. */
const level = constants.Z_DEFAULT_COMPRESSION

/** Whoever works with people sees the same kinds; for other roles there is little to send. */
export const snapshotKinds = kinds.filter((kind) => mayPull('worker', kind))

export function createSnapshotKeeper(
  db: Db,
  clock: { now(): number },
  onFault: (error: unknown) => void,
  /** Where another server makes them, it is told which one is missed. */
  { isOurs, tellOthers }: { isOurs(): boolean; tellOthers(stream: string): void } = {
    isOurs: () => true,
    tellOthers: () => undefined,
  },
): SnapshotKeeper {
  const wanted = new Set<string>()
  let stopped = false
  let working: Promise<void> | null = null

  const work = async () => {
    for (let [stream] = wanted; stream !== undefined && !stopped; [stream] = wanted) {
      try {
        await makeSnapshot(db, stream, snapshotKinds, clock.now(), (text) =>
          deflatePart(text, level),
        )
      } catch (error) {
        if (!stopped) onFault(error)
      }
      wanted.delete(stream)
    }
    working = null
  }
  const want = (stream: string) => {
    if (stopped) return
    wanted.add(stream)
    working ??= work()
  }

  const miss = (stream: string) => (isOurs() ? want(stream) : tellOthers(stream))

  async function* partsOf(
    stream: string,
    found: NonNullable<Awaited<ReturnType<typeof findSnapshot>>>,
    first: DeflatedPart,
  ): AsyncGenerator<DeflatedPart> {
    yield first
    for (let part = 1; part < found.parts; part += 1) {
      const next = await readSnapshotPart(db, stream, found, part)
      // Replaced in the middle: the answer is cut short here, and the device goes on from the pages that it has.
      if (!next) throw new Error('the snapshot was replaced')
      yield next
    }
  }

  return {
    async read({ id, epoch, head, floor }) {
      if (head < leastVersions) return null
      const found = await findSnapshot(db, id)
      const serves = found?.epoch === epoch && found.version >= floor && found.version <= head
      if (!serves || head - found.version > Math.max(leastVersions, head * longestTail)) miss(id)
      if (!serves) return null
      const first = await readSnapshotPart(db, id, found, 0)
      return first ? { version: found.version, parts: partsOf(id, found, first) } : null
    },
    want,
    async lookAround() {
      for (const stream of await streamsWithoutSnapshot(db, leastVersions)) want(stream)
    },
    async stop() {
      stopped = true
      await working
    },
  }
}
