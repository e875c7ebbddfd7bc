/** The stage of the push tests: one office for a file, and for each test fresh devices and one settled resident. */
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { RecordRow } from '#server/db/record-row.ts'
import { loadRecords } from '#server/db/records.ts'
import { openOffice, type Device, type Office } from './office.ts'
import { settle, type Home } from './sample.ts'

export interface Grid {
  readonly office: Office
  /** Two grid workers of the same grid; the first has used the numbers 1 to 3. */
  readonly worker: Device
  readonly colleague: Device
  readonly staff: Device
  readonly grid: string
  readonly home: Home
  recordOf(id: string): Promise<RecordRow | undefined>
  headOf(stream: string): Promise<number>
  /** The version that a screen shows now. */
  seenOf(id: string): Promise<number>
  patchResident(
    device: Device,
    fields: Record<string, unknown>,
    seen?: number,
  ): Promise<ReturnType<Device['mutation']>>
}

type Parts = Pick<Grid, 'office' | 'worker' | 'colleague' | 'staff' | 'grid' | 'home'>

export function useGrid(): Grid {
  const parts = {} as { -readonly [K in keyof Parts]: Parts[K] }
  beforeAll(async () => {
    parts.office = await openOffice()
    parts.grid = parts.office.places.grid
  })
  afterAll(() => parts.office.close())
  beforeEach(async () => {
    const { office, grid } = parts
    parts.worker = await office.enter('worker')
    parts.colleague = await office.enter('colleague')
    parts.staff = await office.enter('staff')
    parts.home = await settle(parts.staff, parts.worker, grid, office.ids)
  })

  const recordOf = async (id: string) => {
    const [record] = await loadRecords(parts.office.db, [parts.grid], [id])
    return record
  }
  const seenOf = async (id: string) => (await recordOf(id))?.version ?? 0
  const methods = {
    recordOf,
    seenOf,
    async headOf(stream: string) {
      const row = await parts.office.db
        .selectFrom('stream')
        .select('head')
        .where('id', '=', stream)
        .executeTakeFirstOrThrow()
      return row.head
    },
    async patchResident(device: Device, fields: Record<string, unknown>, seen?: number) {
      return device.mutation({
        stream: parts.grid,
        kind: 'resident',
        record: parts.home.resident,
        op: 'patch',
        fields,
        seen: seen ?? (await seenOf(parts.home.resident)),
      })
    },
  }
  // The parts change from test to test: each look at them is a fresh one.
  return Object.assign(parts, methods)
}
