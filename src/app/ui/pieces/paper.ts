import { render, type ComponentChild } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import styles from './Paper.module.css'

/**
 * Puts a sheet in the place of the app while the browser prints, whether by our button or by its own menu. It is not
 * drawn before that: on screen it would cost as much as what it shows. It stands outside of the app, so that it is drawn
 * from what it is given alone. `draw` null: the page prints as it is.
 */
export function usePaper(draw: (() => ComponentChild) | null): void {
  const latest = useRef(draw)
  latest.current = draw
  useEffect(() => {
    const place = document.createElement('div')
    place.className = styles.paper ?? ''
    place.dataset['light'] = ''
    const show = () => {
      if (!latest.current) return
      // Before the app: the stylesheet hides what comes after it.
      document.body.prepend(place)
      render(latest.current(), place)
    }
    const hide = () => {
      render(null, place)
      place.remove()
    }
    addEventListener('beforeprint', show)
    addEventListener('afterprint', hide)
    return () => {
      removeEventListener('beforeprint', show)
      removeEventListener('afterprint', hide)
      hide()
    }
  }, [])
}
