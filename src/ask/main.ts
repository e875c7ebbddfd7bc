/** The resident's page: every page works without this script; it keeps drafts, proves, and offers the link. */
import './ask.css'
import './fund.css'
import { openForm } from './ask-form.ts'
import { openFollow, sendInPlace } from './follow-form.ts'
import { find } from './page.ts'
import { offerMore, openPicture, resumePhotos } from './photo-field.ts'

const ask = find<HTMLFormElement>('#ask')
if (ask) openForm(ask)
const follow = find<HTMLFormElement>('#follow')
if (follow) openFollow(follow)
resumePhotos()
offerMore()
// Of pages that come later in the place of this one, too.
document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement
  if (form.classList.contains('picture')) {
    event.preventDefault()
    openPicture(form)
    return
  }
  if (form.id !== 'follow' && !form.classList.contains('say')) return
  event.preventDefault()
  sendInPlace(form)
})
