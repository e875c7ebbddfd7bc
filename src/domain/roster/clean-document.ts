/** The identity number and what goes with it, as rosters and spreadsheets leave them. */
import type { Day } from '../day.ts'
import {
  checkIdentityNumber,
  isForeignPermanentCard,
  normaliseDocument,
  upgradeIdentityNumber,
} from '../identity-number.ts'
import { labelToCode } from './labels.ts'
import type { RosterFacts, Trouble } from './row.ts'
import { cellToText, isNothing, type Cell } from './sheet.ts'

export interface CleanDocument {
  readonly facts: Pick<RosterFacts, 'documentType' | 'documentNumber' | 'birth' | 'sex'>
  readonly wrong: readonly Trouble[]
  readonly notes: readonly Trouble[]
}

const cards = new Set(['111', '112', '113'])

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
  const plain = normaliseDocument(text)
  const isCard = typed === null ? looksLikeCard(plain) : cards.has(typed)
  if (!isCard) {
    const kind = typed ?? (isForeignPermanentCard(plain) ? '553' : null)
    if (kind === null) return wrongly('id-length')
    if (kind === '553' && !isForeignPermanentCard(plain)) return wrongly('document-shape')
    if (!/^[A-Z0-9\p{Script=Han}()〔〕]{4,30}$/u.test(plain)) return wrongly('document-shape')
    return { facts: { documentType: kind, documentNumber: plain }, wrong: [], notes }
  }
  const found = checkIdentityNumber(upgradeIdentityNumber(plain) ?? plain, today)
  if (!found.ok) return wrongly(found.problem as Trouble['problem'])
  const { birth, sex } = found
  return {
    facts: { documentType: typed ?? '111', documentNumber: found.number, birth, sex },
    wrong: [],
    notes,
  }
}

/** 3.30111E+17, as a number or as the text of one, or a number longer than a cell can hold. */
function isSpoilt(cell: Cell, text: string): boolean {
  if (typeof cell === 'number') return Math.abs(cell) >= 1e15
  return /^\d(\.\d+)?E\+?\d+$/i.test(text)
}

/** Without a type, digits are a card, however many they are: what is wrong with them is said. */
function looksLikeCard(plain: string): boolean {
  return /^\d+[A-Z]?$/.test(plain) && !isForeignPermanentCard(plain)
}
