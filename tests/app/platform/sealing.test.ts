import { expect, it } from 'vitest'
import {
  makeDeviceKey,
  opaqueName,
  rawToDataKey,
  unwrapRaw,
  wrapRaw,
} from '#app/platform/device-keys.ts'
import { bytesToText, randomBytes, seal, textToBytes, unseal } from '#app/platform/sealing.ts'

const dataKey = (seed: number) => rawToDataKey(new Uint8Array(32).fill(seed))
const text = textToBytes('样本张三，三幢二单元501')

it('opens what it sealed, in its place, with its key', async () => {
  const { seal: key } = await dataKey(1)
  const box = await seal(key, text, 'place')
  const opened = await unseal(key, box, 'place')
  expect(opened.ok && bytesToText(opened.bytes)).toBe('样本张三，三幢二单元501')
  expect(box.length).toBe(12 + text.length + 16)
  expect(await unseal(key, await seal(key, new Uint8Array(0), ''), '')).toEqual({
    ok: true,
    bytes: new Uint8Array(0),
  })
})

it('never seals the same twice in the same way', async () => {
  const { seal: key } = await dataKey(1)
  const boxes = await Promise.all(Array.from({ length: 50 }, () => seal(key, text, 'place')))
  expect(new Set(boxes.map((box) => Buffer.from(box).toString('hex'))).size).toBe(50)
})

it('opens nothing that was changed, moved, cut or sealed with another key', async () => {
  const [{ seal: key }, { seal: other }] = [await dataKey(1), await dataKey(2)]
  const box = await seal(key, text, 'place')
  for (let index = 0; index < box.length; index++) {
    const changed = Uint8Array.from(box)
    changed[index] = changed[index]! ^ 1
    expect(await unseal(key, changed, 'place'), `byte ${index}`).toEqual({ ok: false })
  }
  expect(await unseal(key, box, 'other place')).toEqual({ ok: false })
  expect(await unseal(other, box, 'place')).toEqual({ ok: false })
  for (const length of [0, 1, 12, 27, box.length - 1]) {
    expect(await unseal(key, box.slice(0, length), 'place'), `cut to ${length}`).toEqual({
      ok: false,
    })
  }
})

it('takes a key of the wrong kind for a bug, not for damage', async () => {
  const { seal: key, name } = await dataKey(1)
  await expect(unseal(name, await seal(key, text, ''), '')).rejects.toThrow()
})

it('gives no script the bytes of a key', async () => {
  const { seal: key, name } = await dataKey(1)
  for (const one of [key, name, await makeDeviceKey()]) {
    expect(one.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', one)).rejects.toThrow()
  }
})

it('names the same alike under one key, and otherwise under another', async () => {
  const key = await dataKey(1)
  const name = await opaqueName(key, 'resident/1')
  expect(name).toMatch(/^[0-9a-f]{32}$/)
  expect(await opaqueName(await dataKey(1), 'resident/1')).toBe(name)
  expect(await opaqueName(key, 'resident/2')).not.toBe(name)
  expect(await opaqueName(await dataKey(2), 'resident/1')).not.toBe(name)
})

it('unwraps a key with the same device, secret, end and account only', async () => {
  const [device, other] = [await makeDeviceKey(), await makeDeviceKey()]
  const [raw, secret] = [randomBytes(32), randomBytes(32)]
  const box = await wrapRaw(raw, device, secret, 'pin', 'a')
  expect(await unwrapRaw(box, device, secret, 'pin', 'a')).toEqual(raw)
  expect(await unwrapRaw(box, other, secret, 'pin', 'a')).toBeNull()
  expect(await unwrapRaw(box, device, randomBytes(32), 'pin', 'a')).toBeNull()
  expect(await unwrapRaw(box, device, secret, 'server', 'a')).toBeNull()
  expect(await unwrapRaw(box, device, secret, 'pin', 'b')).toBeNull()
})
