import { readFileSync } from 'node:fs'
import { codeOf, StartTrouble } from './trouble.ts'

/** What a file holds, nothing where there is none; `otherwise` says what to do where it belongs to somebody else. */
export function readOwn(file: string, otherwise: (code: string) => string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ''
    throw new StartTrouble(`${file} ${otherwise(codeOf(error))}`)
  }
}
