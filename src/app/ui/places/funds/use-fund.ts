/** The fund of a page's address with its account, and what whoever looks may do with it. */
import { useEffect, useState } from 'preact/hooks'
import { leastRole } from '#domain/permission.ts'
import { brokenAt } from '#app/acts/fund-acts.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import {
  fundView,
  mayEnterHere,
  mayKeepHere,
  type FundView,
  type FundViewer,
} from '#app/views/funds.ts'

export function useFundViewer(): FundViewer {
  const account = useStore(useParts('session').session, (session) => session.account)
  return { id: account?.id ?? '', role: account?.role ?? leastRole }
}

export interface OpenFund {
  readonly view: FundView | undefined
  readonly viewer: FundViewer
  readonly mayKeep: boolean
  readonly mayEnter: boolean
}

export function useFund(id: string | undefined): OpenFund {
  const app = useParts('register')
  const viewer = useFundViewer()
  const { id: account, role } = viewer
  return useRegister(
    app,
    (register): OpenFund => {
      const fund = id ? register.get('fund', id) : undefined
      return {
        viewer,
        view: fund && fundView(register, fund, account),
        mayKeep: fund !== undefined && mayKeepHere(register, fund, viewer),
        mayEnter: fund !== undefined && mayEnterHere(register, fund, viewer),
      }
    },
    [id, account, role],
  )
}

/** Undefined until the chain was gone through. */
export function useBroken({ fund, ledger }: FundView): number | null | undefined {
  const [broken, setBroken] = useState<number | null | undefined>(undefined)
  const { hash } = ledger
  useEffect(() => {
    let isMine = true
    void brokenAt(fund.id, ledger).then((found) => {
      if (isMine) setBroken(found)
    })
    return () => {
      isMine = false
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the chain is another one when its last hash, or how much counts, is
  }, [fund.id, hash, ledger.counted.length])
  return broken
}
