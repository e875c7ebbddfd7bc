/**
 * What somebody is asked about a roster: each question once, for all rows that say the same. Pure data: a question says what
 * stands in the roster and what it could mean, an answer says what it means, and a comparison with the answers is the same
 * comparison with those rows understood.
 */

/** The levels of a door as a question names them; normal forms of `domain/address.ts`. */
export interface DoorLevels {
  readonly estate: string | null
  readonly building: string | null
  readonly unit: string | null
  readonly floor: number | null
  readonly room: string | null
}

interface Common {
  /** Tells questions apart; rows with the same one have the same answer. */
  readonly key: string
  /** As it stands in the roster, to be quoted. */
  readonly text: string
}

export type Question =
  /** A text, or several columns of one row, that leads to no door beyond doubt. `suggestions`: likely first; may be none. */
  | (Common & { readonly kind: 'door'; readonly suggestions: readonly DoorLevels[] })
  /** A unit that is no number: 甲, 东单元, 1号门. `place`: estate and building, to be shown before it. */
  | (Common & {
      readonly kind: 'unit'
      readonly place: string
      readonly suggestions: readonly string[]
    })
  /** 2# in an estate of houses: is it 2号? `known`: the suggestion stands in the register already. */
  | (Common & {
      readonly kind: 'building'
      readonly estate: string
      readonly suggestions: readonly { readonly name: string; readonly known: boolean }[]
    })
  /**
   * Where a building that is new goes: `text` is a grid that no place has, or, `of` an estate, the estate for which the
   * roster names no grid.
   */
  | (Common & { readonly kind: 'grid'; readonly of: 'name' | 'estate' })
  /**
   * A hukou address of which no province, or inside Zhejiang no county, can be told: without it nobody can say who is
   * floating. `suggestions`: divisions (six digits) that have this name.
   */
  | (Common & {
      readonly kind: 'hukou'
      readonly suggestions: readonly { readonly code: string; readonly name: string }[]
    })
export type QuestionKind = Question['kind']

/** Rows with an open question of these kinds are not written; one about the hukou is taken without its division. */
export const blocking: ReadonlySet<QuestionKind> = new Set(['door', 'unit', 'building', 'grid'])

export type Answer =
  | { readonly to: 'door'; readonly door: DoorLevels }
  /** Digits, or a name of its own of at most four letters; null: no unit. */
  | { readonly to: 'unit'; readonly unit: string | null }
  /** One of the suggestions, or the building as the roster has it. */
  | { readonly to: 'building'; readonly building: string }
  /** The id of a place: one that stands there already, or that was made for it meanwhile. */
  | { readonly to: 'grid'; readonly grid: string }
  /** Six digits of GB/T 2260, of a province, city or county, with its name; null: nobody knows, take the row without. */
  | { readonly to: 'hukou'; readonly division: string | null; readonly name?: string }
  /** Of a blocking question: these rows are left out. */
  | { readonly to: 'leave' }

export type Answers = ReadonlyMap<string, Answer>

export const noAnswers: Answers = new Map()

/** A question with how many rows it is about and the first of them, by their place in the roster. */
export interface Asked {
  readonly question: Question
  readonly rows: number
  readonly at: readonly number[]
  readonly answer: Answer | null
}

/** So many rows are shown beside a question. */
const shown = 5

/** All questions of a comparison, those of most rows first; also the answered ones, so that an answer can be changed. */
export function questionsOf(
  compared: Iterable<{ readonly asks: readonly Question[] }>,
  answers: Answers,
): Asked[] {
  const asked = new Map<string, { question: Question; rows: number; at: number[] }>()
  let at = 0
  for (const { asks } of compared) {
    for (const question of asks) {
      const known = asked.get(question.key) ?? { question, rows: 0, at: [] }
      asked.set(question.key, known)
      known.rows += 1
      if (known.at.length < shown) known.at.push(at)
    }
    at += 1
  }
  return [...asked.values()]
    .map((one) => ({ ...one, answer: answers.get(one.question.key) ?? null }))
    .sort((a, b) => b.rows - a.rows)
}

/** What an answer says of a question; undefined where nobody has answered, or what fits the question is not what was said. */
export function answerTo<To extends Answer['to']>(
  answers: Answers,
  key: string,
  to: To,
): Extract<Answer, { readonly to: To }> | undefined {
  const answer = answers.get(key)
  return answer?.to === to ? (answer as Extract<Answer, { readonly to: To }>) : undefined
}
