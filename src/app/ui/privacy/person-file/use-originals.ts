import { useEffect, useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import type { ShownPhoto } from '#app/views/photos-of.ts'

/**
 * The originals of a file's photographs, as far as this device or the office gives them, one after the other: until
 * then, and of one that does not come, the small one of its record stands there.
 */
export function useOriginals(photos: readonly ShownPhoto[]): ReadonlyMap<string, string> {
  const app = useParts('photos')
  const [found, setFound] = useState<ReadonlyMap<string, string>>(new Map())
  const ids = photos.map(({ id }) => id).join()
  useEffect(() => {
    let wanted = true
    const fetchAll = async () => {
      const acts = await app.photos()
      for (const photo of photos) {
        const address = await acts.address({ ...photo, fields: photo.picture })
        if (!wanted) return
        if (address) setFound((before) => new Map(before).set(photo.id, address))
      }
    }
    // Locked meanwhile, or the script did not come: the small ones stand there.
    if (photos.length > 0) void fetchAll().catch(() => {})
    return () => {
      wanted = false
    }
    // The photographs of the file as it was opened.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [app, ids])
  return found
}
