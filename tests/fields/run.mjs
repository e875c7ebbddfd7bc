// `npm run fields`: prints the catalogue of fields, as the schemas and the purposes in src/domain have it, into docs/fields.md.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { module } = await runnerImport(fileURLToPath(new URL('page.ts', import.meta.url)), {
  configFile: false,
  logLevel: 'error',
})
writeFileSync(`${root}/docs/fields.md`, module.fieldsPage())
