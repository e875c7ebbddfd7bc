/** The hotline as an office keeps it: what waits before the door, and the keys of outside systems. Online only. */
import { doneSchema } from '#protocol/device.ts'
import {
  hotlineAnswerSchema,
  hotlineCountSchema,
  hotlinePath,
  keyAnswerSchema,
  type Admit,
  type HotlineAnswer,
  type HotlineCount,
  type KeyAnswer,
  type MakeSystem,
  type SystemAct,
  type TurnAway,
} from '#protocol/hotline.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import type { PlacesParts } from './places-acts.ts'

export interface HotlineActs {
  read(): Promise<OfficeAnswer<HotlineAnswer>>
  /** Brings nothing of any request here. */
  count(): Promise<OfficeAnswer<HotlineCount>>
  /** The key is told once: null where the answer of the first time was lost. */
  make(system: MakeSystem): Promise<OfficeAnswer<KeyAnswer>>
  renew(system: SystemAct): Promise<OfficeAnswer<KeyAnswer>>
  stop(system: SystemAct): Promise<OfficeAnswer<unknown>>
  admit(waiting: Admit): Promise<OfficeAnswer<unknown>>
  turnAway(waiting: TurnAway): Promise<OfficeAnswer<unknown>>
}

export function createHotlineActs(ask: PlacesParts['ask']): HotlineActs {
  const path = (act: string) => `${hotlinePath}/${act}`
  return {
    read: () => ask('GET', hotlinePath, hotlineAnswerSchema),
    count: () => ask('GET', `${hotlinePath}?count`, hotlineCountSchema),
    make: (system) => ask('POST', path('make'), keyAnswerSchema, system),
    renew: (system) => ask('POST', path('renew'), keyAnswerSchema, system),
    stop: (system) => ask('POST', path('stop'), doneSchema, system),
    admit: (waiting) => ask('POST', path('admit'), doneSchema, waiting),
    turnAway: (waiting) => ask('POST', path('turn-away'), doneSchema, waiting),
  }
}
