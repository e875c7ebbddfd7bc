/**
 * What screens may ask of the device: a handful of small stores and acts, handed down by context so that a test
 * passes its own. `src/app/main.tsx` makes the real one.
 */
import type { StoreApi } from 'zustand/vanilla'
import type { Role } from '#domain/account.ts'
import type { Day } from '#domain/day.ts'
import type { Fields, Kind, RegisterRecord } from '#domain/record.ts'
import type { RevealPurpose } from '#domain/reveal.ts'
import type { Scheme } from '#domain/scheme.ts'
import type { AuditAnswer, AuditRequest } from '#protocol/audit.ts'
import type { ListedDevice } from '#protocol/device.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { TextSize } from './text-size.ts'
import type { FilingAnswer } from '#protocol/filing.ts'
import type { Notices } from '#protocol/notices.ts'
import type { SetupAnswer, SetupRequest } from '#protocol/setup.ts'
import type { FoundRequest, RequestList, RequestOverview } from '#protocol/requests.ts'
import type { Overview, PlaceOverview } from '#protocol/overview.ts'
import type { YearReport } from '#protocol/year-report.ts'
import type { Problem } from '#protocol/problem.ts'
import type { WireChange } from '#protocol/pull.ts'
import type { PreviewLine } from '#protocol/scheme.ts'
import type { FactorState, FactorToSet, RecoveryCodes } from '#protocol/second-factor.ts'
import type { RulesPreview } from '#protocol/rules-preview.ts'
import type { UnsentFileAnswer } from '#protocol/unsent-file.ts'
import type { MapActs } from '#app/platform/map-acts.ts'
import type { WorkbookSheet } from '#app/platform/save-workbook.ts'
import type { Register } from '#app/register/register.ts'
import type { SyncPhase, SyncStatus } from '#app/sync/status.ts'
import type { UnsentItem } from '#app/sync/unsent.ts'
import type { ImportActs } from './imports.ts'
import type { HotlineActs } from './hotline-acts.ts'
import type { PlacesActs } from './places-acts.ts'
import type { PurgeActs } from './purge-acts.ts'
import type { RulesDraft } from './rules-acts.ts'

export type { MapActs, SyncPhase, UnsentItem }
export type { WorkbookSheet }

/** Where the app stands with its person. Every phase is one screen; `open` is all the others. */
export type Phase =
  | 'starting'
  | 'sign-in' // nobody on this device, or another account wanted
  | 'choose-passphrase' // signed in or unlocked, and holds more than a PIN may guard
  | 'choose-pin' // signed in, no PIN yet
  | 'locked' // PIN pad, or the passphrase
  | 'first-pull' // unlocked, the register is coming for the first time
  | 'open'
  | 'failed' // the device's storage cannot be used: says why, in words

export interface SessionState {
  readonly phase: Phase
  /** The account at work, or whose PIN is asked. */
  readonly account: { readonly id: string; readonly name: string; readonly role: Role } | null
  /** Accounts that this device knows, by a label without personal data (the login). */
  readonly known: readonly { readonly id: string; readonly login: string }[]
  readonly pinTriesLeft: number
  /** What the lock asks for. */
  readonly opensBy: 'pin' | 'passphrase'
  /** What opens the account after the app was closed. */
  readonly unlocksBy: 'pin' | 'passphrase'
  /** Locked within a shift: both open it, and the person chooses by `askFor`. */
  readonly isInShift: boolean
  /** The lock may also be opened by a passkey of this device. */
  readonly passkey: boolean
  readonly busy: boolean
  /** Why the last act did not work. */
  readonly problem:
    | Problem
    | 'offline'
    | 'unreadable-answer'
    | 'wrong-pin'
    | 'pin-exhausted'
    | 'shift-over'
    | 'no-passkey'
    | 'disk-full'
    | 'storage'
    | 'will-not-open'
    | 'began-anew'
    | 'storage-cleared'
    | null
  /** Seconds until the next try is looked at, where somebody tried too often. */
  readonly retryAfter: number | null
  /** What an authenticator has to read before the account opens. */
  readonly factor: FactorToSet | null
  /** Of a second factor that was just set up: to be written on paper. */
  readonly recoveryCodes: readonly string[] | null
  /** Records stored so far and in all, of the first pull. */
  readonly progress: { readonly done: number; readonly total: number } | null
}

export interface SessionActs {
  /** `newPassword` takes the place of one that the office made for one time; `code` is of the second factor. */
  signIn(login: string, password: string, newPassword?: string, code?: string): Promise<void>
  /** The recovery codes are on paper. */
  codesSeen(): void
  /** Where the account holds more than a grid: asked before the PIN, which is that of its shifts then. */
  choosePassphrase(passphrase: string): Promise<void>
  choosePin(pin: string): Promise<void>
  /** Within a shift: the lock asks for the other one. */
  askFor(what: 'pin' | 'passphrase'): void
  /** Whatever the lock asks for. */
  unlock(typed: string): Promise<void>
  /** By fingerprint, face or screen lock, where somebody added that. */
  unlockByPasskey(): Promise<void>
  /** A further way in beside the passphrase, which is typed once more for it. */
  addPasskey(passphrase: string): Promise<'added' | 'wrong-pin' | 'no-passkey' | 'storage'>
  removePasskey(): Promise<void>
  /** Where the account's database does not open: the next PIN begins another one beside it. */
  beginAnew(): Promise<void>
  /** Memory is dropped; nothing on disk changes. */
  lock(): void
  /** To the PIN pad of another account of this device, or to sign-in. Unsent work stays sealed on the device. */
  switchTo(account: string | null): void
}

