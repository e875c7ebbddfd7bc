import { useEffect, useRef, useState } from 'preact/hooks'

/**
 * How many items of a list to draw: a screenful first, more when the mark behind them comes near the window. What
 * nobody has scrolled to is not drawn, since drawing is what a keystroke waits for. A new `subject` begins again.
 */
export function useGrowing(total: number, step: number, subject: unknown) {
  const [grown, setGrown] = useState({ subject, count: step })
  const mark = useRef<HTMLDivElement>(null)
  const count = Object.is(grown.subject, subject) ? grown.count : step
  const isWhole = count >= total
  useEffect(() => {
    const end = mark.current
    if (isWhole || !end) return
    const watch = new IntersectionObserver(
      (seen) => {
        if (seen.some((one) => one.isIntersecting)) setGrown({ subject, count: count + step })
      },
      { rootMargin: '150px' },
    )
    watch.observe(end)
    return () => watch.disconnect()
  }, [isWhole, count, step, subject])
  return { count, mark, isWhole }
}
