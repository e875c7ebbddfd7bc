/**
 * What doors say to a topic. A door counts once at most, whatever came in whichever order and however often: the latest
 * answer before the cut, and what was said earlier stays on record. That nobody was met never takes an answer's place.
 * A sheet of paper counts once two accounts have entered the same from it.
 */
import type { Instant } from '../day.ts'
import { isShare, type DecisionRule } from './decision-rules.ts'
import type { Tally } from './topic.ts'
import type { VoiceHow, VoiceSays } from './voice.ts'

export interface HeardVoice {
  readonly id: string
  readonly dwelling: string
  readonly says: VoiceSays
  readonly how: VoiceHow
  readonly at: Instant
  /** The account that took it. */
  readonly by: string | null
}

/** What one door says, as far as it was heard. */
export interface DoorVoices<V extends HeardVoice = HeardVoice> {
  /** Null where nothing counts yet. */
  readonly counts: V | null
  /** Entered by one person alone, or differently by two, since the answer that counts. */
  readonly isPaperWaiting: boolean
  /** Before the cut, in order of time. */
  readonly heard: readonly V[]
  /** After the cut: kept, shown and not counted. */
  readonly late: readonly V[]
}

/** By door. `cut` null: the topic is open, and everything is before it. */
export function voicesByDoor<V extends HeardVoice>(
  voices: Iterable<V>,
  cut: Instant | null,
): Map<string, DoorVoices<V>> {
  const byDoor = new Map<string, Map<string, V>>()
  for (const voice of voices) {
    const door = byDoor.get(voice.dwelling) ?? new Map<string, V>()
    byDoor.set(voice.dwelling, door.set(voice.id, voice))
  }
  return new Map([...byDoor].map(([door, own]) => [door, voicesOfDoor([...own.values()], cut)]))
}

function voicesOfDoor<V extends HeardVoice>(own: readonly V[], cut: Instant | null): DoorVoices<V> {
  const sorted = [...own].sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1),
  )
  const isBefore = ({ at }: V) => cut === null || Date.parse(at) <= Date.parse(cut)
  const heard = sorted.filter(isBefore)
  let answer: V | null = null
  let notMet: V | null = null
  /** By account what it entered last from a sheet, since the last answer that counts. */
  let sheets = new Map<string | null, VoiceSays>()
  for (const voice of heard) {
    if (voice.says === 'not-met') {
      notMet = voice
    } else if (voice.how !== 'paper') {
      answer = voice
      sheets = new Map()
    } else {
      const isSecond = [...sheets].some(([by, says]) => by !== voice.by && says === voice.says)
      sheets.set(voice.by, voice.says)
      if (isSecond) {
        answer = voice
        sheets = new Map()
      }
    }
  }
  return {
    counts: answer ?? notMet,
    isPaperWaiting: sheets.size > 0,
    heard,
    late: sorted.filter((voice) => !isBefore(voice)),
  }
}

/** `doors`: all that are concerned; what a door says that is none of them is not counted. */
export function tallyOf(doors: Iterable<string>, byDoor: ReadonlyMap<string, DoorVoices>): Tally {
  const tally = { doors: 0, yes: 0, no: 0, abstain: 0, notMet: 0, silent: 0, paperWaiting: 0 }
  for (const door of new Set(doors)) {
    const voices = byDoor.get(door)
    tally.doors += 1
    if (voices?.isPaperWaiting) tally.paperWaiting += 1
    tally[keyOf(voices?.counts?.says)] += 1
  }
  return tally
}

function keyOf(says: VoiceSays | undefined) {
  if (says === undefined) return 'silent'
  return says === 'not-met' ? 'notMet' : says
}

/** What a rule makes of a tally. */
export interface Verdict {
  readonly takesPart: number
  readonly isEnough: boolean
  readonly isAgreed: boolean
  /** Null where nothing is decided. */
  readonly passes: boolean | null
}

export function verdictOf({ doors, yes, no, abstain }: Tally, rule: DecisionRule): Verdict {
  const takesPart = yes + no + abstain
  const isEnough = rule.takePart ? isShare(takesPart, doors, rule.takePart) : true
  const isAgreed = rule.agree ? takesPart > 0 && isShare(yes, takesPart, rule.agree) : false
  return { takesPart, isEnough, isAgreed, passes: rule.agree ? isEnough && isAgreed : null }
}

export const graceMs = 3 * 86_400_000

/**
 * Whether a tally is final: every device that had the topic has said since that nothing waits on it, or three days have
 * passed since the server heard of the closing.
 */
export function isFinal(closing: {
  readonly receivedAt: number
  readonly now: number
  readonly devicesAwaited: number
}): boolean {
  return closing.devicesAwaited === 0 || closing.now >= closing.receivedAt + graceMs
}