/** Offline, sending, up to date, needs attention; with what is unsent and why it is not moving. */
export type SyncState = SyncStatus

export interface SyncActs {
  syncNow(): void
  /** A refused mutation goes as a new one with other fields; what was refused with it goes along. */
  mend(mutation: string, fieldsOf: (item: UnsentItem) => Mutation['fields']): Promise<void>
  /** The owner's own decision, shown in words before. */
  giveUp(mutation: string): Promise<void>
  /** Lets go of work that does not open any more; the person was told so. */
  giveUpDamaged(): Promise<void>
  /** Saves a sealed file of what the server does not have, for the office to bring in; nothing changes here. */
  saveFile(): Promise<'saved' | 'nothing' | 'sign-in-first' | 'storage'>
  /** Signs in again where the session has ended; the PIN and the work stay. */
  signInAgain(
    password: string,
    newPassword?: string,
    code?: string,
  ): Promise<Problem | 'offline' | 'unreadable-answer' | null>
}

export type OfficeAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem | 'offline' | 'unreadable-answer' }

/** What the office tells, and what it told last: that stays sealed on the device. */
export interface Remembered<T> {
  last(): Promise<T | null>
  now(): Promise<OfficeAnswer<T>>
}

export interface OverviewActs {
  /** How each place of the account stands. */
  readonly places: Remembered<Overview>
  /** The weeks of one of them, and what changed in it today. */
  place(id: string): Remembered<PlaceOverview>
  /** Requests of a place and all below it, in numbers. */
  requests(place: string): Remembered<RequestOverview>
  /** A year of handling personal data; not kept. */
  year(year: number): Promise<OfficeAnswer<YearReport>>
  /** A page of its list, without persons; not kept. */
  requestList(place: string, query: string): Promise<OfficeAnswer<RequestList>>
}

/** Only with a connection; each says so where there is none. */
export interface OfficeActs {
  devices(): Promise<OfficeAnswer<readonly ListedDevice[]>>
  /** One's own; the one in hand among them. */
  ownDevices(): Promise<OfficeAnswer<readonly ListedDevice[]>>
  /** Another one for ever, as `revoke`; the one in hand signs out, and its work waits for the password. */
  endOwnDevice(device: string): Promise<OfficeAnswer<unknown>>
  /** For ever: what that device has not sent is lost with it. */
  revoke(device: string): Promise<OfficeAnswer<unknown>>
  /** What a scheme would change, line by line as it is counted; nothing is written. Stopping it is no problem. */
  previewScheme(
    scheme: Scheme,
    onLine: (line: PreviewLine) => void,
    signal: AbortSignal,
  ): Promise<OfficeAnswer<unknown>>
  /** A page of the audit log; looking is noted there. */
  audit(question: Omit<AuditRequest, 'protocol'>): Promise<OfficeAnswer<AuditAnswer>>
  /** The filing number and who answers for the app, also for whoever has not signed in. */
  filing(): Promise<OfficeAnswer<FilingAnswer>>
  /** Whether an empty office waits for its first account; for whoever has not signed in. */
  setupState(): Promise<OfficeAnswer<SetupAnswer>>
  /** The packages that the app and the server carry. */
  notices(): Promise<OfficeAnswer<Notices>>
  /** The first start: the subdistrict and its first administrator, by the one-time address. */
  setUp(wanted: Omit<SetupRequest, 'protocol'>): Promise<OfficeAnswer<unknown>>
  /** Changes of a record, also those that are too old to be on this device. */
  history(stream: string, record: string): Promise<OfficeAnswer<readonly WireChange[]>>
  overview(): Promise<OfficeAnswer<OverviewActs>>
  /** What is purged next, and what the office answers to it. */
  purge(): Promise<OfficeAnswer<PurgeActs>>
  /** The tree of places and the people of an office. */
  places(): Promise<OfficeAnswer<PlacesActs>>
  /** What an outside hotline handed in, and the keys of such systems. */
  hotline(): Promise<OfficeAnswer<HotlineActs>>
  /** What a catalogue or a calendar would change for the requests of the last month. */
  previewRules(draft: RulesDraft): Promise<OfficeAnswer<RulesPreview>>
  /** A request that this device may not have, by its number or by the hash of its follow-up code. */
  findRequest(
    wanted: { readonly number: string } | { readonly hash: string },
  ): Promise<OfficeAnswer<FoundRequest['found']>>
  /** Tables as a workbook of several sheets, saved where the browser saves files; also without a connection. */
  saveWorkbook(file: string, sheets: readonly WorkbookSheet[]): Promise<OfficeAnswer<null>>
  /** One's own; this device goes on, all others ask for the new one. */
  changePassword(password: string, newPassword: string): Promise<OfficeAnswer<unknown>>
  /** A file of unsent work, as text. Twice changes nothing. */
  factorState(): Promise<OfficeAnswer<FactorState>>
  /** A second factor to be read by an authenticator, then put in force by its first code. */
  beginFactor(password: string): Promise<OfficeAnswer<FactorToSet>>
  confirmFactor(code: string): Promise<OfficeAnswer<RecoveryCodes>>
  newRecoveryCodes(code: string): Promise<OfficeAnswer<RecoveryCodes>>
  endFactor(code: string): Promise<OfficeAnswer<unknown>>
  bringIn(text: string): Promise<OfficeAnswer<UnsentFileAnswer>>
}

