import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface ToastState {
  readonly toast: { readonly text: string; readonly undo: (() => void) | null } | null
}

/** Long enough to read and to reach with a thumb. */
const SHOWN_MS = 8_000

export interface Toasts {
  readonly store: StoreApi<ToastState>
  show(text: string, undo?: () => void): void
  hide(): void
}

export function createToasts(): Toasts {
  const store = createStore<ToastState>(() => ({ toast: null }))
  let timer: ReturnType<typeof setTimeout> | undefined
  const hide = () => {
    clearTimeout(timer)
    store.setState({ toast: null })
  }
  return {
    store,
    hide,
    show(text, undo) {
      clearTimeout(timer)
      store.setState({ toast: { text, undo: undo ?? null } })
      timer = setTimeout(hide, SHOWN_MS)
    },
  }
}

export const ToastsContext = createContext<Toasts>(createToasts())

export function useToasts(): Toasts {
  return useContext(ToastsContext)
}
