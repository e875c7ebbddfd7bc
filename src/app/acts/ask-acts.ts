/** The resident's page as an office keeps it: what waits before every stream, and the codes on walls. Online only. */
import { doneSchema } from '#protocol/device.ts'
import {
  askAnswerSchema,
  askCountSchema,
  askPath,
  askPhotoPath,
  askPhotoSchema,
  type AdmitAsked,
  type AskAnswer,
  type AskCount,
  type AskPhotoAnswer,
  type CodesAct,
  type MakeCodes,
  type SetPage,
  type TakeBackAsked,
  type TurnAwayAsked,
} from '#protocol/ask.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import type { PlacesParts } from './places-acts.ts'

export interface AskActs {
  read(): Promise<OfficeAnswer<AskAnswer>>
  /** A photograph of what waits, base64. */
  picture(place: string, waiting: string, photo: string): Promise<OfficeAnswer<AskPhotoAnswer>>
  /** Brings nothing of any request here. */
  count(): Promise<OfficeAnswer<AskCount>>
  /** Their letters come with the next pull. */
  make(codes: MakeCodes): Promise<OfficeAnswer<unknown>>
  stop(codes: CodesAct): Promise<OfficeAnswer<unknown>>
  printed(codes: CodesAct): Promise<OfficeAnswer<unknown>>
  setPage(page: SetPage): Promise<OfficeAnswer<unknown>>
  admit(chosen: AdmitAsked): Promise<OfficeAnswer<unknown>>
  turnAway(chosen: TurnAwayAsked): Promise<OfficeAnswer<unknown>>
  takeBack(chosen: TakeBackAsked): Promise<OfficeAnswer<unknown>>
}

export function createAskActs(ask: PlacesParts['ask']): AskActs {
  const post = (act: string, body: unknown) => ask('POST', `${askPath}/${act}`, doneSchema, body)
  return {
    read: () => ask('GET', askPath, askAnswerSchema),
    picture: (place, waiting, photo) =>
      ask('GET', askPhotoPath(place, waiting, photo), askPhotoSchema),
    count: () => ask('GET', `${askPath}?count`, askCountSchema),
    make: (codes) => post('codes/make', codes),
    stop: (codes) => post('codes/stop', codes),
    printed: (codes) => post('codes/printed', codes),
    setPage: (page) => post('page', page),
    admit: (chosen) => post('admit', chosen),
    turnAway: (chosen) => post('turn-away', chosen),
    takeBack: (chosen) => post('take-back', chosen),
  }
}
