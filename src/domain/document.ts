/** Which document a number is of: some numbers say it themselves, and birth date and sex with it. */
import type { Day } from './day.ts'
import { normaliseDocument } from './document-key.ts'
import {
  checkIdentityNumber,
  isForeignPermanentCard,
  isResidencePermit,
} from './identity-number.ts'

/** Codes of GA/T 517 whose number is that of GB 11643. */
export const identityTypes: ReadonlySet<string> = new Set(['111', '112', '113'])

/** Foreigner's permanent residence card. */
export const foreignCard = '553'

/**
 * Residence permit of residents from Hong Kong, Macao and Taiwan (since 2018). Our edition of GA/T 517 has no code for
 * it, and none is invented: letters cannot be taken for one.
 */
export const residencePermit = 'GAT'

/** Documents whose number of 18 characters holds birth date, sex and the check character of GB 11643. */
export const numberedTypes: ReadonlySet<string> = new Set([
  ...identityTypes,
  foreignCard,
  residencePermit,
])

/** The type that a number names itself, where it is whole and right; null of an identity number and of all others. */
export function typeOfNumber(text: string, today: Day): string | null {
  const number = normaliseDocument(text)
  if (isForeignPermanentCard(number)) return foreignCard
  return isResidencePermit(number) && checkIdentityNumber(number, today).ok ? residencePermit : null
}
