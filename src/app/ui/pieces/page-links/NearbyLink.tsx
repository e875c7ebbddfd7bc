import { placesPages } from '#app/links/places.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { useServicesWords } from '#app/ui/words/nearby-words.ts'

/** The way to what there is in the community. */
export function ServicesLink() {
  const own = useServicesWords()
  return <ButtonLink href={placesPages.services()}>{own.link}</ButtonLink>
}
