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
import type { OfficeActs, OfficeAnswer } from './app.ts'
import type { OverviewParts } from './overview.ts'
import type { PlacesParts } from './places-acts.ts'

interface Parts {
  readonly network: Pick<Network, 'request' | 'lines'>
  /** Whose session it goes by; null while nobody is at work. */
  readonly device: () => string | null
  readonly notes: OverviewParts['notes']
  readonly newId: () => string
}

/** A month of many hands goes up slowly from a village. */
const filePatienceMs = 120_000
/** One grid at a time is counted, one building at a time goes, and each is told. */
const countPatienceMs = 60_000

export function createOfficeActs({ network, device, notes, newId }: Parts): OfficeActs {
  let change: { readonly words: string; readonly act: string } | null = null
  /** Before anybody is at work: by no device and in no session. */
  const askAsNobody = async <T>(
    method: 'GET' | 'POST',
    path: string,
    schema: v.GenericSchema<unknown, T>,
    body?: unknown,
  ): Promise<OfficeAnswer<T>> => {
    const answer = await network.request(path, {
      ...{ method, schema },
      ...(body === undefined ? {} : { body }),
    })
    if (answer.ok) return { ok: true, value: answer.value }
    return { ok: false, problem: answer.problem === 'cut-short' ? 'offline' : answer.problem }
  }
  const ask = async <T>(
    method: 'GET' | 'POST',
    path: string,
    schema: v.GenericSchema<unknown, T>,
    body?: unknown,
    timeoutMs?: number,
  ): Promise<OfficeAnswer<T>> => {
    const own = device()
    if (own === null) return { ok: false, problem: 'not-signed-in' }
    const answer = await network.request(path, {
      method,
      schema,
      device: own,
      ...(body === undefined ? {} : { body }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    })
    if (answer.ok) return answer
    const { problem } = answer
    return { ok: false, problem: problem === 'cut-short' ? 'offline' : problem }
  }

  const listen: PlacesParts['listen'] = async (path, schema, body, { onLine, signal }) => {
    const own = device()
    if (own === null) return { ok: false, problem: 'not-signed-in' }
    const answer = await network.lines(path, {
      ...{ body, device: own, schema, signal, timeoutMs: countPatienceMs },
      isEnd(line) {
        const isEnd = line.type === 'end'
        if (isEnd) onLine(line)
        return isEnd
      },
      onLine(line) {
        onLine(line)
        return Promise.resolve('go-on')
      },
    })
    if (answer.ok) return { ok: true, value: null }
    const { problem } = answer
    return { ok: false, problem: problem === 'cut-short' ? 'offline' : problem }
  }

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
    async previewRules(draft) {
      const { previewRules } = await import('./rules-acts.ts')
      return previewRules(ask, draft)
    },
    async findRequest(wanted) {
      const { findRequest } = await import('./find-request.ts')
      return findRequest(ask, wanted)
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
      return ask('POST', '/api/unsent-file', unsentFileAnswerSchema, file.output, filePatienceMs)
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
