/** Writes the face of today anew, sealed, a moment after the list or what it is made of changed. */
import type { Day } from '#domain/day.ts'
import type { Clock } from '#app/platform/clock.ts'
import { faceOf, isFace, type Face } from '#app/register/face.ts'
import type { WritableRegister } from '#app/register/register.ts'
import { VaultFault, type Vault } from '#app/vault/vault.ts'

/** With which list the account begins. */
export interface FirstList {
  readonly today: { getState(): { readonly day: Day } }
  /** Null for that of all grids. */
  readonly preferences: { getState(): { readonly grid: string | null } }
}

export const dayOf = (list: FirstList) => list.today.getState().day
export const gridOf = (list: FirstList) => list.preferences.getState().grid

export interface FaceKeeper {
  /** What changed since it was written last is written now: the app may be gone in a moment. */
  flush(): Promise<void>
  stop(): Promise<void>
}

const noteKey = 'face'
const restMs = 1_500

export async function readFace(vault: Pick<Vault, 'note'>): Promise<Face | null> {
  const kept = await vault.note(noteKey)
  return isFace(kept) ? kept : null
}

/** `isPulled`: before the first complete pull there is no list. */
export function keepFace(
  vault: Pick<Vault, 'setNote'>,
  register: WritableRegister,
  clock: Pick<Clock, 'after'>,
  list: FirstList,
  isPulled: () => boolean,
): FaceKeeper {
  let cancel: (() => void) | null = null
  let kept = ''

  const flush = async () => {
    if (!cancel) return
    cancel()
    cancel = null
    const face = isPulled() ? faceOf(register, dayOf(list), gridOf(list)) : null
    const text = JSON.stringify(face)
    if (!face || text === kept) return
    kept = text
    await vault.setNote(noteKey, face).catch((error: unknown) => {
      // Locked, or the disk is full: the next list is read the long way.
      if (!(error instanceof VaultFault)) throw error
    })
  }
  const soon = () => {
    cancel ??= clock.after(restMs, () => void flush())
  }
  // Once without a change too: the list is drawn after this.
  soon()
  const stop = register.subscribe(soon)
  return {
    flush,
    stop() {
      stop()
      return flush()
    },
  }
}
