import { useEffect, useRef, useState } from 'preact/hooks'
import type { ExportPurpose } from '#domain/export.ts'
import type { Sheet } from '#domain/sheet.ts'
import { approvalOn } from '#app/register/approvals.ts'
import { minorsAmong } from '#app/register/minors.ts'
import type { HandedOut } from '#app/acts/hand-out.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import type { Mask } from '#app/ui/pieces/HandOutFields.tsx'
import { useRecipient } from '#app/ui/pieces/RecipientFields.tsx'
import { officePlace } from '#app/views/office-place.ts'

/** What is asked before rows of the table leave the register, as a file or on paper, and who of them may leave. */
export function useLeaving(sheet: Sheet, all: readonly string[]) {
  const app = useParts('session', 'register', 'today')
  const account = useStore(app.session, (session) => session.account)
  const day = useStore(app.today, (store) => store.day)
  const place = useRegister(app, (register) => officePlace(register, account), [account])
  const [mask, setMask] = useState<Mask>('masked')
  const [purpose, setPurpose] = useState<ExportPurpose | null>(null)
  const recipient = useRecipient('own')
  const [tried, setTried] = useState(false)
  const [done, setDone] = useState<{ readonly value: number | null } | null>(null)
  const [problem, setProblem] = useState<(HandedOut & { ok: false })['problem'] | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const { minors, isApproved } = useRegister(
    app,
    (register) => ({
      minors: minorsAmong(register, sheet, all, day),
      isApproved:
        !!place && !!account && approvalOn(register, place, account, 'export', day) !== null,
    }),
    [sheet, all, place, account, day],
  )
  // Without an approval nobody under 18 leaves the register.
  const isLeavingOut = minors.size > 0 && !isApproved
  const ids = isLeavingOut ? all.filter((id) => !minors.has(id)) : all
  /** Null where something is still to be said, or it is on its way already. */
  const begin = () => {
    setTried(true)
    const { handed } = recipient
    if (!purpose || !handed || !place || done) return null
    const stop = new AbortController()
    running.current = stop
    setProblem(null)
    setDone({ value: 0 })
    return { purpose, handed, place, signal: stop.signal }
  }
  return {
    ...{ account, day, place, mask, setMask, purpose, setPurpose, ...recipient },
    ...{ tried, begin, done, setDone, problem, setProblem, running },
    ...{ minors, isApproved, isLeavingOut, ids },
  }
}

export type Leaving = ReturnType<typeof useLeaving>
