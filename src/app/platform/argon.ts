/** Argon2id (RFC 9106) of a PIN: in a worker, so that the PIN pad moves on; the WebAssembly is loaded when needed. */
import { textToBytes, type Bytes } from './sealing.ts'

export interface ArgonCost {
  /** KiB. */
  readonly memory: number
  readonly passes: number
}

export interface ArgonTask extends ArgonCost {
  readonly password: Bytes
  readonly salt: Bytes
}

/** 32 bytes of a password and a salt of 16. */
export type DeriveKey = (password: string, salt: Bytes, cost: ArgonCost) => Promise<Bytes>

/** Why these: docs/decisions/0006-pin-and-keys.md. Kept beside each salt, so a later choice leaves old PINs valid. */
export const argonCost: ArgonCost = { memory: 19 * 1024, passes: 2 }

/** On this thread, which stands still meanwhile. */
export async function argon2idHere(task: ArgonTask): Promise<Bytes> {
  const { computeArgon2id } = await import('./argon2id.ts')
  return computeArgon2id(task)
}

/** What the worker answers; it is silent about why. */
export type ArgonAnswer = { readonly hash: Bytes } | { readonly failed: true }

export const deriveKey: DeriveKey = async (password, salt, cost) => {
  const task = { password: textToBytes(password), salt, ...cost }
  // Where workers are missing or refused, the screen stands still for a moment and the PIN works all the same.
  return (await inWorker(task)) ?? argon2idHere(task)
}

interface Hand {
  readonly worker: Worker
  /** Its script did not come, or its own fault ended it. */
  isBroken: boolean
}

/** Has its code and waits for its task; nothing of anybody lies in it. */
let spare: Hand | null = null

/**
 * To be called when somebody begins to type a PIN or passphrase: to start a worker and to compile what it runs takes
 * nearly as long as its work.
 */
export function prepareToDerive(): void {
  if (!spare || spare.isBroken) spare = startWorker()
}

/** Null where workers are missing or refused. */
function startWorker(): Hand | null {
  try {
    const worker = new Worker(new URL('./argon-worker.ts', import.meta.url), { type: 'module' })
    const hand: Hand = { worker, isBroken: false }
    worker.onerror = () => (hand.isBroken = true)
    return hand
  } catch {
    return null
  }
}

/** One worker a task: its memory is given back as soon as the PIN is checked. Null where it did not work. */
function inWorker(task: ArgonTask): Promise<Bytes | null> {
  const hand = spare && !spare.isBroken ? spare : startWorker()
  spare = null
  if (!hand) return Promise.resolve(null)
  const { worker } = hand
  return new Promise((resolve) => {
    const end = (hash: Bytes | null) => {
      worker.terminate()
      resolve(hash)
    }
    worker.onmessage = ({ data }: MessageEvent<ArgonAnswer>) => {
      end('hash' in data ? data.hash : null)
    }
    worker.onerror = () => end(null)
    worker.onmessageerror = () => end(null)
    worker.postMessage(task)
  })
}
