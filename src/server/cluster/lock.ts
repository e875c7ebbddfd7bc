import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive, startOf } from './processes.ts'
import { codeOf, StartTrouble } from './trouble.ts'

/**
 * One Wuse a data folder. The file names the process and when it began, so that one left by a killed server, or by
 * another process that has its number now, keeps nobody out.
 */
export function lockFolder(dataFolder: string): () => void {
  const file = join(dataFolder, 'wuse.pid')
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const handle = openSync(file, 'wx', 0o600)
      writeSync(handle, `${process.pid} ${startOf(process.pid) ?? ''}`)
      closeSync(handle)
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
    const [pid, start] = readFileSync(file, 'utf8').split(' ')
    const number = Number(pid)
    const isOther = number > 0 && number !== process.pid && isAlive(number)
    if (isOther && (startOf(number) ?? '') === (start ?? '')) {
      throw new StartTrouble(
        `Another Wuse (process ${number}) already runs on ${dataFolder}. ` +
          `Stop it first, or set DATA_DIR to another folder.`,
      )
    }
    rmSync(file, { force: true })
  }
  throw new StartTrouble(`The file ${file} cannot be made. Remove it and start again.`)
}
