// Measures the built app in real Chromium against the real server: `npm run bench`.
//   --json FILE    writes the rows as a list of { name, value, unit, budget, baseline?, ratio? }
//   --quick        fewer repetitions
//   --only PART    only that part; can be given several times
//   --residents N  a smaller demo, for work on the benchmarks themselves
// A row over its budget does not fail the run, since machines differ; a row that could not be measured does.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'

const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url))

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    quick: { type: 'boolean' },
    only: { type: 'string', multiple: true },
    residents: { type: 'string' },
  },
})

// Node 20 does not run .ts.
/** @type {{ module: typeof import('./main.ts') }} */
const { module } = await runnerImport(at('main.ts'))
const only = values.only ?? []
const strange = only.filter((name) => !module.partNames.includes(name))
if (strange.length > 0) {
  console.error(
    `no part is called ${strange.join(' or ')}; there are ${module.partNames.join(', ')}`,
  )
  process.exit(2)
}

execFileSync(process.execPath, [at('../../build.mjs'), '--quiet', '--if-changed'], {
  stdio: 'inherit',
})
const isWhole = await module.bench({
  json: values.json ?? null,
  isQuick: values.quick ?? false,
  only,
  residents: values.residents ? Number(values.residents) : module.usualResidents,
})
process.exitCode = isWhole ? 0 : 1
