/** Workbooks that were written before, as the office lists them. */
import { useCallback, useEffect, useState } from 'preact/hooks'
import type { BookList } from '#protocol/place-book.ts'
import { useParts } from '#app/acts/use-parts.ts'

export interface Books {
  readonly list: BookList | null
  /** The list was asked for, and no newer one came. */
  readonly hasFailed: boolean
  /** Accounts for which slips are being made. */
  readonly slips: readonly string[] | null
  load(): Promise<void>
  showSlips(accounts: readonly string[] | null): void
}

export function useBooks(): Books {
  const app = useParts('officeActs')
  const [list, setList] = useState<BookList | null>(null)
  const [hasFailed, setFailed] = useState(false)
  const [slips, showSlips] = useState<readonly string[] | null>(null)
  const load = useCallback(async () => {
    setFailed(false)
    const acts = await app.officeActs.places()
    const answer = acts.ok ? await acts.value.books.list() : acts
    // Without an answer what was told before stays: the page says itself that there is no connection.
    if (answer.ok) setList(answer.value)
    else setFailed(true)
  }, [app])
  useEffect(() => void load(), [load])
  return { list, hasFailed, slips, load, showSlips }
}
