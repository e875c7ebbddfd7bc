/**
 * How a person likes the app: language and size belong to the device and stand there in the open; the chosen grid
 * belongs to the account and is sealed with it.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Settings } from '#app/vault/settings.ts'
import type { Vault } from '#app/vault/vault.ts'

import { textSizes } from './text-size.ts'
import type { TextSize } from '#app/stores/text-size.ts'

export interface PreferencesState {
  readonly language: 'zh-CN' | 'en'
  readonly textSize: TextSize
  readonly grid: string | null
}

export interface PreferencesStore {
  readonly store: StoreApi<PreferencesState>
  /** Reads what the device keeps; a device that keeps nothing, or cannot, starts with the defaults. */
  start(): Promise<void>
  open(vault: Pick<Vault, 'note' | 'setNote'>): Promise<void>
  /** The grid is forgotten at once; resolves when what was chosen last is on disk. */
  close(): Promise<void>
}

const settingsKey = 'preferences'
const gridNote = 'grid'

export function createPreferences(
  settings: Settings,
  language: PreferencesState['language'],
): PreferencesStore {
  const store = createStore<PreferencesState>(() => ({
    language,
    textSize: 'standard',
    grid: null,
  }))
  let vault: Pick<Vault, 'note' | 'setNote'> | null = null
  let written: Promise<void> = Promise.resolve()
  // A preference that cannot be kept is lost with the page, and nothing else is: no reason to bother anybody.
  const forgive = () => {}

  store.subscribe((now, before) => {
    if (now.language !== before.language || now.textSize !== before.textSize) {
      const { language, textSize } = now
      // An app before version 0.2.0 reads `large`.
      const large = textSize !== 'standard'
      void settings.set(settingsKey, { language, textSize, large }).catch(forgive)
    }
    if (now.grid !== before.grid && vault) {
      const write = vault.setNote(gridNote, now.grid).catch(forgive)
      written = written.then(() => write)
    }
  })

  return {
    store,
    async start() {
      const kept = await settings.get(settingsKey).catch(forgive)
      if (typeof kept !== 'object' || kept === null) return
      const { language: spoken, large, textSize } = kept as Record<string, unknown>
      store.setState({
        ...(spoken === 'zh-CN' || spoken === 'en' ? { language: spoken } : {}),
        textSize:
          textSizes.find((one) => one === textSize) ?? (large === true ? 'large' : 'standard'),
      })
    },
    async open(opened) {
      const grid = await opened.note(gridNote)
      store.setState({ grid: typeof grid === 'string' ? grid : null })
      vault = opened
    },
    close() {
      vault = null
      store.setState({ grid: null })
      return written
    },
  }
}
