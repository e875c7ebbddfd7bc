/** Questions about a roster as a screen shows them, with the rows that they are about. */
import type { Compared } from '#domain/roster/compare.ts'
import { questionsOf, type Answer, type Answers, type Question } from '#domain/roster/questions.ts'

export interface QuestionView {
  readonly question: Question
  readonly answer: Answer | null
  /** How many rows it is about, and the first of them as the spreadsheet numbers them. */
  readonly rows: number
  readonly first: readonly { readonly sheet: string; readonly number: number }[]
}

export interface QuestionTally {
  readonly total: number
  /** Without an answer, and the rows that wait for one. */
  readonly open: number
  readonly waiting: number
}

export interface Questions {
  readonly total: number
  readonly questions: readonly QuestionView[]
}

/** Those of most rows first; an answer does not move its question, which would jump from under the finger. */
export function viewQuestions(compared: readonly Compared[], answers: Answers): QuestionView[] {
  return questionsOf(compared, answers).map(({ question, answer, rows, at }) => ({
    ...{ question, answer, rows },
    first: at.flatMap((index) => {
      const row = compared[index]?.row
      return row ? [{ sheet: row.sheet, number: row.number }] : []
    }),
  }))
}

export function tallyQuestions(
  compared: readonly Compared[],
  questions: readonly QuestionView[],
): QuestionTally {
  const open = new Set(
    questions.filter(({ answer }) => answer === null).map(({ question }) => question.key),
  )
  const waiting = compared.filter(({ asks }) => asks.some(({ key }) => open.has(key))).length
  return { total: questions.length, open: open.size, waiting }
}
