/**
 * The office's time on a device whose own clock is off: corrected by the skew that was measured last, and never before the
 * server's last word, since that was said. Days that a form fills in, and the day of every list, are of this time.
 */
import type { SyncStatus } from '#app/sync/status.ts'

/** Milliseconds since 1970. Before the server's first word it is the device's own time. */
export function toOfficeTime(
  deviceNow: number,
  { skew, heard }: Pick<SyncStatus, 'skew' | 'heard'>,
): number {
  return Math.max(deviceNow - (skew ?? 0), heard ?? -Infinity)
}
