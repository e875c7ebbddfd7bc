/** The desk from the other side: each call a message to its thread, and an answer. */
import type { Desk } from './desk.ts'

export interface DeskAsk {
  readonly id: number
  readonly method: keyof Desk
  readonly args: readonly unknown[]
}

export type DeskSay =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly fault: string }
  | { readonly progress: { readonly done: number; readonly total: number | null } }

export type OnProgress = (done: number, total: number | null) => void

export interface DeskThread {
  readonly desk: Desk
  /** The thread and all that it holds are gone. */
  end(): void
}

/** Starts a thread; `OpenDesk` of the browser. */
export type OpenDesk = (onProgress: OnProgress, onFault: (error: unknown) => void) => DeskThread

export const openDeskThread: OpenDesk = (onProgress, onFault) => {
  const worker = new Worker(new URL('./roster-worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>()
  let lastId = 0
  const fail = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
    onFault(error)
  }
  worker.onmessage = ({ data }: MessageEvent<DeskSay>) => {
    if ('progress' in data) return onProgress(data.progress.done, data.progress.total)
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if ('fault' in data) asked?.reject(new Error(`roster thread: ${data.fault}`))
    else asked?.resolve(data.value)
  }
  worker.onerror = () => fail(new Error('roster thread'))
  worker.onmessageerror = () => fail(new Error('roster thread: message'))
  const call =
    (method: keyof Desk) =>
    (...args: readonly unknown[]) =>
      new Promise<unknown>((resolve, reject) => {
        const id = (lastId += 1)
        waiting.set(id, { resolve, reject })
        const ask: DeskAsk = { id, method, args }
        worker.postMessage(ask)
      })
  const desk = Object.fromEntries(methods.map((method) => [method, call(method)]))
  return {
    desk: desk as unknown as Desk,
    end() {
      worker.terminate()
      waiting.clear()
    },
  }
}

const methods: readonly (keyof Desk)[] = [
  'open',
  'setColumn',
  'setTaken',
  'setHiddenTaken',
  'beginRegister',
  'addRegister',
  'compare',
  'rows',
  'decide',
  'name',
  'decideAll',
  'take',
  'questions',
  'questionTally',
  'answer',
  'divisions',
  'row',
  'absent',
  'absentTally',
  'answerAbsent',
  'plan',
  'part',
  'returns',
  'report',
  'stop',
]
