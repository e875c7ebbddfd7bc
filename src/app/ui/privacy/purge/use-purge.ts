/** The list as it was last told, asked for anew, and asked for again after each answer. */
import { useCallback, useEffect, useState } from 'preact/hooks'
import type { PurgeList } from '#protocol/purge.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import type { PurgeActs } from '#app/acts/purge-acts.ts'
import { useParts } from '#app/acts/use-parts.ts'

export type AnswerProblem = Extract<OfficeAnswer<unknown>, { ok: false }>['problem']

export interface KnownPurge {
  /** Null before anything was told. */
  readonly list: PurgeList | null
  readonly problem: AnswerProblem | null
  readonly isAsking: boolean
  load(): Promise<void>
  /** Does one thing and has the list told anew; null where it went well. */
  answer(work: (acts: PurgeActs) => Promise<OfficeAnswer<unknown>>): Promise<AnswerProblem | null>
  /** For what is asked beside the list. */
  acts(): Promise<OfficeAnswer<PurgeActs>>
}

export function usePurge(): KnownPurge {
  const app = useParts('officeActs')
  const [list, setList] = useState<PurgeList | null>(null)
  const [problem, setProblem] = useState<AnswerProblem | null>(null)
  const [isAsking, setAsking] = useState(true)
  const load = useCallback(async () => {
    setAsking(true)
    const acts = await app.officeActs.purge()
    if (acts.ok) {
      const last = await acts.value.list.last()
      setList((before) => before ?? last)
      const told = await acts.value.list.now()
      if (told.ok) setList(told.value)
      setProblem(told.ok ? null : told.problem)
    } else setProblem(acts.problem)
    setAsking(false)
  }, [app])
  useEffect(() => void load(), [load])
  const answer: KnownPurge['answer'] = async (work) => {
    const acts = await app.officeActs.purge()
    if (!acts.ok) return acts.problem
    const done = await work(acts.value)
    await load()
    return done.ok ? null : done.problem
  }
  return { list, problem, isAsking, load, answer, acts: () => app.officeActs.purge() }
}
