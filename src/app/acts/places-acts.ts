/**
 * What an office does to its places and people: each act a request under an id that its page made when somebody meant
 * it, so that asking again after a lost answer does it once. Fetched with the pages that need it. Online only; what the
 * server told last stays sealed on the device, to be read without a connection.
 */
import type * as v from 'valibot'
import { doneSchema } from '#protocol/device.ts'
import {
  bookListSchema,
  bookWrittenSchema,
  oneTimesAnswerSchema,
  placeBooksPath,
  takenBackSchema,
  type BookList,
  type BookWritten,
  type OneTimes,
  type OneTimesAnswer,
  type TakenBack,
  type WriteBook,
} from '#protocol/place-book.ts'
import {
  journeyLineSchema,
  oneTimeAnswerSchema,
  placeListSchema,
  type AddPlace,
  type AssignGrid,
  type ChangeAccount,
  type HandOver,
  type JourneyLine,
  type MakeAccount,
  type MergeGrids,
  type MoveBuildings,
  type OneTimeAnswer,
  type PlaceList,
  type RenamePlace,
  type TurnPlace,
} from '#protocol/places.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import type { Remembered } from '#app/acts/remembered.ts'
import { createRemembering, type RememberingParts } from './remembered.ts'

export interface PlacesParts extends RememberingParts {
  readonly ask: <T>(
    method: 'GET' | 'POST',
    path: string,
    schema: v.GenericSchema<unknown, T>,
    body?: unknown,
    timeoutMs?: number,
  ) => Promise<OfficeAnswer<T>>
  /** Answered line by line, the last one told as well. */
  readonly listen: <T extends { readonly type: string }>(
    path: string,
    schema: v.GenericSchema<unknown, T>,
    body: unknown,
    hooks: { readonly onLine: (line: T) => void; readonly signal: AbortSignal },
  ) => Promise<OfficeAnswer<null>>
}

/** An act as its page means it; `act` is its id. */
export interface Acts {
  add: AddPlace
  rename: RenamePlace
  close: { readonly act: string; readonly place: string }
  assign: AssignGrid
  turn: TurnPlace
  change: ChangeAccount
  reopen: ChangeAccount
  leave: { readonly act: string; readonly account: string }
  handOver: HandOver
}

export interface JourneyHooks {
  readonly onProgress: (done: number, total: number) => void
  readonly signal: AbortSignal
}
export type JourneyEnd = Extract<JourneyLine, { type: 'end' }>

/** Workbooks of places and people. */
export interface BooksActs {
  write(request: WriteBook): Promise<OfficeAnswer<BookWritten>>
  list(): Promise<OfficeAnswer<BookList>>
  takeBack(request: {
    readonly act: string
    readonly book: string
  }): Promise<OfficeAnswer<TakenBack>>
  /** First passwords of accounts that nobody has signed in with; of the others there is none in the answer. */
  oneTimes(request: OneTimes): Promise<OfficeAnswer<OneTimesAnswer>>
}

/** 5,000 rows are a quarter of a minute's work of a busy server. */
const bookPatienceMs = 120_000

export interface PlacesActs {
  readonly books: BooksActs
  readonly list: Remembered<PlaceList>
  act<Name extends keyof Acts>(name: Name, request: Acts[Name]): Promise<OfficeAnswer<unknown>>
  make(request: MakeAccount): Promise<OfficeAnswer<OneTimeAnswer>>
  /** Another one-time password: the devices of the account ask for it. */
  reset(request: Acts['leave']): Promise<OfficeAnswer<OneTimeAnswer>>
  resetFactor(request: Acts['leave']): Promise<OfficeAnswer<unknown>>
  /** Building by building. Stopped or cut short, what went has gone; asked for again, the rest goes. */
  move(request: MoveBuildings, hooks: JourneyHooks): Promise<OfficeAnswer<JourneyEnd>>
  merge(request: MergeGrids, hooks: JourneyHooks): Promise<OfficeAnswer<JourneyEnd>>
}

const paths: Readonly<Record<keyof Acts, string>> = {
  add: '/api/places/add',
  rename: '/api/places/rename',
  close: '/api/places/close',
  assign: '/api/places/assign',
  turn: '/api/places/turn',
  change: '/api/people/change',
  reopen: '/api/people/reopen',
  leave: '/api/people/close',
  handOver: '/api/people/hand-over',
}

export function createPlacesActs({ ask, listen, notes }: PlacesParts): PlacesActs {
  const remembered = createRemembering({ notes })
  const journey = async (
    path: string,
    request: object,
    { onProgress, signal }: JourneyHooks,
  ): Promise<OfficeAnswer<JourneyEnd>> => {
    const ends: JourneyEnd[] = []
    const answer = await listen(path, journeyLineSchema, request, {
      signal,
      onLine(line) {
        if (line.type === 'end') ends.push(line)
        else onProgress(line.done, line.total)
      },
    })
    if (!answer.ok) return answer
    const [end] = ends
    return end ? { ok: true, value: end } : { ok: false, problem: 'unreadable-answer' }
  }
  return {
    list: remembered('places', placeListSchema, () => ask('GET', '/api/places', placeListSchema)),
    act: (name, request) => ask('POST', paths[name], doneSchema, request),
    make: (request) => ask('POST', '/api/people/make', oneTimeAnswerSchema, request),
    reset: (request) => ask('POST', '/api/people/reset', oneTimeAnswerSchema, request),
    resetFactor: (request) => ask('POST', '/api/people/reset-factor', doneSchema, request),
    books: {
      write: (request) =>
        ask('POST', `${placeBooksPath}/write`, bookWrittenSchema, request, bookPatienceMs),
      list: () => ask('GET', placeBooksPath, bookListSchema),
      takeBack: (request) =>
        ask('POST', `${placeBooksPath}/take-back`, takenBackSchema, request, bookPatienceMs),
      oneTimes: (request) =>
        ask('POST', '/api/people/one-time', oneTimesAnswerSchema, request, bookPatienceMs),
    },
    move: (request, hooks) => journey('/api/places/move', request, hooks),
    merge: (request, hooks) => journey('/api/places/merge', request, hooks),
  }
}
