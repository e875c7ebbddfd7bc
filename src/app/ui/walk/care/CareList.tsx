import { lookAt } from '#domain/care-lapse.ts'
import type { Care } from '#domain/care.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { walkPages } from '#app/links/walk.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import { useCareWords } from '#app/ui/words/care-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import type { Rec } from '#app/views/records.ts'

/** On a resident's page: what is arranged, what lapsed first; nothing where the office arranges none. */
export function CareList(props: { readonly resident: Rec<'resident'> }) {
  const own = useCareWords()
  const isOff = usePolicy().off.includes('cares')
  const { id, fields } = props.resident
  const cares = [...(fields.cares ?? [])].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
  if (isOff && cares.length === 0) return null
  return (
    <>
      {cares.length > 0 && (
        <Group head={own.title}>
          {cares.map((care) => (
            <CareRow key={care.id} care={care} resident={id} />
          ))}
        </Group>
      )}
      {!isOff && (
        <ButtonLink icon="plus" href={walkPages.addCare(id)}>
          {own.add}
        </ButtonLink>
      )}
    </>
  )
}

/** Those that are over come last. */
function orderOf(care: Care): string {
  return `${care.endedOn ? 1 : 0}${lookAt(care) ?? '9'}`
}

function CareRow(props: { readonly care: Care; readonly resident: string }) {
  const own = useCareWords()
  const words = useWords()
  const day = useStore(useParts('today').today, (store) => store.day)
  const { care, resident } = props
  const at = lookAt(care)
  const on = (value: string) => formatDay(words, value, day)
  return (
    <Row
      title={own.needs[care.need]}
      name={care.who}
      isLate={at !== null && at < day}
      aside={care.endedOn ? own.ended(on(care.endedOn)) : at !== null && at < day ? own.lapsed : ''}
      under={formatFacts(words, [
        care.often,
        !care.endedOn && care.look && own.lookOn(on(care.look)),
        !care.endedOn && care.until && own.untilOn(on(care.until)),
        care.request && own.fromRequest,
      ])}
      href={walkPages.care(resident, care.id)}
    />
  )
}
