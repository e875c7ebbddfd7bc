// `npm run permissions`: prints who may do what, as src/domain/permission.ts has it, into docs/permissions.md.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { module } = await runnerImport(fileURLToPath(new URL('tables.ts', import.meta.url)), {
  configFile: false,
  logLevel: 'error',
})
writeFileSync(`${root}/docs/permissions.md`, module.permissionTables())
