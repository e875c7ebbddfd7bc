/** What an office asks of the server directly: its devices, and unsent work that is brought in by hand. Online only. */
import * as v from 'valibot'
import { auditAnswerSchema } from '#protocol/audit.ts'
import { deviceListSchema, doneSchema } from '#protocol/device.ts'
import { filingAnswerSchema, filingPath } from '#protocol/filing.ts'
import { historyAnswerSchema } from '#protocol/history.ts'
import {
  factorBegunSchema,
  factorStateSchema,
  recoveryCodesSchema,
} from '#protocol/second-factor.ts'
import { previewLineSchema } from '#protocol/scheme.ts'
import { noticesPath, noticesSchema } from '#protocol/notices.ts'
import { setupAnswerSchema, setupPath } from '#protocol/setup.ts'
import { unsentFileAnswerSchema, unsentFileSchema } from '#protocol/unsent-file.ts'
import { protocolVersion } from '#protocol/version.ts'
import type { Network } from '#app/platform/network.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { createAsking } from './asking.ts'
import type { OverviewParts } from './overview.ts'
import type { RevealPurpose } from '#domain/reveal.ts'
import type { Scheme } from '#domain/scheme.ts'
import type { AuditAnswer, AuditRequest } from '#protocol/audit.ts'
import type { ListedDevice } from '#protocol/device.ts'
import type { FilingAnswer } from '#protocol/filing.ts'
import type { Notices } from '#protocol/notices.ts'
import type { SetupAnswer, SetupRequest } from '#protocol/setup.ts'
import type { FoundRequest } from '#protocol/requests.ts'
import type { WireChange } from '#protocol/pull.ts'
import type { PreviewLine } from '#protocol/scheme.ts'
import type { FactorState, FactorToSet, RecoveryCodes } from '#protocol/second-factor.ts'
import type { SearchAnswer } from '#protocol/search.ts'
import type { RulesPreview } from '#protocol/rules-preview.ts'
import type { UnsentFileAnswer } from '#protocol/unsent-file.ts'
import type { BroughtPhotos } from './bring-photos.ts'
import type { ReviewActs } from './review-beyond.ts'
import type { TableActs } from './table-beyond.ts'
import type { WorkbookSheet } from '#app/platform/save-workbook.ts'
import type { AskActs } from '#app/acts/ask-acts.ts'
import type { HotlineActs } from '#app/acts/hotline-acts.ts'
import type { PlacesActs } from '#app/acts/places-acts.ts'
import type { PurgeActs } from '#app/acts/purge-acts.ts'
import type { RulesDraft } from '#app/acts/rules-acts.ts'
import type { OverviewActs } from '#app/acts/overview.ts'

/** What came of a file of unsent work. */
export type BroughtIn = UnsentFileAnswer & { readonly photos?: BroughtPhotos }

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
  /** What came by codes on walls, and these codes. */
  ask(): Promise<OfficeAnswer<AskActs>>
  /** What a catalogue or a calendar would change for the requests of the last month. */
  previewRules(draft: RulesDraft): Promise<OfficeAnswer<RulesPreview>>
  /** A request that this device may not have, by its number or by the hash of its follow-up code. */
  findRequest(
    wanted: { readonly number: string } | { readonly hash: string },
  ): Promise<OfficeAnswer<FoundRequest['found']>>
  /** Residents and doors of all places of the account, also those that this device does not hold; on record there. */
  searchBeyond(asked: string, purpose: RevealPurpose): Promise<OfficeAnswer<SearchAnswer>>
  /** The table of people over all places of the account, page by page; on record there. */
  table(): Promise<OfficeAnswer<TableActs>>
  /** What waits for a decision in grids that this device does not hold. */
  review(): Promise<OfficeAnswer<ReviewActs>>
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
  bringIn(text: string): Promise<OfficeAnswer<BroughtIn>>
}

interface Parts {
  readonly network: Pick<Network, 'request' | 'lines'>
  /** Whose session it goes by; null while nobody is at work. */
  readonly device: () => string | null
  readonly notes: OverviewParts['notes']
  readonly newId: () => string
  readonly wait: (milliseconds: number) => Promise<void>
}

