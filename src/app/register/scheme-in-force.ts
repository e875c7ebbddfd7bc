/**
 * Which scheme colours this register. A new one comes into force when every household is coloured by it: until then
 * all screens show the old one, whole, and stay quick.
 */
import { defaultScheme } from '#domain/default-scheme.ts'
import type { Day } from '#domain/day.ts'
import type { Scheme } from '#domain/scheme.ts'
import type { Pause } from '#app/platform/pause.ts'
import { createColours, type Colours, type ColourSource } from './colours.ts'
import type { Rec } from './register.ts'

export interface SchemeInForce {
  readonly scheme: Scheme
  readonly colours: Colours
  /** Every cache that has to forget what changed: those in force, and those being made. */
  readonly caches: readonly Colours[]
  /** A scheme came, or the newest went: look again. Resolves when the colours are of the newest one. */
  look(): Promise<void>
  clear(): void
}

interface Parts {
  readonly source: Omit<ColourSource, 'scheme'>
  readonly schemes: () => Iterable<Rec<'scheme'>>
  readonly households: () => Iterable<Rec<'household'>>
  /** Absent: all at once. */
  readonly pause: Pause | undefined
  /** Every household has its colour by it: what takes long to make of them may be made now, before the switch. */
  readonly onReady: (next: Coming) => void
  /** Called where the switch came later than the look that asked for it. */
  readonly onSwitch: () => void
}

export interface Coming {
  readonly scheme: Scheme
  readonly colours: Colours
}

export function createSchemeInForce(parts: Parts): SchemeInForce {
  const { source, schemes, households, pause, onReady, onSwitch } = parts
  const coloursOf = (scheme: Scheme) => createColours({ ...source, scheme: () => scheme })
  let now: Coming = { scheme: defaultScheme, colours: coloursOf(defaultScheme) }
  let coming: Coming | null = null

  const enter = (next: Coming) => {
    now = next
    coming = null
  }
  const prepare = async (next: Coming, day: Day, pause: Pause) => {
    for (const { id } of [...households()]) {
      next.colours.due(id, day)
      const rest = pause()
      if (rest) await rest
      // A still newer one came, or the register was closed.
      if (coming !== next) return
    }
    onReady(next)
    await pause()
    if (coming !== next) return
    enter(next)
    onSwitch()
  }

  return {
    get scheme() {
      return now.scheme
    },
    get colours() {
      return now.colours
    },
    get caches() {
      return coming ? [now.colours, coming.colours] : [now.colours]
    },
    look() {
      const newest = newestScheme(schemes())
      if (newest === (coming ?? now).scheme) return Promise.resolve()
      coming = null
      if (newest === now.scheme) return Promise.resolve()
      const next = { scheme: newest, colours: coloursOf(newest) }
      const { day } = now.colours
      // Nothing is on screen yet: nobody waits for a frame.
      if (!pause || day === null || now.colours.isEmpty) {
        enter(next)
        return Promise.resolve()
      }
      coming = next
      return prepare(next, day, pause)
    },
    clear() {
      coming = null
      now = { scheme: defaultScheme, colours: coloursOf(defaultScheme) }
    },
  }
}

/** The latest version counts, whichever stream it came by. */
function newestScheme(schemes: Iterable<Rec<'scheme'>>): Scheme {
  let newest: Scheme = defaultScheme
  let best = 0
  for (const { fields } of schemes) {
    if (fields.schemeVersion > best) {
      newest = fields
      best = fields.schemeVersion
    }
  }
  return newest
}
