import { argon2Verify } from 'hash-wasm'
import { afterEach, expect, it, vi } from 'vitest'
import {
  argon2idHere,
  deriveKey,
  prepareToDerive,
  type ArgonAnswer,
  type ArgonTask,
} from '#app/platform/argon.ts'
import { textToBytes, type Bytes } from '#app/platform/sealing.ts'

const salt = new Uint8Array(16).fill(2)
const cost = { memory: 64, passes: 2 }
const task = { password: textToBytes('280417'), salt, ...cost }

afterEach(() => vi.unstubAllGlobals())

it('is Argon2id, version 1.3, one lane, 32 bytes', async () => {
  const hash = await argon2idHere(task)
  expect(hash).toHaveLength(32)
  const base64 = (bytes: Bytes) => Buffer.from(bytes).toString('base64').replaceAll('=', '')
  const encoded = `$argon2id$v=19$m=64,t=2,p=1$${base64(salt)}$${base64(hash)}`
  expect(await argon2Verify({ password: '280417', hash: encoded })).toBe(true)
  expect(await argon2Verify({ password: '280418', hash: encoded })).toBe(false)
})

it('depends on password, salt, memory and passes', async () => {
  const hashes = await Promise.all([
    deriveKey('280417', salt, cost),
    deriveKey('280418', salt, cost),
    deriveKey('280417', new Uint8Array(16), cost),
    deriveKey('280417', salt, { ...cost, memory: 128 }),
    deriveKey('280417', salt, { ...cost, passes: 3 }),
  ])
  expect(new Set(hashes.map((hash) => Buffer.from(hash).toString('hex'))).size).toBe(5)
})

it('fails where the memory cannot be had', async () => {
  await expect(deriveKey('280417', salt, { memory: 2 ** 30, passes: 1 })).rejects.toThrow()
})

/** A worker that does as told; whether it is ended is what matters. */
function stubWorker(act: (worker: FakeWorker, task: ArgonTask) => void) {
  const workers: FakeWorker[] = []
  class FakeWorker {
    onmessage: ((event: { data: ArgonAnswer }) => void) | null = null
    onerror: (() => void) | null = null
    onmessageerror: (() => void) | null = null
    ended = false
    constructor() {
      workers.push(this)
    }
    postMessage(sent: ArgonTask) {
      queueMicrotask(() => act(this, sent))
    }
    terminate() {
      this.ended = true
    }
  }
  vi.stubGlobal('Worker', FakeWorker)
  return workers
}
interface FakeWorker {
  onmessage: ((event: { data: ArgonAnswer }) => void) | null
  onerror: (() => void) | null
  ended: boolean
}

it('works in a worker and gives its memory back', async () => {
  const answer = new Uint8Array(32).fill(9)
  const workers = stubWorker((worker) => worker.onmessage?.({ data: { hash: answer } }))
  expect(await deriveKey('280417', salt, cost)).toEqual(answer)
  expect(workers.map(({ ended }) => ended)).toEqual([true])
})

it('gives the task to the worker that was prepared, and another one to the next', async () => {
  const answer = new Uint8Array(32).fill(9)
  const workers = stubWorker((worker) => worker.onmessage?.({ data: { hash: answer } }))
  prepareToDerive()
  prepareToDerive()
  expect(workers.map(({ ended }) => ended)).toEqual([false])
  expect(await deriveKey('280417', salt, cost)).toEqual(answer)
  expect(workers.map(({ ended }) => ended)).toEqual([true])
  await deriveKey('280417', salt, cost)
  expect(workers).toHaveLength(2)
})

it('takes another where the prepared one broke before its task', async () => {
  const answer = new Uint8Array(32).fill(9)
  const workers = stubWorker((worker) => worker.onmessage?.({ data: { hash: answer } }))
  prepareToDerive()
  workers[0]?.onerror?.()
  expect(await deriveKey('280417', salt, cost)).toEqual(answer)
  expect(workers.map(({ ended }) => ended)).toEqual([false, true])
})

it('works without one where it is refused, cannot load or fails', async () => {
  const here = await argon2idHere(task)
  stubWorker((worker) => worker.onerror?.())
  expect(await deriveKey('280417', salt, cost)).toEqual(here)
  const failing = stubWorker((worker) => worker.onmessage?.({ data: { failed: true } }))
  expect(await deriveKey('280417', salt, cost)).toEqual(here)
  expect(failing[0]?.ended).toBe(true)
  vi.stubGlobal(
    'Worker',
    class {
      constructor() {
        throw new DOMException('refused', 'SecurityError')
      }
    },
  )
  expect(await deriveKey('280417', salt, cost)).toEqual(here)
})
