/** PostgreSQL's log is kept small while PostgreSQL goes on writing it. */
import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { rotateLog } from '#server/cluster/rotate-log.ts'

it('moves a log that grew too long aside, and its writer goes on in the emptied one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wuse-log-'))
  const file = join(folder, 'postgres.log')
  // Nothing there yet.
  rotateLog(file, 100)
  // As PostgreSQL holds it: open, and at the end of whatever is there.
  const writer = openSync(file, 'a')
  writeSync(writer, 'short\n')
  rotateLog(file, 100)
  expect(readFileSync(file, 'utf8')).toBe('short\n')
  writeSync(writer, 'x'.repeat(200))
  rotateLog(file, 100)
  writeSync(writer, 'after\n')
  expect(readFileSync(file, 'utf8')).toBe('after\n')
  expect(readFileSync(`${file}.old`, 'utf8')).toBe(`short\n${'x'.repeat(200)}`)
  // The next time the older one gives way.
  appendFileSync(file, 'y'.repeat(200))
  rotateLog(file, 100)
  expect(readFileSync(`${file}.old`, 'utf8')).toBe(`after\n${'y'.repeat(200)}`)
  closeSync(writer)
  rmSync(folder, { recursive: true, force: true })
})
