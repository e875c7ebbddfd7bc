/**
 * Who is at work on this device: sign-in online once, a PIN from then on, a lock after five minutes away.
 * Nothing here deletes anything: whatever an account left unsent stays sealed until it is unlocked again.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { leastRole } from '#domain/permission.ts'
import { needsPassphrase } from '#domain/unlocking.ts'
import type { Session } from '#protocol/session.ts'
import type { Ids } from '#app/platform/ids.ts'
import type { OpenVault } from '#app/vault/accounts.ts'
import { VaultFault } from '#app/vault/vault.ts'
import type { WasHere } from '#app/platform/was-here.ts'
import { starting, type SessionActs, type SessionState } from '#app/stores/session-state.ts'
import type { Accounts, KnownAccount, SignIn, SignInProblem, Unlocked } from './accounts.ts'
import type { Passkeys } from './passkeys.ts'
import { keepPerson, readPerson, type Person } from './person-note.ts'

interface Parts {
  readonly ids: Ids
  readonly accounts: Accounts
  readonly signIn: SignIn
  readonly passkeys: Passkeys
  /** Takes the opened vault to the desk: register, sync, drafts; true where a first pull was complete before. */
  readonly open: (vault: OpenVault) => Promise<boolean>
  /** Clears the desk and closes its vault; how many grids lay on it. */
  readonly close: () => number
  readonly onFault: (error: unknown) => void
  readonly wasHere?: WasHere
}

export interface SessionStore {
  readonly store: StoreApi<SessionState>
  readonly acts: SessionActs
  start(): Promise<void>
  /** Everything that the account may see has come; so many grids are among it. */
  pullComplete(grids: number): void
  pullProgress(done: number, total: number): void
  /** The device was revoked or the account closed. */
  shutOut(problem: SessionState['problem']): void
  /** Signs the account that is open in again; its PIN and work stay. Null where it worked. */
  signInAgain(password: string, newPassword?: string, code?: string): Promise<SignInProblem | null>
}

