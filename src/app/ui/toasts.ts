import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface ToastState {
  readonly toast: { readonly text: string; readonly undo: (() => void) | null } | null
  /** The visit that was recorded last, which its own line offers to take back once the toast is gone. */
  readonly lastVisit: { readonly id: string; readonly undo: () => void } | null
}

/** Long enough to read and to reach with a thumb. */
const SHOWN_MS = 8_000

export interface Toasts {
  readonly store: StoreApi<ToastState>
  /** `visit`: the one that `undo` takes back. */
  show(text: string, undo?: () => void, visit?: string): void
  hide(): void
}

export function createToasts(): Toasts {
  const store = createStore<ToastState>(() => ({ toast: null, lastVisit: null }))
  let timer: ReturnType<typeof setTimeout> | undefined
  const hide = () => {
    clearTimeout(timer)
    store.setState({ toast: null })
  }
  return {
    store,
    hide,
    show(text, undo, visit) {
      clearTimeout(timer)
      store.setState({ toast: { text, undo: undo ?? null } })
      if (visit !== undefined && undo) store.setState({ lastVisit: { id: visit, undo } })
      timer = setTimeout(hide, SHOWN_MS)
    },
  }
}

export const ToastsContext = createContext<Toasts>(createToasts())

export function useToasts(): Toasts {
  return useContext(ToastsContext)
}
