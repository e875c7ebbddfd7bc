import { maySaveCatalogue } from '#domain/permission.ts'
import { holidaysDue } from '#app/views/holidays-due.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useScreenWords } from '#app/ui/words/use-words.ts'
import { requestsPages } from '#app/links/requests.ts'

const holidaysWords = {
  'zh-CN': {
    due: (year: number) =>
      `还没有填${year}年的放假安排。国务院办公厅公布以后请填上：没填之前，那一年的期限只按周末算。`,
    go: '去填工作日历',
  },
  en: {
    due: (year: number) =>
      `The holidays of ${year} are not in the calendar. Enter them once they are announced: until then dues of that year count weekends alone.`,
    go: 'Open the calendar',
  },
}

/** Asks whoever keeps the calendar for the holidays of a year that is near, until they are known. */
export function HolidaysDue() {
  const app = useParts('session', 'register', 'today')
  const own = useScreenWords(holidaysWords)
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
