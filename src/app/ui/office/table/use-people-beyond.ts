import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { ExportPurpose } from '#domain/export.ts'
import { rowBeyond } from '#domain/sheet-beyond.ts'
import type { SheetRow } from '#domain/sheet-columns.ts'
import type { BeyondAsked, BeyondProblem, PersonBeyond } from '#app/acts/table-beyond.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import type { TableCursor } from '#protocol/table.ts'

interface Listed {
  readonly people: readonly PersonBeyond[]
  readonly next: TableCursor | null
}

/**
 * People as the server lists them, page after page. Nothing is asked before there is a purpose; another question begins
 * anew, and what still comes for the one before is shown to nobody. Kept no longer than the page is open.
 */
export function usePeopleBeyond(
  question: Omit<BeyondAsked, 'purpose'>,
  purpose: ExportPurpose | null,
) {
  const app = useParts('officeActs', 'today')
  const today = useStore(app.today, (store) => store.day)
  const [state, setState] = useState<{
    readonly of: unknown
    readonly listed: Listed | null
    readonly problem: BeyondProblem | null
    readonly isAsking: boolean
  }>({ of: null, listed: null, problem: null, isAsking: false })
  const current = useRef<unknown>(null)
  const { listed, problem, isAsking } =
    state.of === question ? state : { listed: null, problem: null, isAsking: purpose !== null }

  const ask = useCallback(
    async (before: Listed | null) => {
      if (purpose === null) return
      current.current = question
      setState({ of: question, listed: before, problem: null, isAsking: true })
      const acts = await app.officeActs.table()
      let held = before
      // A page may come with few rows, or none, and say that others follow.
      do {
        const answer = acts.ok
          ? await acts.value.page({ ...question, purpose }, held?.next ?? null)
          : acts
        if (current.current !== question) return
        if (!answer.ok) {
          const { problem: why } = answer
          return setState({ of: question, listed: held, problem: why, isAsking: false })
        }
        held = joined(held, answer.value.people, answer.value.next)
      } while (held.next && held.people.length === (before?.people.length ?? 0))
      setState({ of: question, listed: held, problem: null, isAsking: false })
    },
    [app, question, purpose],
  )
  useEffect(() => void ask(null), [ask])
  useEffect(() => () => void (current.current = null), [])

  const more = useCallback(() => {
    if (listed?.next && !isAsking && problem === null) void ask(listed)
  }, [ask, listed, isAsking, problem])
  const people = listed?.people
  const rows = useMemo(
    () =>
      new Map(
        (people ?? []).map((one): readonly [string, { row: SheetRow; stream: string }] => [
          one.id,
          { row: rowBeyond(question.columns, one, today), stream: one.stream },
        ]),
      ),
    [people, question, today],
  )
  return {
    ids: useMemo(() => people?.map(({ id }) => id) ?? null, [people]),
    isAll: listed !== null && listed.next === null,
    ...{ rows, problem, isAsking, more },
    again: () => void ask(problem === 'changed-meanwhile' ? null : listed),
  }
}

/** Whoever moved meanwhile may come twice, and stands in the list once. */
function joined(
  before: Listed | null,
  people: readonly PersonBeyond[],
  next: TableCursor | null,
): Listed {
  const known = new Set(before?.people.map(({ id }) => id))
  return { people: [...(before?.people ?? []), ...people.filter(({ id }) => !known.has(id))], next }
}
