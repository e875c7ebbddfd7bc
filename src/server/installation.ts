/** What the server runs on: its version, and the disks on which it keeps something. */
import { randomBytes } from 'node:crypto'
import { open, rm, statfs } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { findPostgresFolder } from './cluster/folder.ts'
import type { Config } from './config.ts'
import type { Installation } from './keepers/readings.ts'
import { readVersion } from './version.ts'

/** Enough that a file system has to find room for it, and little enough to write every ten seconds. */
const probeBytes = 256 * 1024

export function createInstallation(
  config: Config,
): Installation & { tryDisk?: () => Promise<void> } {
  const folder = config.databaseUrl ? null : findPostgresFolder(resolve(config.dataDir))
  const places = [
    ...(folder ? [{ what: 'data', path: folder.path }] : []),
    ...(config.backup ? [{ what: 'backup', path: config.backup.folder }] : []),
  ]
  return {
    version: readVersion(),
    async disks() {
      const found = await Promise.allSettled(
        places.map(async ({ what, path }) => {
          const { bavail, blocks, bsize } = await statfs(path)
          return { what, free: bavail * bsize, size: blocks * bsize }
        }),
      )
      return found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    },
    // Of a database elsewhere the disk is not ours to try.
    ...(folder ? { tryDisk: () => tryDisk(dirname(folder.path)) } : {}),
  }
}

/** Writes a file that has to last, and removes it. */
async function tryDisk(folder: string): Promise<void> {
  const file = join(folder, '.wuse-write-probe')
  try {
    const handle = await open(file, 'w', 0o600)
    try {
      await handle.writeFile(randomBytes(probeBytes))
      await handle.sync()
    } finally {
      await handle.close()
    }
  } finally {
    await rm(file, { force: true })
  }
}
