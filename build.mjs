// Builds the app to dist/app, the resident's page to dist/ask and the server to dist/server.
//   --quiet       prints only warnings and errors
//   --if-changed  does nothing where dist was built from the very same sources by the same Node
import { createHash } from 'node:crypto'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readNotices } from './notices.mjs'

const root = dirname(fileURLToPath(import.meta.url))
const sources = [
  'build.mjs',
  'index.html',
  'notices.mjs',
  'package-lock.json',
  'package.json',
  'public',
  'src',
  'sw',
  'tsconfig.base.json',
  'vite.ask.config.ts',
  'vite.config.ts',
]
const stamp = join(root, 'dist', 'sources.sha256')
// Whatever the caller's own is (a test run's, a shell's): what is built here is what people use.
process.env.NODE_ENV = 'production'

const quiet = process.argv.includes('--quiet')

const fingerprint = await fingerprintOf(sources)
if (process.argv.includes('--if-changed') && (await builtFrom()) === fingerprint) {
  if (!quiet) console.log('dist is up to date')
} else {
  await build()
}

async function build() {
  // Loaded only when needed: an unchanged start should not pay for it.
  const vite = await import('vite')
  // Gone first, so that a build that was interrupted is never taken for a whole one.
  await rm(stamp, { force: true })
  const logLevel = quiet ? 'warn' : 'info'
  await vite.build({ root, logLevel })
  await vite.build({ root, logLevel, build: { ssr: true } })
  await vite.build({ root, logLevel, configFile: join(root, 'vite.ask.config.ts') })
  // Not among the files that a device keeps: whoever wants to read them fetches them.
  await writeFile(
    join(root, 'dist', 'app', 'notices.json'),
    JSON.stringify({ packages: await readNotices(root) }),
  )
  await writeFile(stamp, fingerprint)
}

/** @returns {Promise<string | null>} the fingerprint of the sources that dist came from, or null */
async function builtFrom() {
  return readFile(stamp, 'utf8').catch(() => null)
}

/**
 * By content and not by time: a checkout or a copy may carry any time.
 * @param {readonly string[]} paths
 */
async function fingerprintOf(paths) {
  const hash = createHash('sha256').update(process.version)
  for (const path of paths) {
    for (const file of await filesBelow(path)) {
      const content = createHash('sha256').update(await readFile(join(root, file)))
      hash.update(`\n${file} ${content.digest('hex')}`)
    }
  }
  return hash.digest('hex')
}

/**
 * @param {string} path a file, or a folder with all that it holds
 * @returns {Promise<string[]>} in a fixed order
 */
async function filesBelow(path) {
  const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true }).catch(
    (/** @type {NodeJS.ErrnoException} */ fault) => {
      if (fault.code === 'ENOTDIR') return null
      throw fault
    },
  )
  if (!entries) return [path]
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort()
}
