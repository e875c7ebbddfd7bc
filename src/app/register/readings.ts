/**
 * Names in pinyin. The dictionary (pinyin-pro) is large, so it is fetched when the register is open and idle, or with
 * the first Latin letter; until then a search finds everything else.
 */
import type * as code from './read-names.ts'
import type { Reading } from './reading.ts'

export interface Readings {
  /** Every way to read a name; empty until the dictionary is there. */
  of(name: string): readonly Reading[]
  readonly isReady: boolean
  warmUp(): Promise<void>
  clear(): void
}

export function createReadings(
  load: () => Promise<typeof code> = () => import('./read-names.ts'),
): Readings {
  let read: ReturnType<typeof code.createNameReader> | null = null
  let loading: Promise<void> | null = null
  const byName = new Map<string, readonly Reading[]>()

  return {
    of(name) {
      if (!read) return []
      const known = byName.get(name)
      if (known) return known
      const made = read(name)
      byName.set(name, made)
      return made
    },
    get isReady() {
      return read !== null
    },
    warmUp() {
      loading ??= load().then(
        (loaded) => {
          read = loaded.createNameReader()
        },
        (error: unknown) => {
          loading = null // next time may find the network or the cache
          throw error
        },
      )
      return loading
    },
    clear: () => byName.clear(),
  }
}
