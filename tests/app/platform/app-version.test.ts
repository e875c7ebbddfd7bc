import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { appVersion } from '#app/platform/app-version.ts'

it('the app calls itself by the version of the package', () => {
  const file = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')
  expect(appVersion).toBe((JSON.parse(file) as { version: string }).version)
})
