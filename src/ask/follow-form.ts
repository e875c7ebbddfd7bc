/** A follow-up code out of the address's fragment, which no server saw, and the forms below it without leaving the page. */
import { find, fieldsOf, isOnline, post, showPage } from './page.ts'
import { offerMore } from './photo-field.ts'
import { words } from './words.ts'

export function openFollow(form: HTMLFormElement): void {
  const field = form.elements.namedItem('token') as HTMLInputElement
  const given = decodeURIComponent(location.hash.slice(1))
  if (given === '') return
  field.value = given
  // Whoever looks over a shoulder, and the next page's history, see no code.
  history.replaceState(null, '', location.pathname + location.search)
  sendInPlace(form)
}

/** Looking, and every form of a followed request: the same as without a script, in the place of this page. */
export function sendInPlace(form: HTMLFormElement): void {
  void send(form, new URL(form.action).pathname)
}

async function send(form: HTMLFormElement, path: string): Promise<void> {
  const button = form.querySelector('button')
  if (button?.disabled) return
  if (button) button.disabled = true
  const answer = await post(path, fieldsOf(form))
  if (button) button.disabled = false
  if (answer?.page) {
    showPage(answer.page)
    offerMore()
    return
  }
  const note = document.createElement('p')
  note.className = 'notice alarm'
  note.setAttribute('role', 'alert')
  note.textContent = isOnline() ? words.failed : words.offline
  find('.notice.alarm')?.remove()
  form.append(note)
}
