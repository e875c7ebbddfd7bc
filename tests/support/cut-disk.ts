/**
 * A disk whose power can be cut: ext4 in an image on an XFS that copies files by reference. Such a copy, made in one
 * instant under load, has what had been written to the disk, and nothing of what the system still held in memory: the
 * state that a machine finds after its power came back. Mounting it replays the journal, as a start does.
 *
 * Only Linux as root with loop devices, `mkfs.xfs` and `mkfs.ext4` can do it; elsewhere `whyNoPowerCuts` says so.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface CutDisk {
  /** Write below it. */
  readonly folder: string
  /** Copies the disk at this instant; the answer mounts the copy when it is asked to. */
  cut(): CopiedDisk
  remove(): void
}

export interface CopiedDisk {
  mount(): string
  remove(): void
}

const run = (command: string, ...words: string[]) =>
  execFileSync(command, words, { stdio: ['ignore', 'pipe', 'pipe'] }).toString()

/** In words; null where power cuts can be made. */
export function whyNoPowerCuts(): string | null {
  if (process.platform !== 'linux')
    return `this is ${process.platform}, and loop devices are Linux's`
  if (process.getuid?.() !== 0) return 'only root may mount a disk image'
  if (!existsSync('/dev/loop-control')) return 'this machine has no loop devices'
  for (const tool of ['mkfs.xfs', 'mkfs.ext4', 'mount']) {
    try {
      run('sh', '-c', `command -v ${tool}`)
    } catch {
      return `${tool} is not installed (Debian: apt-get install xfsprogs e2fsprogs)`
    }
  }
  try {
    createCutDisk(64).remove()
    return null
  } catch (fault) {
    return `a disk image cannot be mounted here: ${String(fault).split('\n')[0]}`
  }
}

export function createCutDisk(megabytes: number): CutDisk {
  const base = mkdtempSync(join(tmpdir(), 'wuse-cut-'))
  const undo: (() => void)[] = [() => rmSync(base, { recursive: true, force: true })]
  const remove = () => {
    for (let act = undo.pop(); act; act = undo.pop()) act()
  }
  const unmount = (folder: string) => {
    try {
      run('umount', folder)
    } catch {
      // Somebody has not let go of it yet.
      run('umount', '--lazy', folder)
    }
  }
  const make = (image: string, size: number, folder: string, ...mkfs: [string, ...string[]]) => {
    run('truncate', '--size', `${size}M`, image)
    run(...mkfs, image)
    mkdirSync(folder, { recursive: true })
    run('mount', '-o', 'loop', image, folder)
    undo.push(() => unmount(folder))
  }
  try {
    const under = join(base, 'under')
    // XFS wants 300 MB at least. The images below are sparse, and copies share what they have in common.
    make(join(base, 'under.img'), megabytes * 6 + 400, under, 'mkfs.xfs', '-q', '-m', 'reflink=1')
    const image = join(under, 'disk.img')
    const folder = join(base, 'disk')
    make(image, megabytes, folder, 'mkfs.ext4', '-q', '-F')
    // PostgreSQL's own account has to enter where tests run as root.
    for (const path of [base, folder]) chmodSync(path, 0o755)
    let copies = 0
    return {
      folder,
      cut() {
        copies += 1
        const copy = join(under, `copy-${copies}.img`)
        const at = join(base, `copy-${copies}`)
        run('cp', '--reflink=always', image, copy)
        let mounted = false
        const removeCopy = () => {
          if (mounted) unmount(at)
          mounted = false
          rmSync(copy, { force: true })
        }
        undo.push(removeCopy)
        return {
          mount() {
            mkdirSync(at, { recursive: true })
            run('mount', '-o', 'loop', copy, at)
            mounted = true
            chmodSync(at, 0o755)
            return at
          },
          remove: removeCopy,
        }
      },
      remove,
    }
  } catch (fault) {
    remove()
    throw fault
  }
}
