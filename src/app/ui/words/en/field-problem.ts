import type { FieldProblem } from '#domain/field.ts'

/** What is wrong with a field; stands under it. */
export function fieldProblem(problem: FieldProblem): string {
  const limit = problem.limit === undefined ? '' : String(problem.limit)
  switch (problem.problem) {
    case 'required':
      return 'Please fill this in'
    case 'wrong-shape':
      return 'Not in the right form'
    case 'too-long':
      return `At most ${limit} characters`
    case 'too-small':
      return `Not less than ${limit}`
    case 'too-large':
      return `Not more than ${limit}`
    case 'too-many':
      return `At most ${limit} entries`
    case 'not-a-day':
      return 'There is no such day'
    case 'not-an-instant':
      return 'Not a time in the right form'
    case 'day-in-future':
      return `Not later than ${limit || 'today'}`
    case 'day-too-early':
      return limit ? `Not earlier than ${limit}` : 'Too early'
    case 'not-a-telephone':
      return 'Not a telephone number; please check the digits'
    case 'unknown-choice':
      return 'Please choose one of the list'
    case 'id-length':
      return 'An identity number has 18 characters'
    case 'id-characters':
      return 'Digits only; the last may be X'
    case 'id-check-digit':
      return 'The check digit is wrong; please compare the number'
    case 'id-birth':
      return 'The birth date in the number does not exist'
    case 'id-mismatch-birth':
      return 'Not the birth date in the document number'
    case 'id-mismatch-sex':
      return 'Not the sex in the document number'
    case 'document-shape':
      return 'Not a document number of this type'
    case 'died-before-birth':
      return 'Not before the birth date'
    case 'left-before-arrival':
      return 'Not before the arrival'
    case 'ended-before-begun':
      return 'The end is before the beginning'
    case 'unseen-letters':
      return 'It holds letters that cannot be seen; please type it anew'
    case 'field-restricted':
      return 'Restricted by the person, or the consent was withdrawn'
    case 'consent-needed':
      return 'Rests on consent: switch it on below when the person agrees'
    case 'field-off':
      return 'This subdistrict does not record this any more'
    case 'override-too-long':
      return '90 days at most, and not before it begins'
    case 'guardian-needed':
      return 'Under 14 a guardian is needed'
  }
}