/** Long: the acts of one session over its keys and its phase, which no other file may set. */
export function createSession({
  ids,
  accounts,
  signIn,
  passkeys,
  open,
  close,
  onFault,
  wasHere,
}: Parts): SessionStore {
  const store = createStore<SessionState>(() => starting)
  const set = (state: Partial<SessionState>) => store.setState(state)
  let known: readonly KnownAccount[] = []
  /** Whose PIN is asked, or who is at work. */
  let current: KnownAccount | null = null
  /** Signed in, and no PIN chosen yet. */
  let signed: { readonly session: Session; readonly login: string; passphrase?: string } | null =
    null
  /** Opened by a PIN that guards too much by now; what was typed, until a passphrase was chosen. */
  let outgrown: string | null = null
  /** Counts up whenever somebody leaves: what was begun before must not end on the next one's screen. */
  let era = 0
  /** The vault of who is at work. */
  let inUse: OpenVault | null = null
  let who: Person | null = null
  /** How many grids lay on the desk when it was left last. */
  let heard: { readonly account: string; readonly grids: number } | null = null
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
    const opensBy = accounts.opensBy(account.id, account.kind)
    set({
      phase: account.pinTriesLeft > 0 ? 'locked' : 'sign-in',
      // No personal word on the PIN pad: the login stands for the name until the vault is open.
      account: { id: account.id, name: account.login, role: leastRole },
      pinTriesLeft: account.pinTriesLeft,
      opensBy,
      isInShift: opensBy !== account.kind,
      passkey: account.passkey,
      problem: problem ?? (account.pinTriesLeft > 0 ? null : 'pin-exhausted'),
      progress: null,
    })
  }

  const askSignIn = (problem: SessionState['problem'] = null) => {
    current = null
    set({ phase: 'sign-in', account: null, problem, progress: null, factor: null })
  }

  const enter = async (vault: OpenVault, person: Person | null, isMine: () => boolean) => {
    if (!isMine()) return vault.close()
    try {
      if (person) await keepPerson(vault, person)
      who = person ?? (await readPerson(vault))
      const complete = (await open(vault)) || completed
      if (!isMine()) return
      inUse = vault
      const { name, role } = who ?? { name: current?.login ?? '', role: leastRole }
      set({
        phase: complete ? 'open' : 'first-pull',
        account: { id: vault.account, name, role },
        unlocksBy: current?.kind ?? 'pin',
        passkey: current?.passkey ?? false,
        problem: null,
        progress: complete ? null : store.getState().progress,
      })
    } catch (error) {
      close()
      vault.close()
      // The PIN was right and the disk was not: whoever stands here needs a way on, not a word about a disk.
      const isDisk = error instanceof VaultFault && error.reason === 'storage'
      throw isDisk ? new VaultFault('will-not-open', error) : error
    }
  }

  const leave = () => {
    era += 1
    completed = false
    signed = null
    outgrown = null
    // A lock may come in the middle of a pull, and before the vault has noted what it brought.
    const grids = Math.max(close(), who?.grids ?? 0)
    if (inUse) heard = { account: inUse.account, grids }
    inUse = null
    who = null
  }

  const lockWith = (problem: SessionState['problem']) => {
    const { phase } = store.getState()
    if (phase !== 'open' && phase !== 'first-pull') return
    leave()
    if (current) askPin(current, problem)
  }

  /** `pin`: what opened it, where that was a PIN alone. */
  const entered = async (opened: Unlocked, isMine: () => boolean, pin: string | null) => {
    if (!current) return opened.ok ? opened.vault.close() : undefined
    if (opened.ok) {
      current = { ...current, pinTriesLeft: opened.triesLeft }
      if (pin === null || !(await isTooMuchForPin(opened.vault))) {
        return enter(opened.vault, null, isMine)
      }
      opened.vault.close()
      if (!isMine()) return
      outgrown = pin
      return set({ phase: 'choose-passphrase', problem: null })
    }
    if (!isMine()) return
    const { triesLeft, problem } = opened
    current = {
      ...current,
      pinTriesLeft: problem === 'shift-over' ? current.pinTriesLeft : triesLeft,
    }
    known = known.map((account) => (account.id === current?.id ? current : account))
    if (problem === 'shift-over') return askPin(current, 'shift-over')
    const { opensBy } = store.getState()
    // The tries of a shift's PIN are its own: what is left of them is said, and then the passphrase is asked.
    askPin({ ...current, pinTriesLeft: triesLeft }, triesLeft > 0 ? 'wrong-pin' : 'pin-exhausted')
    // Whoever chose to type the passphrase goes on typing it.
    if (opensBy === 'passphrase') set({ opensBy })
  }

  /** As it was last heard: before the first complete pull of this version the role alone tells. */
  const isTooMuchForPin = async (vault: OpenVault): Promise<boolean> => {
    try {
      const person = await readPerson(vault)
      const grids = heard?.account === vault.account ? heard.grids : person?.grids
      return person !== null && needsPassphrase(person.role, grids ?? 1)
    } catch (error) {
      vault.close()
      throw error
    }
  }

  /** The same choice of a password has the same id, however often its answer is lost. */
  let choice: { readonly newPassword: string; readonly attempt: string } | null = null
  const attemptOf = (newPassword: string | undefined) => {
    if (newPassword === undefined) return undefined
    if (choice?.newPassword !== newPassword) choice = { newPassword, attempt: ids() }
    return choice.attempt
  }

  /** The device's own id for an account is made once; an account whose login changed keeps it too. */
  const signInAs = async (login: string, password: string, newPassword?: string, code?: string) => {
    const device = known.find((account) => account.login === login)?.device ?? ids()
    const attempt = attemptOf(newPassword)
    const answer = await signIn({ login, password, newPassword, attempt, code, device })
    if (!answer.ok) {
      set({
        retryAfter: answer.retryAfter ?? null,
        ...(answer.factor ? { factor: answer.factor } : {}),
      })
      return answer
    }
    choice = null
    set({ factor: null, retryAfter: null, recoveryCodes: answer.value.recoveryCodes ?? null })
    const same = known.find((account) => account.id === answer.value.account.id)
    if (!same || same.device === device) return answer
    return signIn({ login, password: newPassword ?? password, device: same.device })
  }

  const acts: SessionActs = {
    codesSeen: () => set({ recoveryCodes: null }),
    signIn: (login, password, newPassword, code) =>
      busily(async (isMine) => {
        const answer = await signInAs(login, password, newPassword, code)
        if (!isMine()) return
        if (!answer.ok) return set({ problem: answer.problem })
        const { account, grids = 1 } = answer.value
        const { id, name, role } = account
        signed = { session: answer.value, login }
        const phase = needsPassphrase(role, grids) ? 'choose-passphrase' : 'choose-pin'
        set({ phase, account: { id, name, role }, problem: null })
      }),
    choosePassphrase: (passphrase) =>
      busily(async (isMine) => {
        if (signed) {
          signed = { ...signed, passphrase }
          return set({ phase: 'choose-pin' })
        }
        if (!current || outgrown === null) return
        // The PIN that everybody's hands know goes on within the shift.
        const way = { passphrase, pin: outgrown }
        const opened = await accounts.changeWayIn(current.id, outgrown, way)
        if (!isMine()) return opened.ok ? opened.vault.close() : undefined
        outgrown = null
        await readKnown()
        current = known.find((account) => account.id === current?.id) ?? current
        if (opened.ok) return enter(opened.vault, null, isMine)
        askPin(current, opened.triesLeft > 0 ? 'wrong-pin' : 'pin-exhausted')
      }),
    choosePin: (pin) =>
      busily(async (isMine) => {
        if (!signed) return
        const { session, login, passphrase } = signed
        const way = passphrase === undefined ? pin : { passphrase, pin }
        const vault = await accounts.choosePin(session, login, way)
        await readKnown()
        current = known.find((account) => account.id === session.account.id) ?? null
        const { name, role } = session.account
        const { grids } = session
        const person = grids === undefined ? { name, role } : { name, role, grids }
        await enter(vault, person, isMine)
        if (isMine()) signed = null
      }),
    askFor(what) {
      if (store.getState().isInShift) set({ opensBy: what, problem: null })
    },
    unlock: (typed) =>
      busily(async (isMine) => {
        if (!current) return
        const { id, kind } = current
        const opened = await accounts.unlock(id, typed, store.getState().opensBy)
        await entered(opened, isMine, kind === 'pin' ? typed : null)
      }),
    unlockByPasskey: () =>
      busily(async (isMine) => {
        const question = current && (await accounts.passkey(current.id))
        const answer = question && (await passkeys.ask(question))
        if (!isMine()) return
        if (!current || !answer) return set({ problem: 'no-passkey' })
        const opened = await accounts.unlockByPasskey(current.id, answer)
        if (!opened.ok && isMine()) return set({ problem: 'no-passkey' })
        await entered(opened, isMine, null)
      }),
    async addPasskey(passphrase) {
      const [account, vault] = [current, inUse]
      if (!account || !vault) return 'no-passkey'
      try {
        const made = await passkeys.make(account.login)
        if (!made) return 'no-passkey'
        const { question, answer } = made
        const added = await accounts.addPasskey(account.id, passphrase, question, answer)
        await readKnown()
        if (current?.id === account.id) {
          current = known.find(({ id }) => id === account.id) ?? current
          set({ passkey: current.passkey })
        }
        return added.ok ? 'added' : 'wrong-pin'
      } catch (error) {
        if (error instanceof VaultFault) return 'storage'
        throw error
      }
    },
    async removePasskey() {
      if (!current) return
      await accounts.removePasskey(current.id)
      current = { ...current, passkey: false }
      await readKnown()
      set({ passkey: false })
    },
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
      else askSignIn(wasHere?.holds() ? 'storage-cleared' : null)
    },
    pullComplete(grids) {
      completed = true
      if (who && inUse && who.grids !== grids) {
        who = { ...who, grids }
        // The next unlocking reads it: nobody is asked for a passphrase in the middle of work.
        void keepPerson(inUse, who).catch(() => {})
      }
      if (store.getState().phase === 'first-pull') set({ phase: 'open', progress: null })
    },
    pullProgress(done, total) {
      if (store.getState().phase !== 'open') set({ progress: { done, total } })
    },
    shutOut(problem) {
      if (problem === 'device-revoked' && current) {
        current = { ...current, pinTriesLeft: 0 }
        void accounts
          .revoke(current.id)
          .then(readKnown)
          .then(() => known.length === 0 && wasHere?.forget())
          .catch(onFault)
      }
      lockWith(problem)
    },
    async signInAgain(password, newPassword, code) {
      const [account, vault] = [current, inUse]
      if (!account || !vault) return 'not-signed-in'
      const answer = await signInAs(account.login, password, newPassword, code)
      if (!answer.ok) return answer.problem
      await accounts.learn(answer.value).catch(onFault)
      try {
        await vault.tokens.keep(answer.value.token ?? '')
        return null
      } catch (error) {
        // Locked meanwhile, or the disk failed: it has to be done once more.
        onFault(error)
        return 'not-signed-in'
      }
    },
  }
}
