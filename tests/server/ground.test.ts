/** What the map is drawn on: the settings, the file in parts, and which other origin the policy lets in. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, describe, expect, it } from 'vitest'
import { groundFilePath, groundPath } from '#protocol/ground.ts'
import { readConfig } from '#server/config.ts'
import { groundRoutes, tilesOrigin, type GroundConfig } from '#server/routes/ground.ts'
import { securityHeaders } from '#server/routes/static-files.ts'
import { pmtilesFile } from '#tests/support/pmtiles-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'wuse-ground-'))
const file = join(folder, 'sample.pmtiles')
const content = pmtilesFile()
writeFileSync(file, content)
const other = join(folder, 'other.txt')
writeFileSync(other, 'no tiles')
afterAll(() => rmSync(folder, { recursive: true }))

const config = (more: Partial<GroundConfig>): GroundConfig => ({
  file: null,
  tiles: null,
  datum: 'wgs84',
  credit: null,
  ...more,
})

describe('the settings', () => {
  it('are a file, or an address, with datum and credit', () => {
    expect(readConfig({}).ground).toBeNull()
    expect(readConfig({ MAP_FILE: file, MAP_CREDIT: '样例审图号' }).ground).toEqual(
      config({ file, credit: '样例审图号' }),
    )
    const tiles = 'https://tiles.example/{z}/{x}/{y}.png'
    expect(readConfig({ MAP_TILES: tiles, MAP_DATUM: 'gcj02' }).ground).toEqual(
      config({ tiles, datum: 'gcj02' }),
    )
    expect(readConfig({ MAP_TILES: '/tiles/{z}/{x}/{y}.png' }).ground?.tiles).toMatch(/^\/tiles/)
  })

  it.each([
    [{ MAP_FILE: join(folder, 'gone.pmtiles') }, 'MAP_FILE'],
    [{ MAP_FILE: other }, 'MAP_FILE'],
    [{ MAP_TILES: 'http://tiles.example/{z}/{x}/{y}.png' }, 'MAP_TILES'],
    [{ MAP_TILES: 'https://tiles.example/{z}/{x}.png' }, 'MAP_TILES'],
    [{ MAP_TILES: '//tiles.example/{z}/{x}/{y}.png' }, 'MAP_TILES'],
    [{ MAP_TILES: `https://a.example; script-src 'unsafe-inline'/{z}/{x}/{y}` }, 'MAP_TILES'],
    [{ MAP_DATUM: 'bd09' }, 'MAP_DATUM'],
    [{ MAP_FILE: file, MAP_TILES: '/{z}/{x}/{y}' }, 'MAP_FILE and MAP_TILES'],
  ])('that are wrong are told by name: %j', (settings, name) => {
    expect(() => readConfig(settings)).toThrow(name)
  })
})

describe('the ground', () => {
  const ask = (ground: GroundConfig | null, path: string, range?: string) =>
    groundRoutes(ground).request(path, range === undefined ? {} : { headers: { range } })

  it('is none where the deployment has none, or its file is gone', async () => {
    expect(await (await ask(null, groundPath)).json()).toEqual({ kind: 'none' })
    const gone = config({ file: join(folder, 'gone') })
    expect(await (await ask(gone, groundPath)).json()).toEqual({ kind: 'none' })
    expect((await ask(gone, groundFilePath, 'bytes=0-9')).status).toBe(404)
    expect((await ask(null, groundFilePath, 'bytes=0-9')).status).toBe(404)
  })

  it('is the address as it was set', async () => {
    const tiles = '/tiles/{z}/{x}/{y}.png'
    expect(await (await ask(config({ tiles, credit: '样例' }), groundPath)).json()).toEqual({
      kind: 'tiles',
      address: tiles,
      minZoom: 0,
      maxZoom: 18,
      datum: 'wgs84',
      credit: '样例',
    })
  })

  it.each([
    ['bytes=0-6', 0, 7],
    ['bytes=7-', 7, content.length],
    [`bytes=100-${content.length + 5_000}`, 100, content.length],
    [`bytes=${content.length - 1}-${content.length - 1}`, content.length - 1, content.length],
  ])('is read in parts: %s', async (range, from, to) => {
    const answer = await ask(config({ file }), groundFilePath, range)
    expect(answer.status).toBe(206)
    expect(answer.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/${content.length}`)
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(content.slice(from, to))
  })

  it.each([
    undefined,
    'bytes=',
    'bytes=-5',
    'bytes=9-3',
    'bytes=0-1,4-5',
    'bytes=999999-',
    'x=0-1',
  ])('is not sent for %s', async (range) => {
    const answer = await ask(config({ file }), groundFilePath, range)
    expect(answer.status).toBe(416)
    expect(answer.headers.get('content-range')).toBe(`bytes */${content.length}`)
  })

  it('has another tag once it is another file', async () => {
    const tag = async () => {
      const about = (await (await ask(config({ file }), groundPath)).json()) as { tag: string }
      const part = await ask(config({ file }), groundFilePath, 'bytes=0-1')
      expect(part.headers.get('etag')).toBe(`"${about.tag}"`)
      return about.tag
    }
    const before = await tag()
    expect(await tag()).toBe(before)
    utimesSync(file, new Date(0), new Date(0))
    expect(await tag()).not.toBe(before)
  })
})

describe('the policy', () => {
  const policyOf = async (tiles: string | null) => {
    const app = new Hono()
      .use(securityHeaders(tiles, false))
      .get('/', (context) => context.text(''))
    return (await app.request('/')).headers.get('content-security-policy') ?? ''
  }

  it('lets the app fetch from the origin of the tiles, and from nowhere else', async () => {
    const tiles = 'https://tiles.example:8443/a/{z}/{x}/{y}.png?key=1'
    expect(tilesOrigin({ tiles })).toBe('https://tiles.example:8443')
    expect(await policyOf(tilesOrigin({ tiles }))).toContain(
      `connect-src 'self' https://tiles.example:8443;`,
    )
    for (const ground of [null, { tiles: null }, { tiles: '/tiles/{z}/{x}/{y}.png' }]) {
      const policy = await policyOf(tilesOrigin(ground))
      expect(policy).toContain(`connect-src 'self';`)
      expect(policy).not.toMatch(/https?:|\*/)
    }
  })
})