export type Intent =
  | {
      readonly op: 'create'
      readonly kind: Kind
      readonly record: string
      readonly stream: string
      readonly fields: Fields<Kind>
    }
  | {
      readonly op: 'patch'
      readonly kind: Kind
      readonly record: string
      /** New values; null clears. Set fields are given whole: the difference is what is sent. */
      readonly fields: Readonly<Record<string, unknown>>
      /** The stream into which it goes, of what goes there by itself; else it stands where what it belongs to does. */
      readonly to?: string
      /**
       * The record as the form took it from the register, where the form stood open for a while. What differs from
       * it is what the person changed; without it the record of this moment is compared with, and a colleague's
       * change that came meanwhile would be taken back.
       */
      readonly shown?: RegisterRecord
    }

export interface Saved {
  /** The opposite of it as new mutations; itself saved durably. */
  undo(): Promise<void>
}

/** Saving failed and nothing of it was kept; the form keeps what was typed. */
export type SaveProblem = 'disk-full' | 'storage' | 'locked'

/** `not-approved`: the person is a minor, and no standing approval covers whoever looks. */
export type RevealAnswer = 'logged' | 'not-logged' | 'not-approved'

export interface WorkActs {
  /** A batch: all or nothing. Resolves when it is on disk and on screen. */
  save(
    intents: readonly Intent[],
  ): Promise<{ ok: true; saved: Saved } | { ok: false; problem: SaveProblem }>
  /**
   * All on disk or nothing of it, as `save`; but each goes to the server by itself, so that there is no limit to how
   * many they are. What holds them together must be said by the records.
   */
  saveApart(intents: readonly Intent[]): Promise<{ ok: true } | { ok: false; problem: SaveProblem }>
  /** Of a record that is made: in which stream. Without one, of what is no record by itself. */
  newId(stream?: string): string
  /** Logs that a masked value was shown; resolves when the log entry is on disk, or with why nothing may be shown. */
  reveal(subject: string, field: string, purpose: RevealPurpose): Promise<RevealAnswer>
}

/** Half-filled forms, sealed on disk; they outlive a rotation, a lock, a reload and a crash. */
export interface Drafts {
  get(key: string): unknown
  /** Written within a quarter of a second, at once when the page is hidden. */
  set(key: string, value: unknown): void
  remove(key: string): void
}

export interface PreferencesState {
  readonly language: 'zh-CN' | 'en'
  readonly textSize: TextSize
  readonly grid: string | null
}

export interface DeviceState {
  /** A new version waits; `activate` takes it when no form is open. */
  readonly updateReady: boolean
  readonly installable: boolean
  /** Whether the app starts without a connection, also after the device lost its power. */
  readonly offlineStart: 'never' | 'preparing' | 'ready'
  /** `browser`: WeChat has to be left first; `share`: by the share button of an iPhone. */
  readonly homeScreen: 'browser' | 'share' | null
  /** The browser was asked to keep the app's data, and did not agree. */
  readonly isKeepingRefused: boolean
  readonly storage: {
    readonly used: number
    readonly quota: number
    readonly persisted: boolean
  } | null
}

export interface App {
  readonly session: StoreApi<SessionState>
  readonly sessionActs: SessionActs
  readonly sync: StoreApi<SyncState>
  readonly syncActs: SyncActs
  readonly officeActs: OfficeActs
  readonly mapActs: MapActs
  readonly register: Register
  readonly work: WorkActs
  readonly drafts: Drafts
  readonly preferences: StoreApi<PreferencesState>
  readonly device: StoreApi<DeviceState>
  readonly deviceActs: {
    activateUpdate(): void
    install(): Promise<void>
    persist(): Promise<void>
  }
  /** Fetched with the page that needs it. */
  imports(): Promise<ImportActs>
  /** Today in China by the device's clock; moves at midnight. */
  readonly today: StoreApi<{ readonly day: Day }>
  /** The device's clock, milliseconds. */
  now(): number
}
