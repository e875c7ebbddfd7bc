/** The lock of a data folder says who works on that very folder, and nothing about a copy of it. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { holderOf, lockFolder } from '#server/cluster/lock.ts'

let base: string
let data: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'wuse-lock-'))
  data = join(base, 'data')
  mkdirSync(data)
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

it('keeps others out until it is released', () => {
  const lock = lockFolder(data)
  expect(holderOf(data)).toBe(process.pid)
  expect(() => lockFolder(data)).toThrow(/Another Wuse .* already runs/)
  lock.release()
  expect(holderOf(data)).toBeNull()
})

it('that was copied along with its folder is not the lock of the copy', () => {
  const lock = lockFolder(data)
  const copy = join(base, 'copy')
  mkdirSync(copy)
  copyFileSync(join(data, 'wuse.pid'), join(copy, 'wuse.pid'))
  // A backup of the copy would else be one of the original, whose database answers.
  expect(holderOf(copy)).toBeNull()
  const second = lockFolder(copy)
  second.check()
  lock.check()
  expect(holderOf(data)).toBe(process.pid)
  second.release()
  expect(existsSync(join(data, 'wuse.pid'))).toBe(true)
  lock.release()
})

it('goes with a folder that is moved under the one who holds it', () => {
  lockFolder(data)
  const moved = join(base, 'moved')
  renameSync(data, moved)
  expect(holderOf(moved)).toBe(process.pid)
  expect(() => lockFolder(moved)).toThrow(/Another Wuse .* already runs/)
})
