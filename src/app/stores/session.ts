/**
 * Who is at work on this device: sign-in online once, a PIN from then on, a lock after five minutes away.
 * Nothing here deletes anything: whatever an account left unsent stays sealed until it is unlocked again.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import * as v from 'valibot'
import { roles, type Role } from '#domain/account.ts'
import type { Session } from '#protocol/session.ts'
import type { Ids } from '#app/platform/ids.ts'
import { VaultFault, type Vault } from '#app/vault/vault.ts'
import type { SessionActs, SessionState } from './app.ts'
import type { Accounts, KnownAccount, SignIn, SignInProblem } from './accounts.ts'

interface Parts {
  readonly ids: Ids
  readonly accounts: Accounts
  readonly signIn: SignIn
  /** Takes the opened vault to the desk: register, sync, drafts; true where a first pull was complete before. */
  readonly open: (vault: Vault) => Promise<boolean>
  /** Clears the desk and closes its vault. */
  readonly close: () => void
  readonly onFault: (error: unknown) => void
}

export interface SessionStore {
  readonly store: StoreApi<SessionState>
  readonly acts: SessionActs
  start(): Promise<void>
  /** Everything that the account may see has come once. */
  pullComplete(): void
  pullProgress(done: number, total: number): void
  /** The device was revoked or the account closed. */
  shutOut(problem: SessionState['problem']): void
  /** Signs the account that is open in again; its PIN and work stay. Null where it worked. */
  signInAgain(password: string, newPassword?: string): Promise<SignInProblem | null>
}

const noteKey = 'account'
const personSchema = v.object({ name: v.string(), role: v.picklist(roles) })
type Person = v.InferOutput<typeof personSchema>

