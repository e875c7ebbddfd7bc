import { isWithheld } from '#domain/consent.ts'
import { maskName, maskPhone } from '#domain/mask.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { walkPages } from '#app/links/walk.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Fact, FactGrid } from '#app/ui/kit/FactGrid.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { Masked } from '#app/ui/pieces/Masked.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import type { Reveals } from '#app/ui/pieces/reveals.ts'
import { useCareWords } from '#app/ui/words/care-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import type { Rec } from '#app/views/records.ts'
import styles from './Resident.module.css'

const masks = { contactName: maskName, contactPhone: maskPhone } as const
const contact = ['contactName', 'contactPhone'] as const

/** At the top of a red person's page: whom to call, who has a key; where nobody is known, the way to say it. */
export function ContactFirst(props: {
  readonly resident: Rec<'resident'>
  readonly reveals: Reveals
}) {
  const app = useParts('register', 'today')
  const own = useCareWords()
  const words = useWords()
  const { id, fields } = props.resident
  const day = useStore(app.today, (store) => store.day)
  const { colour } = useRegister(app, (register) => register.colourOfResident(id, day), [id, day])
  const { off } = usePolicy()
  const asked = contact.filter((field) => !off.includes(field) && !isWithheld(field, fields))
  if (colour !== 'red' || asked.length === 0) return null
  const known = asked.flatMap((field) => {
    const value = fields[field]
    return value ? [{ field, value }] : []
  })
  const phone = known.find(({ field }) => field === 'contactPhone')?.value
  return (
    <Group head={own.contact} box>
      {known.length === 0 ? (
        <>
          <p>{own.contactNone}</p>
          <ButtonLink href={walkPages.editResident(id)}>{own.contactAdd}</ButtonLink>
        </>
      ) : (
        <FactGrid>
          {known.map(({ field, value }) => {
            const label = words.facts.field[field] ?? field
            return (
              <Fact key={field} label={label} tall wide>
                <Masked
                  {...{ field, label, value, reveals: props.reveals }}
                  masked={masks[field](value)}
                />
              </Fact>
            )
          })}
        </FactGrid>
      )}
      {phone && props.reveals.isShown('contactPhone') && (
        <a class={styles.door} href={`tel:${phone}`}>
          {words.resident.call} {phone}
        </a>
      )}
    </Group>
  )
}
