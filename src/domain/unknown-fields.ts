/**
 * What a record may carry that this version does not know: a newer or older app's fields survive a round trip, within
 * limits, and never under a name for what this register must not hold.
 */
import type { FieldProblem } from './field.ts'

type Values = Readonly<Record<string, unknown>>

/** More than any version added to one kind of record at once. */
export const mostUnknown = 20
/** Characters of their names and values as JSON, together. */
export const mostUnknownText = 4_000
/** Names as this project gives them: a newer version's are of the same form. */
const nameForm = /^[a-z][A-Za-z0-9]{0,39}$/

/**
 * Roots of names under which nothing is ever stored, in this version or a later one: crime, belief, the body's
 * measures, mental illness, drugs, sexual life, genes, politics (the impact assessment's 不做的事, articles 28 and 29 of the
 * Personal Information Protection Law). Compared without case and marks, at any depth.
 */
const neverKept = [
  ...['crimin', 'convict', 'offender', 'prison', 'fanzui', 'qianke'],
  ...['religio', 'faith', 'belief', 'zongjiao', 'xinyang'],
  ...['biometr', 'fingerprint', 'facetemplate', 'faceimage', 'facescan', 'faceid', 'faceprint'],
  ...[
    'facefeature',
    'irisscan',
    'iriscode',
    'retina',
    'voiceprint',
    'palmprint',
    'gaitprint',
    'renlian',
    'zhiwen',
  ],
  ...['mentalill', 'mentalhealth', 'mentaldisorder', 'psychiatr', 'jingshenbing'],
  ...['drugaddict', 'druguse', 'drugabuse', 'addiction', 'xidu'],
  ...['sexual', 'hivstatus', 'genetic', 'genome', 'dnaprofile', 'bloodtype'],
  ...[
    'politic',
    'ideolog',
    'loyalty',
    'petitioner',
    'stabilityrisk',
    'creditscore',
    'socialcredit',
  ],
] as const

/** Whether a name is one for what the protection rules forbid. */
export function isNeverKept(name: string): boolean {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '')
  return neverKept.some((root) => plain.includes(root))
}

/**
 * What is wrong with fields beside those that a schema knows, and with names inside of any field; empty where nothing
 * is. `known`: the names that the schema has.
 */
export function problemsOfUnknown(known: ReadonlySet<string>, fields: Values): FieldProblem[] {
  const unknown = Object.entries(fields).filter(([name]) => !known.has(name))
  const problems: FieldProblem[] = unknown.flatMap(([name]): FieldProblem[] => {
    if (isNeverKept(name)) return [{ field: name, problem: 'field-off' }]
    return nameForm.test(name) ? [] : [{ field: name, problem: 'wrong-shape' }]
  })
  for (const [name, value] of Object.entries(fields)) {
    if (hasForbiddenName(value)) problems.push({ field: name, problem: 'field-off' })
  }
  // A field that somebody cleared is none.
  const kept = unknown.filter(([, value]) => value !== null && value !== undefined)
  const size = JSON.stringify(Object.fromEntries(kept)).length
  if (kept.length > mostUnknown || size > mostUnknownText) {
    const isMany = kept.length > mostUnknown
    problems.push(
      ...kept.map(([field]): FieldProblem => ({
        field,
        problem: isMany ? 'too-many' : 'too-long',
        limit: isMany ? mostUnknown : mostUnknownText,
      })),
    )
  }
  return problems
}

/** No form is deeper. */
const deepest = 16

function hasForbiddenName(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (depth > deepest) return true
  return Object.entries(value).some(
    ([name, inner]) =>
      (!Array.isArray(value) && isNeverKept(name)) || hasForbiddenName(inner, depth + 1),
  )
}
