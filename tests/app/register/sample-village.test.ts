import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { createReadings } from '#app/register/readings.ts'
import type { WireRecord } from '#protocol/pull.ts'
import { generateDemo } from '#server/demo/generate.ts'
import { today } from './grid-of-samples.ts'

it('everybody of three thousand is found by name, initials and last digits', async () => {
  const readings = createReadings()
  const register = createRegister(readings)
  const demo = generateDemo({ seed: 20_260_101, today, residents: 3_000 })
  for (const { stream, records } of demo.streams) {
    const wire = [...records].map((record, index): WireRecord => ({
      ...record,
      version: index + 1,
    }))
    register.applyPages([
      {
        type: 'page',
        stream,
        epoch: 1,
        from: 0,
        to: wire.length,
        reset: true,
        records: wire,
        changes: [],
      },
    ])
  }
  await register.warmUp()
  const everybody = [...register.all('resident')]
  const living = everybody.filter(({ fields }) => !fields.movedOutOn && !fields.diedOn)
  expect(living.length).toBeGreaterThan(2_500)
  const hits = new Map<string, ReadonlySet<string>>()
  const find = (text: string) => {
    const known = hits.get(text)
    if (known) return known
    const found = new Set(register.search(text, 5_000).map((hit) => hit.id))
    hits.set(text, found)
    return found
  }
  const missed: string[] = []
  for (const { id, fields } of living) {
    const { name, documentNumber, phones } = fields
    const initials = readings.of(name).map((reading) => reading.initials)
    if (initials.length === 0) missed.push(`no reading of ${name}`)
    const asked = [name, ...initials, ...(phones ?? []).map((phone) => phone.slice(-4))]
    if (documentNumber) asked.push(documentNumber.slice(-4))
    for (const text of asked) if (!find(text).has(id)) missed.push(`${name} by ${text}`)
  }
  expect(missed).toEqual([])
})
