/** The identity number and what goes with it, as rosters and spreadsheets leave them. */
import type { Day } from '../day.ts'
import { identityTypes, numberedTypes, residencePermit, typeOfNumber } from '../document.ts'
import { normaliseDocument, upgradeIdentityNumber } from '../document-key.ts'
import {
  checkIdentityNumber,
  isForeignPermanentCard,
  isResidencePermit,
} from '../identity-number.ts'
import { labelToCode } from './labels.ts'
import type { RosterFacts, Trouble } from './row.ts'
import { cellToText, isNothing, type Cell } from './sheet.ts'

export interface CleanDocument {
  readonly facts: Pick<RosterFacts, 'documentType' | 'documentNumber' | 'birth' | 'sex'>
  readonly wrong: readonly Trouble[]
  readonly notes: readonly Trouble[]
}

const foreign = '553'

export function cleanDocument(number: Cell, type: Cell, today: Day): CleanDocument {
  const text = cellToText(number)
  const typeText = cellToText(type)
  const typed = isNothing(typeText) ? null : labelToCode('id_doc_type', typeText)
  const notes: Trouble[] =
    !isNothing(typeText) && typed === null
      ? [{ field: 'documentType', problem: 'unknown-label', text: typeText }]
      : []
  const wrongly = (problem: Trouble['problem']): CleanDocument => ({
    facts: {},
    notes,
    wrong: [{ field: 'documentNumber', problem, text }],
  })
  if (isNothing(text)) return { facts: {}, wrong: [], notes }
  // A cell of numbers holds fifteen digits; what stood there before is not in the file any more.
  if (isSpoilt(number, text)) return wrongly('spoilt-number')
  const plain = normaliseDocument(withoutWords(text))
  // A number says itself what it is of, whatever somebody chose beside it: 居民身份证 is what lists begin with.
  const own = typeOfNumber(plain, today)
  const isCard = typed === null ? looksLikeCard(plain) : identityTypes.has(typed)
  const kind = own && (typed === null || isCard) ? own : (typed ?? (isCard ? '111' : null))
  if (kind === null) return wrongly('id-length')
  if (kind === foreign && !isForeignPermanentCard(plain)) return wrongly('document-shape')
  if (kind === residencePermit && !isResidencePermit(plain)) return wrongly('document-shape')
  if (numberedTypes.has(kind) && !(kind === foreign && /^[A-Z]{3}/.test(plain))) {
    const found = checkIdentityNumber(upgradeIdentityNumber(plain) ?? plain, today)
    if (!found.ok) return wrongly(problemOf(plain, found.problem as Trouble['problem']))
    const { birth, sex } = found
    return {
      facts: { documentType: kind, documentNumber: found.number, birth, sex },
      wrong: [],
      notes,
    }
  }
  if (!/^[A-Z0-9\p{Script=Han}()〔〕]{4,30}$/u.test(plain)) return wrongly('document-shape')
  return { facts: { documentType: kind, documentNumber: plain }, wrong: [], notes }
}

/** 3.30111E+17, as a number or as the text of one, or a number longer than a cell can hold. */
function isSpoilt(cell: Cell, text: string): boolean {
  if (typeof cell === 'number') return Math.abs(cell) >= 1e15
  return /^\d(\.\d+)?E\+?\d+$/i.test(text)
}

/** 身份证2001…, 2001…（已核）, 号码：…: what is written around a number says nothing of it. */
function withoutWords(text: string): string {
  const words = '[\\p{Script=Han}:：\\s]*'
  const bracket = '(?:[（(【[][^）)】\\]]*[）)】\\]])?'
  const inside = new RegExp(
    `^${words}(?:[“"'‘]?)([\\dA-Za-z][\\dA-Za-zА-Яа-я×*＊\\s'’‘"“”\\-—–·.]{10,}?)${words}${bracket}${words}$`,
    'u',
  ).exec(text)
  return inside?.[1] ?? text
}

/** Without a type, what is mostly digits is a card, however many letters it has: what is wrong with them is said. */
function looksLikeCard(plain: string): boolean {
  if (isForeignPermanentCard(plain)) return false
  if (/^\d+[A-Z]?$/.test(plain)) return true
  const digits = plain.replace(/\D/g, '').length
  return plain.length >= 15 && plain.length <= 20 && digits >= plain.length - 3
}

/** A letter too many is told before the length: eighteen characters stand there, and one of them cannot. */
function problemOf(plain: string, problem: Trouble['problem']): Trouble['problem'] {
  return problem === 'id-length' && /[^\dX]/.test(plain) ? 'id-characters' : problem
}
