/** What the sync of one device is put together from, and what it keeps about its office. */
import type { Instant } from '#domain/day.ts'
import type { DeviceReport } from '#protocol/device.ts'
import type { Problem } from '#protocol/problem.ts'
import type { BackgroundSync } from '#app/platform/background-sync.ts'
import type { Clock } from '#app/platform/clock.ts'
import type { Network } from '#app/platform/network.ts'
import type { Ids } from '#app/platform/ids.ts'
import type { Pause } from '#app/platform/pause.ts'
import type { Watched } from '#app/platform/visibility.ts'
import type { WritableRegister } from '#app/register/register.ts'
import type { Vault } from '#app/vault/vault.ts'
import type { SyncStatus } from './status.ts'
import type { FirstList } from './keep-face.ts'
import type { TabChannel } from './tabs.ts'
import type { Wire } from './wire.ts'

export type AboutDevice = Pick<DeviceReport, 'app' | 'storage'>

export interface SyncParts {
  readonly vault: Vault
  readonly register: WritableRegister
  readonly wire: Wire
  /** For photographs, which travel beside the mutations; without it they stay here. */
  readonly network?: Pick<Network, 'request'>
  readonly clock: Clock
  readonly ids: Ids
  /** In [0, 1). */
  readonly chance: () => number
  readonly online: Watched
  readonly visible: Watched
  readonly tabs: TabChannel
  /** Where the browser has it: told of the connection's return also while the app is behind others. */
  readonly background?: BackgroundSync
  /** Calls back once this tab leads; the answer lets go of the lead, or of the wish for it. */
  readonly askToLead: (onLead: () => void) => () => void
  /** With it the list comes first and the rest behind it; without, everything is read before `open` ends. */
  readonly list?: FirstList
  /** Asked between the steps of what is read behind the first screen; without it all is done in one go. */
  readonly pause?: Pause
  /** For the office's list of devices. */
  readonly about?: () => AboutDevice
  readonly onStatus: (status: SyncStatus) => void
  /** Versions stored so far and in all, of the pull under way. */
  readonly onProgress: (done: number, total: number) => void
  /** Everything that the account may see has come once. */
  readonly onComplete: () => void
  readonly onRevoked: (problem: Problem) => void
  /** Another tab was locked. */
  readonly onLock: () => void
  /** The rest could not be read, behind a screen that is open. */
  readonly onUnreadable?: (error: unknown) => void
  /** A bug or a broken storage; sync goes on after a while. */
  readonly onFault: (error: unknown) => void
}

/** What is kept of sync between two openings. */
export interface SyncNote {
  /** Device time at which the last complete pull began; 0 before the first. */
  readonly pulledAt: number
  readonly lastSync: Instant | null
  readonly skew: number | null
  /** The seq that the server last said it expects of this device. */
  readonly told: number | null
  /** The server's clock at its last word, milliseconds since 1970. */
  readonly heard: number | null
}
