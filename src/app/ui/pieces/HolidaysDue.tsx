import { maySaveCatalogue } from '#domain/permission.ts'
import { holidaysDue } from '#app/views/holidays-due.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { requestsPages } from '#app/links/requests.ts'
import { useHolidaysWords } from './holidays-words.ts'

/** Asks whoever keeps the calendar for the holidays of a year that is near, until they are known. */
export function HolidaysDue() {
  const app = useParts('session', 'register', 'today')
  const own = useHolidaysWords()
  const role = useStore(app.session, (session) => session.account?.role)
  const today = useStore(app.today, (store) => store.day)
  const year = useRegister(app, (register) => holidaysDue(register, today), [today])
  if (year === null || role === undefined || !maySaveCatalogue(role)) return null
  return (
    <Notice>
      <p>{own.due(year)}</p>
      <ButtonLink href={requestsPages.calendar()}>{own.go}</ButtonLink>
    </Notice>
  )
}
