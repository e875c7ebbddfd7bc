/**
 * The keyboard on the screen. `data-typing` stands on the document while somebody is in a field, so that a low screen can
 * give the field the room of tabs and bars. `--keyboard` is what the keyboard covers where it does not make the page
 * smaller: iPhones, which know no `interactive-widget`.
 */
type KeyboardWindow = Pick<
  Window,
  'document' | 'innerHeight' | 'visualViewport' | 'scrollTo' | 'addEventListener'
>

/** Less than this is a bar of the browser and no keyboard. Pixels. */
const leastKeyboard = 80
const typedInto =
  'textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file])'

export function watchKeyboard(frame: KeyboardWindow = window): void {
  const page = frame.document.documentElement
  const typing = () => {
    const field = frame.document.activeElement
    return field?.matches(typedInto) === true ? field : null
  }
  const look = () => {
    page.toggleAttribute('data-typing', typing() !== null)
    const seen = frame.visualViewport
    // Pinched together or apart the figures say something else.
    const covered = seen && Math.abs(seen.scale - 1) < 0.01 ? frame.innerHeight - seen.height : 0
    const isUp = covered > leastKeyboard
    page.style.setProperty('--keyboard', isUp ? `${String(Math.round(covered))}px` : '0px')
    // The page is as high as what is seen of it now: moved up, its head would be gone.
    if (isUp && seen && seen.offsetTop > 0) frame.scrollTo(0, 0)
    typing()?.scrollIntoView({ block: 'nearest' })
  }
  frame.document.addEventListener('focusin', look)
  // The next field has the focus a moment later.
  frame.document.addEventListener('focusout', () => setTimeout(look))
  frame.visualViewport?.addEventListener('resize', look)
  frame.addEventListener('resize', look)
}
