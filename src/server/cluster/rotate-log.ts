import { copyFileSync, statSync, truncateSync } from 'node:fs'

/**
 * Keeps a log that another process writes from growing without end: what is there goes to `FILE.old`, and the file is
 * emptied in place, since its writer keeps it open and appends. A line that comes in between is lost.
 */
export function rotateLog(file: string, largest: number): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) <= largest) return
  copyFileSync(file, `${file}.old`)
  truncateSync(file, 0)
}
