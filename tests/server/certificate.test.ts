/** Https without a proxy: a certificate that serves, each one that does not in one line, and one that was renewed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readCertificate } from '#server/certificate.ts'
import { readConfig } from '#server/config.ts'
import { examineCertificate } from '#server/doctor/findings.ts'
import { listen } from '#server/listen.ts'
import { one, other } from '#tests/support/sample-certificates.ts'
import { freePort } from '#tests/support/wuse-server.ts'

const now = Date.UTC(2027, 0, 4)
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wuse-tls-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function filesOf(name: string, { cert, key }: { readonly cert: string; readonly key: string }) {
  const files = { cert: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) }
  writeFileSync(files.cert, cert)
  writeFileSync(files.key, key)
  return files
}

describe('a certificate', () => {
  it('serves with its key, in its time', () => {
    expect(readCertificate(filesOf('good', one), now).endsAt.getUTCFullYear()).toBe(2126)
  })

  it.each([
    ['with the key of another', { ...one, key: other.key }, now, /^TLS_KEY .* does not fit/],
    ['that is none', { ...one, cert: 'words' }, now, /^TLS_CERT: .* holds no certificate/],
    ['with a key that is none', { ...one, key: one.cert }, now, /^TLS_KEY: .* no private key/],
    ['that expired', one, Date.UTC(2127, 0, 1), /expired on 2126-.*renew it/],
    ['of a time to come', one, Date.UTC(2026, 0, 1), /holds from 2026-11-29 on: is the clock/],
  ])('%s is told in one line', (_, pair, at, words) => {
    const files = filesOf('bad', pair)
    expect(() => readCertificate(files, at)).toThrow(words)
    expect(examineCertificate(files, at)).toMatchObject({ level: 'wrong' })
  })

  it('that is not there is told in one line', () => {
    const files = { cert: join(folder, 'none'), key: join(folder, 'none') }
    expect(() => readCertificate(files, now)).toThrow(/^TLS_CERT: .* cannot be read \(ENOENT\)/)
  })

  it('that ends soon is named by the doctor', () => {
    const files = filesOf('soon', one)
    const { endsAt } = readCertificate(files, now)
    expect(examineCertificate(files, endsAt.getTime() - 20 * 86_400_000)).toMatchObject({
      level: 'well',
    })
    expect(examineCertificate(files, endsAt.getTime() - 3 * 86_400_000)).toEqual({
      level: 'look',
      text: expect.stringMatching(/holds for 3 more days\. Renew it/) as unknown,
    })
  })
})

describe('the settings', () => {
  it('go together, and make cookies secure', () => {
    expect(() => readConfig({ TLS_CERT: 'a' })).toThrow(/^TLS_CERT goes with TLS_KEY/)
    expect(() => readConfig({ TLS_KEY: 'a' })).toThrow(/^TLS_CERT goes with TLS_KEY/)
    const both = { TLS_CERT: 'a', TLS_KEY: 'b' }
    expect(() => readConfig({ ...both, SECURE_COOKIES: 'off' })).toThrow(/SECURE_COOKIES=off/)
    expect(readConfig(both)).toMatchObject({ secureCookies: true, notices: [] })
    expect(readConfig({ ...both, HOST: '0.0.0.0' })).toMatchObject({
      ...{ secureCookies: true, notices: [], tls: { cert: 'a', key: 'b' } },
    })
  })
})

it('the server speaks https with it, and takes a renewed one without a new start', async () => {
  const files = filesOf('served', one)
  const port = await freePort()
  const socket = await listen(
    { host: '127.0.0.1', port, tls: files },
    { headersMs: 5_000, bodyMs: 5_000, certificateMs: 50 },
    () => now,
  )
  socket.open(() => new Response('here'))
  /** What it says, to somebody who trusts that certificate alone. */
  const ask = (ca: string) =>
    new Promise<string>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, ca, agent: false }, (response) => {
        response.setEncoding('utf8').on('data', (text: string) => resolve(text))
      })
      asked.on('error', reject).end()
    })
  try {
    expect(socket.url).toBe(`https://localhost:${port}`)
    expect(await ask(one.cert)).toBe('here')
    await expect(ask(other.cert)).rejects.toThrow(/certificate/)
    // Half of a renewal: the old one goes on.
    writeFileSync(files.cert, other.cert)
    for (let times = 0; times < 20; times += 1) expect(await ask(one.cert)).toBe('here')
    writeFileSync(files.key, other.key)
    await vi.waitFor(async () => expect(await ask(other.cert)).toBe('here'), {
      ...{ timeout: 30_000, interval: 50 },
    })
  } finally {
    await socket.close()
  }
})
