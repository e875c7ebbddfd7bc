/** The page of `vault.test.ts`: the device's own pieces, and what the test asks of them. Nobody here is a real person. */
import { argonCost, deriveKey } from '#app/platform/argon.ts'
import { systemIds as ids } from '#app/platform/ids.ts'
import { createTabSpeech } from '#app/platform/locks.ts'
import { openStrictStore } from '#app/platform/strict-store.ts'
import { createAccounts } from '#app/vault/accounts.ts'
import { createKeyStore } from '#app/vault/key-store.ts'
import { createKeyring } from '#app/vault/keyring.ts'
import { deleteBook, openVault } from '#app/vault/open-vault.ts'
import type { Vault, Unnumbered } from '#app/vault/vault.ts'

declare global {
  interface Window {
    vaultPage: VaultPage
    acknowledge: (seq: number) => Promise<unknown>
  }
}
export type VaultPage = typeof page

const account = '01890000-0000-7000-8000-00000000a001'
const device = '01890000-0000-7000-8000-00000000d001'
const stream = '01890000-0000-7000-8000-000000005001'

export interface Person {
  readonly name: string
  readonly documentNumber: string
  readonly phone: string
}

const store = createKeyStore(openStrictStore('wuse-keys'))
const keyringWith = (derive: typeof deriveKey) =>
  createKeyring({ store, derive, now: () => Date.now(), cost: argonCost })
const keyring = keyringWith(deriveKey)
let opened: Vault | null = null
const accounts = createAccounts({
  keyring,
  open: async (parts) => (opened = await openVault(parts)),
  deleteBook,
  patience: () => new Promise(() => {}),
})
const vault = () => {
  if (!opened) throw new Error('locked')
  return opened
}

const made = (fields: Unnumbered['fields'] = { name: '样本' }): Unnumbered => ({
  id: ids(),
  device,
  at: '2026-11-23T06:32:00.000Z',
  batch: null,
  stream,
  kind: 'resident',
  record: ids(),
  op: 'create',
  fields,
  seen: 0,
})

function large(from: number, to: number, reset: boolean) {
  const records = Array.from({ length: to - from }, (_, index) => ({
    kind: 'resident' as const,
    id: ids(),
    version: from + index + 1,
    fields: { name: '样本', note: '样例'.repeat(200) },
  }))
  const line = { type: 'page' as const, stream, epoch: reset ? 2 : 1, from, to, changes: [] }
  return reset ? { ...line, reset: true as const, records } : { ...line, records }
}

const speech = createTabSpeech()
const channel = speech.openChannel<string>(account)
const heard: string[] = []
channel.listen((message) => heard.push(message))
let leads = false

const page = {
  async choosePin(pin: string) {
    const session = {
      ok: true as const,
      account: { id: account, name: '样本工作者', role: 'worker' as const },
      device,
      deviceKey: btoa(String.fromCharCode(...new Uint8Array(32).fill(7))),
      now: '2026-11-23T06:32:00.000Z',
    }
    await accounts.choosePin(session, 'grid-01', pin)
  },
  async unlock(pin: string) {
    const { ok, triesLeft } = await accounts.unlock(account, pin)
    return { ok, triesLeft }
  },
  /** Never comes to an end. */
  guess: (pin: string) => keyringWith(() => new Promise(() => {})).unlock(account, pin),
  triesLeft: async () => (await accounts.known())[0]?.pinTriesLeft,
  saveForEver() {
    const next = async (): Promise<never> => {
      for (;;) for (const { seq } of await vault().save([made()])) await window.acknowledge(seq)
    }
    void next()
  },
  async saveMany(count: number) {
    const saves = Array.from({ length: count }, () => vault().save([made()]))
    return (await Promise.all(saves)).flat().map(({ seq }) => seq)
  },
  seqs: async () => (await vault().outbox()).map(({ mutation }) => mutation.seq),
  damaged: () => vault().damagedOutbox(),
  /** Puts a person into every corner of the vault. It comes from the test, so that no cached script names it. */
  async fill({ name, documentNumber, phone }: Person) {
    const fields = { name, documentNumber, phones: [phone] }
    const mutation = made(fields)
    const { record, at } = mutation
    const records = [{ kind: 'resident' as const, id: record, version: 1, fields }]
    const change = {
      id: ids(),
      record,
      version: 1,
      op: 'patch' as const,
      at,
      fields: { phones: [[], [phone]] as [unknown, unknown] },
    }
    const line = { type: 'page' as const, stream, epoch: 1, from: 0, to: 1 }
    await vault().addPages([{ ...line, records, changes: [change] }])
    await vault().save([mutation])
    await vault().setDraft(`resident/${name}`, fields)
    await vault().setNote(`last/${phone}`, { name })
    vault().close()
    return stream
  },
  /** A page of so many records, far above the size from which the browser keeps a value as a file. */
  addLarge: (from: number, to: number, reset: boolean) =>
    vault().addPages([large(from, to, reset)]),
  async addSmall(from: number, count: number) {
    for (let at = from; at < from + count; at += 1)
      await vault().addPages([large(at, at + 1, false)])
  },
  compact: () => vault().compact(),
  save: async () => (await vault().save([made()])).map(({ seq }) => seq),
  /** What an unlocked device finds. */
  async look() {
    let records = 0
    const { damaged } = await vault().load((pages) => {
      for (const page of pages) records += page.records.length
    })
    const waiting = (await vault().nextWaiting(100)).map(({ seq }) => seq)
    return { damaged, records, waiting, cursors: await vault().cursors() }
  },
  askToLead: () => void speech.askToLead(account, () => (leads = true)),
  leads: () => leads,
  say: (message: string) => channel.post(message),
  heard: () => heard,
}

window.vaultPage = page