export function createSession({
  ids,
  accounts,
  signIn,
  open,
  close,
  onFault,
}: Parts): SessionStore {
  const store = createStore<SessionState>(() => ({
    phase: 'starting',
    account: null,
    known: [],
    pinTriesLeft: 0,
    busy: false,
    problem: null,
    progress: null,
  }))
  const set = (state: Partial<SessionState>) => store.setState(state)
  let known: readonly KnownAccount[] = []
  /** Whose PIN is asked, or who is at work. */
  let current: KnownAccount | null = null
  /** Signed in, and no PIN chosen yet. */
  let signed: { readonly session: Session; readonly login: string } | null = null
  /** Counts up whenever somebody leaves: what was begun before must not end on the next one's screen. */
  let era = 0
  /** A pull may be complete before the screen has turned to it. */
  let completed = false

  const readKnown = async () => {
    known = await accounts.known()
    set({ known: known.map(({ id, login }) => ({ id, login })) })
  }

  /** One act at a time; a storage that fails is said, anything else is a bug. */
  const busily = async (act: (isMine: () => boolean) => Promise<void>) => {
    if (store.getState().busy) return
    const mine = era
    set({ busy: true, problem: null })
    try {
      await act(() => era === mine)
    } catch (error) {
      if (!(error instanceof VaultFault)) throw error
      if (era === mine && error.reason !== 'closed') set({ problem: error.reason })
    } finally {
      set({ busy: false })
    }
  }

  const askPin = (account: KnownAccount, problem: SessionState['problem'] = null) => {
    current = account
    set({
      phase: account.pinTriesLeft > 0 ? 'locked' : 'sign-in',
      // No personal word on the PIN pad: the login stands for the name until the vault is open.
      account: { id: account.id, name: account.login, role: 'worker' },
      pinTriesLeft: account.pinTriesLeft,
      problem: problem ?? (account.pinTriesLeft > 0 ? null : 'pin-exhausted'),
      progress: null,
    })
  }

  const askSignIn = (problem: SessionState['problem'] = null) => {
    current = null
    set({ phase: 'sign-in', account: null, problem, progress: null })
  }

  const enter = async (vault: Vault, person: Person | null, isMine: () => boolean) => {
    if (!isMine()) return vault.close()
    try {
      if (person) await vault.setNote(noteKey, person)
      const kept = v.safeParse(personSchema, person ?? (await vault.note(noteKey)))
      const complete = (await open(vault)) || completed
      if (!isMine()) return
      const { name, role }: { name: string; role: Role } = kept.success
        ? kept.output
        : { name: current?.login ?? '', role: 'worker' }
      set({
        phase: complete ? 'open' : 'first-pull',
        account: { id: vault.account, name, role },
        problem: null,
        progress: complete ? null : store.getState().progress,
      })
    } catch (error) {
      close()
      vault.close()
      throw error
    }
  }

  const leave = () => {
    era += 1
    completed = false
    signed = null
    close()
  }

  const lockWith = (problem: SessionState['problem']) => {
    const { phase } = store.getState()
    if (phase !== 'open' && phase !== 'first-pull') return
    leave()
    if (current) askPin(current, problem)
  }

  /** The device's own id for an account is made once; an account whose login changed keeps it too. */
  const signInAs = async (login: string, password: string, newPassword?: string) => {
    const device = known.find((account) => account.login === login)?.device ?? ids()
    const answer = await signIn({ login, password, newPassword, device })
    if (!answer.ok) return answer
    const same = known.find((account) => account.id === answer.value.account.id)
    if (!same || same.device === device) return answer
    return signIn({ login, password: newPassword ?? password, device: same.device })
  }

  const acts: SessionActs = {
    signIn: (login, password, newPassword) =>
      busily(async (isMine) => {
        const answer = await signInAs(login, password, newPassword)
        if (!isMine()) return
        if (!answer.ok) return set({ problem: answer.problem })
        const { id, name, role } = answer.value.account
        signed = { session: answer.value, login }
        set({ phase: 'choose-pin', account: { id, name, role }, problem: null })
      }),
    choosePin: (pin) =>
      busily(async (isMine) => {
        if (!signed) return
        const { session, login } = signed
        const vault = await accounts.choosePin(session, login, pin)
        await readKnown()
        current = known.find((account) => account.id === session.account.id) ?? null
        const { name, role } = session.account
        await enter(vault, { name, role }, isMine)
        if (isMine()) signed = null
      }),
    unlock: (pin) =>
      busily(async (isMine) => {
        if (!current) return
        const opened = await accounts.unlock(current.id, pin)
        if (opened.ok) {
          current = { ...current, pinTriesLeft: opened.triesLeft }
          return enter(opened.vault, null, isMine)
        }
        if (!isMine()) return
        current = { ...current, pinTriesLeft: opened.triesLeft }
        known = known.map((account) => (account.id === current?.id ? current : account))
        askPin(current, opened.triesLeft > 0 ? 'wrong-pin' : 'pin-exhausted')
      }),
    beginAnew: () =>
      busily(async (isMine) => {
        if (!current) return
        await accounts.beginAnew(current.id)
        if (isMine()) askPin(current, 'began-anew')
      }),
    lock: () => lockWith(null),
    switchTo(id) {
      leave()
      const account = known.find((one) => one.id === id)
      if (account) askPin(account)
      else askSignIn()
    },
  }

  return {
    store,
    acts,
    async start() {
      try {
        await readKnown()
      } catch (error) {
        if (!(error instanceof VaultFault)) throw error
        return set({ phase: 'failed', problem: 'storage' })
      }
      const last = known[0]
      if (last) askPin(last)
      else askSignIn()
    },
    pullComplete() {
      completed = true
      if (store.getState().phase === 'first-pull') set({ phase: 'open', progress: null })
    },
    pullProgress(done, total) {
      if (store.getState().phase !== 'open') set({ progress: { done, total } })
    },
    shutOut(problem) {
      if (problem === 'device-revoked' && current) {
        current = { ...current, pinTriesLeft: 0 }
        void accounts.revoke(current.id).then(readKnown).catch(onFault)
      }
      lockWith(problem)
    },
    async signInAgain(password, newPassword) {
      if (!current) return 'not-signed-in'
      const answer = await signInAs(current.login, password, newPassword)
      if (!answer.ok) return answer.problem
      await accounts.learn(answer.value).catch(onFault)
      return null
    },
  }
}
