/**
 * What screens may ask of the device, each part by its name: `src/app/create-app.ts` makes the real ones, a test hands over
 * the few that its screen uses.
 */
import type { StoreApi } from 'zustand/vanilla'
import type { Day } from '#domain/day.ts'
import type { MapActs } from './map-acts.ts'
import type { Register } from '#app/register/register.ts'
import type { SyncStatus } from '#app/sync/status.ts'
import type { ImportActs } from './imports.ts'
import type { PhotoActs } from './photos.ts'
import type { SessionActs, SessionState } from '#app/stores/session-state.ts'
import type { SyncActs } from './sync-acts.ts'
import type { OfficeActs } from './office-acts.ts'
import type { WorkActs } from './work.ts'
import type { Drafts } from '#app/stores/drafts.ts'
import type { PreferencesState } from '#app/stores/preferences.ts'
import type { DeviceActs, DeviceState } from '#app/stores/device.ts'

export interface DeviceParts {
  readonly session: StoreApi<SessionState>
  readonly sessionActs: SessionActs
  readonly sync: StoreApi<SyncStatus>
  readonly syncActs: SyncActs
  readonly officeActs: OfficeActs
  readonly mapActs: MapActs
  readonly register: Register
  readonly work: WorkActs
  readonly drafts: Drafts
  readonly preferences: StoreApi<PreferencesState>
  readonly device: StoreApi<DeviceState>
  readonly deviceActs: DeviceActs
  /** Fetched with the page that needs it. */
  imports(): Promise<ImportActs>
  /** Fetched with the first form or page that has photographs. */
  photos(): Promise<PhotoActs>
  /** Today in China by the device's clock; moves at midnight. */
  readonly today: StoreApi<{ readonly day: Day }>
  /** The device's clock, milliseconds. */
  now(): number
}
