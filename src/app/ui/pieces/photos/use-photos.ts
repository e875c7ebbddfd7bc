/** Photographs of a form that is not saved yet: they lie sealed on the disk, and come back with the form. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Intent } from '#app/acts/intent.ts'
import type { PhotoActs, PhotoOf, Room, TakeProblem } from '#app/acts/photos.ts'
import { useParts } from '#app/acts/use-parts.ts'
import type { MadePicture } from '#picture/make-picture.ts'

export type FormPhoto = Awaited<ReturnType<PhotoActs['ofForm']>>[number]

export interface FormPhotos {
  readonly list: readonly FormPhoto[]
  readonly room: Room | null
  readonly isBusy: boolean
  readonly problem: TakeProblem | null
  /** The script came: without it nothing is offered, and the form is as it was. */
  readonly isReady: boolean
  take(stream: string, file: Blob): void
  replace(photo: FormPhoto, picture: MadePicture): void
  drop(photo: FormPhoto): void
  clear(): void
  /** What they add to what a form saves. Resolves to nothing where the script never came. */
  intents(of: PhotoOf): Promise<readonly Intent[]>
  saved(intents: readonly Intent[]): void
}

/** `form`: the key of its draft. */
export function usePhotos(form: string): FormPhotos {
  const app = useParts('photos')
  const [acts, setActs] = useState<PhotoActs | null>(null)
  const [list, setList] = useState<readonly FormPhoto[]>([])
  const [room, setRoom] = useState<Room | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<TakeProblem | null>(null)
  const running = useRef<Promise<void> | null>(null)

  useEffect(() => {
    let isMine = true
    let unsubscribe = () => {}
    const read = async (from: PhotoActs) => {
      const [found, left] = await Promise.all([from.ofForm(form), from.room()])
      if (!isMine) return
      setList(found)
      setRoom(left)
    }
    app
      .photos()
      .then(async (found) => {
        if (!isMine) return
        unsubscribe = found.changes.subscribe(() => void read(found).catch(() => {}))
        await read(found)
        if (isMine) setActs(found)
      })
      // Locked meanwhile, or the script did not come: the form goes on without.
      .catch(() => {})
    return () => {
      isMine = false
      unsubscribe()
    }
  }, [app, form])

  const run = (work: (on: PhotoActs) => ReturnType<PhotoActs['take']>) => {
    if (!acts || running.current) return
    running.current = ended(work(acts))
  }
  const ended = async (work: ReturnType<PhotoActs['take']>) => {
    setBusy(true)
    setProblem(null)
    try {
      const answer = await work
      if (!answer.ok) setProblem(answer.problem)
    } catch {
      setProblem('unreadable')
    } finally {
      running.current = null
      setBusy(false)
    }
  }

  return {
    ...{ list, room, isBusy, problem },
    isReady: acts !== null,
    take: (stream, file) => run((on) => on.take(form, stream, file)),
    replace: (photo, picture) => run((on) => on.replace(photo, picture)),
    drop: ({ id }) => void acts?.drop([id]),
    clear: () => void acts?.drop(list.map(({ id }) => id)),
    async intents(of) {
      // One that is being made is saved with the words; it takes a second.
      await running.current
      return acts ? acts.intents(form, of) : []
    },
    saved: (intents) => void acts?.saved(intents),
  }
}

/** A form's draft that takes its photographs along when it is begun anew. */
export function draftWithPhotos(
  draft: { readonly restored: boolean; readonly clear: () => void },
  photos: { readonly clear: () => void },
) {
  const clear = () => {
    photos.clear()
    draft.clear()
  }
  return { restored: draft.restored, clear }
}