/** A month of many hands goes up slowly from a village. */
const filePatienceMs = 120_000
export function createOfficeActs({ network, device, notes, newId, wait }: Parts): OfficeActs {
  let change: { readonly words: string; readonly act: string } | null = null
  const { ask, askAsNobody, listen } = createAsking(network, device)
  return {
    async devices() {
      const answer = await ask('GET', '/api/devices', deviceListSchema)
      return answer.ok ? { ok: true, value: answer.value.devices } : answer
    },
    async ownDevices() {
      const answer = await ask('GET', '/api/devices/own', deviceListSchema)
      return answer.ok ? { ok: true, value: answer.value.devices } : answer
    },
    endOwnDevice: (id) => ask('POST', '/api/devices/own/end', doneSchema, { device: id }),
    revoke: (id) => ask('POST', '/api/devices/revoke', doneSchema, { device: id }),
    previewScheme: (scheme, onLine, signal) =>
      listen(
        '/api/scheme/preview',
        previewLineSchema,
        { protocol: protocolVersion, scheme },
        {
          onLine,
          signal,
        },
      ),
    audit: (question) =>
      ask('POST', '/api/audit', auditAnswerSchema, { protocol: protocolVersion, ...question }),
    async history(stream, record) {
      const answer = await ask('GET', `/api/history/${stream}/${record}`, historyAnswerSchema)
      return answer.ok ? { ok: true, value: answer.value.changes } : answer
    },
    filing: () => askAsNobody('GET', filingPath, filingAnswerSchema),
    setupState: () => askAsNobody('GET', setupPath, setupAnswerSchema),
    notices: () => askAsNobody('GET', noticesPath, noticesSchema),
    setUp: (wanted) =>
      askAsNobody('POST', setupPath, doneSchema, { protocol: protocolVersion, ...wanted }),
    async overview() {
      const { createOverview } = await import('./overview.ts')
      const acts = createOverview({ ask: (path, schema) => ask('GET', path, schema), notes })
      return { ok: true, value: acts }
    },
    async places() {
      const loaded = await import('./places-acts.ts').catch(() => null)
      if (loaded === null) return { ok: false, problem: 'offline' }
      return { ok: true, value: loaded.createPlacesActs({ ask, listen, notes }) }
    },
    async purge() {
      const loaded = await import('./purge-acts.ts').catch(() => null)
      if (loaded === null) return { ok: false, problem: 'offline' }
      return { ok: true, value: loaded.createPurgeActs({ ask, notes }) }
    },
    async hotline() {
      const loaded = await import('./hotline-acts.ts').catch(() => null)
      if (loaded === null) return { ok: false, problem: 'offline' }
      return { ok: true, value: loaded.createHotlineActs(ask) }
    },
    async ask() {
      const loaded = await import('./ask-acts.ts').catch(() => null)
      if (loaded === null) return { ok: false, problem: 'offline' }
      return { ok: true, value: loaded.createAskActs(ask) }
    },
    async previewRules(draft) {
      const { previewRules } = await import('./rules-acts.ts')
      return previewRules(ask, draft)
    },
    async findRequest(wanted) {
      const { findRequest } = await import('./find-request.ts')
      return findRequest(ask, wanted)
    },
    async searchBeyond(asked, purpose) {
      const { searchBeyond } = await import('./search-beyond.ts')
      return searchBeyond(ask, asked, purpose)
    },
    async table() {
      const loaded = await import('./table-beyond.ts').catch(() => null)
      if (loaded === null) return { ok: false, problem: 'offline' }
      return { ok: true, value: loaded.createTableActs({ ask, wait }) }
    },
    async review() {
      const loaded = await import('./review-beyond.ts').catch(() => null)
      if (loaded === null) return { ok: false, problem: 'offline' }
      return { ok: true, value: loaded.createReviewActs({ ask }) }
    },
    async saveWorkbook(file, sheets) {
      const { saveWorkbook } = await import('#app/platform/save-workbook.ts')
      await saveWorkbook(file, sheets)
      return { ok: true, value: null }
    },
    async changePassword(password, newPassword) {
      // Asked again with the same words it is the same act: the answer may have been lost.
      const words = JSON.stringify([password, newPassword])
      if (change?.words !== words) change = { words, act: newId() }
      const { act } = change
      const body = { password, newPassword, act }
      const answer = await ask('POST', '/api/session/password', doneSchema, body)
      if (answer.ok) change = null
      return answer
    },
    factorState: () => ask('GET', '/api/session/factor', factorStateSchema),
    beginFactor: (password) =>
      ask('POST', '/api/session/factor/begin', factorBegunSchema, { password }),
    confirmFactor: (code) =>
      ask('POST', '/api/session/factor/confirm', recoveryCodesSchema, { code }),
    newRecoveryCodes: (code) =>
      ask('POST', '/api/session/factor/codes', recoveryCodesSchema, { code }),
    endFactor: (code) => ask('POST', '/api/session/factor/end', doneSchema, { code }),
    async bringIn(text) {
      const file = v.safeParse(unsentFileSchema, readJson(text))
      if (!file.success) return { ok: false, problem: 'file-unreadable' }
      const { photos = [], ...sent } = file.output
      const path = '/api/unsent-file'
      const answer = await ask('POST', path, unsentFileAnswerSchema, sent, filePatienceMs)
      const own = device()
      if (!answer.ok || photos.length === 0 || own === null) return answer
      const { bringPhotos } = await import('./bring-photos.ts')
      const brought = await bringPhotos(network, own, photos)
      return { ok: true, value: { ...answer.value, photos: brought } }
    },
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
