import { useEffect, useState } from 'preact/hooks'
import type { Rectangle } from '#domain/bounds.ts'
import type { Datum } from '#domain/position.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { openArchive } from './ground-archive.ts'
import { paper, type OpenGround } from './style.ts'
import { firstPages } from '#app/links/first.ts'

export interface GroundState {
  readonly open: OpenGround
  readonly datum: Datum
  readonly credit: string | null
  /** What is to be said of it; null where it is simply there, or the deployment has none. */
  readonly note: 'groundMissing' | 'groundNeedsNetwork' | 'groundKept' | null
}

const plain: GroundState = { open: paper, datum: 'wgs84', credit: null, note: null }

/**
 * The deployment's ground, once it is known, and whether it lies on the device. With a connection the tiles of the
 * area are read in the background: a worker stands in the lane when they are needed.
 */
export function useGround(area: Rectangle): GroundState & { readonly missing: () => void } {
  const app = useParts('mapActs')
  const [state, setState] = useState(plain)
  useEffect(() => {
    const leaving = new AbortController()
    const set = (next: GroundState) => {
      if (!leaving.signal.aborted) setState(next)
    }
    const open = async () => {
      const ground = await app.mapActs.ground()
      if (!ground || ground.kind === 'none') return
      const { datum, credit } = ground
      if (ground.kind === 'tiles') {
        const { address, minZoom, maxZoom } = ground
        const full = address.startsWith(firstPages.today()) ? location.origin + address : address
        const pictures = { kind: 'pictures', address: full, layers: [], minZoom, maxZoom } as const
        return set({ open: pictures, datum, credit, note: null })
      }
      const archive = await openArchive(app.mapActs, ground.tag).catch(() => null)
      if (!archive) return set({ ...plain, note: 'groundMissing' })
      set({ open: archive, datum, credit, note: null })
      const isKept = await archive.keep(area, leaving.signal).catch(() => false)
      if (isKept) set({ open: archive, datum, credit, note: 'groundKept' })
    }
    open().catch(reportError)
    return () => leaving.abort()
    // The area is that of the grid as it was when the map was opened.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [app])
  const missing = () =>
    setState((before) => ({
      ...before,
      note: before.open.kind === 'pictures' ? 'groundNeedsNetwork' : 'groundMissing',
    }))
  return { ...state, missing }
}
