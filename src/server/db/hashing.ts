/**
 * Argon2 off the event loop: two threads hash in turn, each with the memory of one hash, and all others wait in line.
 * However many sign in at once, everybody else's requests go on and the memory stays that of two.
 */
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { argon2Cost } from './passwords.ts'

export interface Hasher {
  /** Argon2id, encoded with its parameters and salt. */
  hash(password: string, salt: Uint8Array): Promise<string>
  /** `isFirst`: goes before those who wait; for the devices that an account is known by. */
  verify(password: string, hash: string, isFirst?: boolean): Promise<boolean>
  stop(): Promise<void>
}

/** More wait than can be served while somebody still looks at the screen. */
export class HasherBusy extends Error {}

const threads = 2
const mostWaiting = 200

interface Job {
  readonly asked: object
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** Plain JavaScript, since a thread takes no TypeScript; it knows nothing but the library and its question. */
const program = `
const { parentPort, workerData } = require('node:worker_threads')
const { argon2id, argon2Verify } = require(workerData.library)
parentPort.on('message', async ({ verify, asked }) => {
  try {
    parentPort.postMessage({ value: await (verify ? argon2Verify(asked) : argon2id(asked)) })
  } catch (error) {
    parentPort.postMessage({ fault: error instanceof Error ? error.message : 'no hash' })
  }
})`

export function createHasher(): Hasher {
  const library = createRequire(import.meta.url).resolve('hash-wasm')
  const idle: Worker[] = []
  const working = new Map<Worker, Job>()
  const waiting: Job[] = []
  let stopped = false

  const startThread = (): Worker => {
    const worker = new Worker(program, { eval: true, workerData: { library }, execArgv: [] })
    worker.on('message', ({ value, fault }: { value?: unknown; fault?: string }) => {
      const job = working.get(worker)
      working.delete(worker)
      // An idle thread keeps no process alive.
      worker.unref()
      idle.push(worker)
      if (fault === undefined) job?.resolve(value)
      else job?.reject(new Error(fault))
      next()
    })
    worker.on('error', (error) => {
      working.get(worker)?.reject(error)
      working.delete(worker)
      next()
    })
    return worker
  }
  const next = () => {
    if (stopped || waiting.length === 0) return
    const worker = idle.pop() ?? (working.size < threads ? startThread() : undefined)
    const job = worker && waiting.shift()
    if (!worker || !job) return
    worker.ref()
    working.set(worker, job)
    worker.postMessage(job.asked)
  }
  const ask = (asked: object, isFirst: boolean) =>
    new Promise<unknown>((resolve, reject) => {
      if (stopped || waiting.length >= mostWaiting) return reject(new HasherBusy())
      const job = { asked, resolve, reject }
      if (isFirst) waiting.unshift(job)
      else waiting.push(job)
      next()
    })

  return {
    hash: async (password, salt) =>
      String(await ask({ verify: false, asked: { ...argon2Cost, password, salt } }, false)),
    verify: async (password, hash, isFirst = false) =>
      (await ask({ verify: true, asked: { password, hash } }, isFirst)) === true,
    async stop() {
      stopped = true
      for (const job of waiting.splice(0)) job.reject(new HasherBusy())
      await Promise.all([...idle, ...working.keys()].map((worker) => worker.terminate()))
    },
  }
}
