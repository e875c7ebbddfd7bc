/** Every package runs on every Node that the project promises, so `npm ci` has nothing to warn of. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import semver from 'semver'
import { expect, it } from 'vitest'
import { expectCount } from './support/counts.ts'

interface Locked {
  readonly engines?: { readonly node?: string }
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), 'utf8'))

it('no package asks for a newer Node than the project does', () => {
  const { engines } = read('package.json') as { readonly engines: { readonly node: string } }
  const { packages } = read('package-lock.json') as { readonly packages: Record<string, Locked> }
  expectCount('packages in the lock file', Object.keys(packages).length)
  const refusing = Object.entries(packages)
    .filter(([, { engines: own }]) => own?.node && !semver.subset(engines.node, own.node))
    .map(([path, { engines: own }]) => `${path}: ${own?.node}`)
  expect(refusing).toEqual([])
})
