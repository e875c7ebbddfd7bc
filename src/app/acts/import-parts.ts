import type { StoreApi } from 'zustand/vanilla'
import type { Day } from '#domain/day.ts'
import type { Register } from '#app/register/register.ts'
import type { Drafts } from '#app/stores/drafts.ts'
import type { WorkActs } from './work.ts'

/** The parts of a device that an import is made with. */
export interface ImportParts {
  readonly register: Register
  readonly work: WorkActs
  readonly drafts: Drafts
  readonly today: StoreApi<{ readonly day: Day }>
  now(): number
}
