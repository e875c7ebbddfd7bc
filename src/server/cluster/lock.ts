import { linkSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive, startOf } from './processes.ts'
import { codeOf, StartTrouble } from './trouble.ts'
import { readOwn } from './read-own.ts'

export interface FolderLock {
  /** Throws where another start took the folder in the same moment. To be asked just before anything runs on it. */
  check(): void
  release(): void
}

/**
 * One Wuse a data folder. The file names the process and when it began, so that one left by a killed server, or by
 * another process that has its number now, keeps nobody out; and the folder, so that one that came along with a copy of
 * it says nothing of the copy. It appears with its content, by a link: nobody ever reads half of it.
 */
export function lockFolder(dataFolder: string): FolderLock {
  const file = join(dataFolder, 'wuse.pid')
  const own = `${process.pid} ${startOf(process.pid) ?? ''}\n${realpathSync(dataFolder)}`
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (take(file, own)) {
      return {
        check() {
          if (read(file) !== own) throw asTaken(dataFolder, read(file))
        },
        release() {
          if (read(file) === own) rmSync(file, { force: true })
        },
      }
    }
    const holder = read(file)
    if (isHeld(holder, file)) throw asTaken(dataFolder, holder)
    rmSync(file, { force: true })
  }
  throw new StartTrouble(`The file ${file} cannot be made. Remove it and start again.`)
}

/** The process that holds a folder; null where none does, or the lock was left by one that is gone. */
export function holderOf(dataFolder: string): number | null {
  const file = join(dataFolder, 'wuse.pid')
  const holder = read(file)
  return isHeld(holder, file) ? parse(holder).pid : null
}

function take(file: string, own: string): boolean {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, own, { mode: 0o600 })
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    return takePlainly(file, own)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** For file systems that know no links. */
function takePlainly(file: string, own: string): boolean {
  try {
    writeFileSync(file, own, { mode: 0o600, flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

const read = (file: string) =>
  readOwn(
    file,
    () =>
      'belongs to another account. Start Wuse as the account that made it, or set DATA_DIR to another folder.',
  )

function isHeld(holder: string, file: string): boolean {
  const { pid, began, folder } = parse(holder)
  if (!(pid > 0) || !isAlive(pid)) return false
  if (folder !== null && isOfCopy(file, folder)) return false
  // Without a time of beginning our own number is an earlier process's, as after a container was made anew.
  if (began === '' && pid === process.pid) return false
  return (startOf(pid) ?? '') === began
}

/** Whether the folder that was locked is still where it was, with another lock file than this one. */
function isOfCopy(file: string, folder: string): boolean {
  const original = statSync(join(folder, 'wuse.pid'), { throwIfNoEntry: false })
  const own = statSync(file, { throwIfNoEntry: false })
  return Boolean(original && own && (original.ino !== own.ino || original.dev !== own.dev))
}

/** `folder`: null in the lock of an earlier version. */
function parse(holder: string): { pid: number; began: string; folder: string | null } {
  const [line = '', folder = null] = holder.split('\n')
  const gap = line.indexOf(' ')
  return { pid: Number(line.slice(0, gap)), began: line.slice(gap + 1), folder }
}

function asTaken(dataFolder: string, holder: string): StartTrouble {
  return new StartTrouble(
    `Another Wuse (process ${parse(holder).pid}) already runs on ${dataFolder}. ` +
      `Stop it first, or set DATA_DIR to another folder.`,
  )
}
