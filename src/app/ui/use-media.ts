import { useEffect, useState } from 'preact/hooks'

/** Whether a media query holds now; draws again when it changes. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const look = () => setHolds(list.matches)
    look()
    list.addEventListener('change', look)
    return () => list.removeEventListener('change', look)
  }, [query])
  return holds
}

/** A mouse and a wide window: what is compared stands in the columns of a table there. */
export function useDesk(): boolean {
  return useMedia('(pointer: fine) and (min-width: 1200px)')
}
