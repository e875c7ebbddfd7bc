/**
 * Builds the service worker after the app: a second, small Vite build that gets the list of the first one's files.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin, type ResolvedConfig } from 'vite'

/** Workbox's form of an entry; the revision is null where the file's name already carries a hash of its content. */
export interface BuiltFile {
  readonly url: string
  readonly revision: string | null
  /** As in an `integrity` attribute: what came otherwise is not taken. */
  readonly integrity: string
}

export function serviceWorker(): Plugin {
  let config: ResolvedConfig
  return {
    name: 'wuse-service-worker',
    apply: (_config, { command, isSsrBuild }) => command === 'build' && !isSsrBuild,
    enforce: 'post',
    configResolved(resolved) {
      config = resolved
    },
    writeBundle: {
      // After every other plugin: index.html is the last to join the bundle.
      order: 'post',
      sequential: true,
      async handler(_options, bundle) {
        const folder = join(config.root, config.build.outDir)
        const hashed = new Set(Object.keys(bundle).filter((name) => name !== 'index.html'))
        await buildWorker(config, await listFiles(folder, hashed))
      },
    },
  }
}

/**
 * All files of the built app, also those copied from public/, without source maps and the worker itself.
 * `hashed` are the ones whose names change with their content.
 */
export async function listFiles(
  folder: string,
  hashed: ReadonlySet<string>,
): Promise<readonly BuiltFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    // Pictures that the browser shows before the app is installed are of no use afterwards.
    .filter((name) => !name.endsWith('.map') && name !== 'sw.js' && !/^screenshots\//.test(name))
    .sort()
  if (!names.includes('index.html')) throw new Error(`no index.html among the files of ${folder}`)
  return Promise.all(
    names.map(async (name) => {
      const content = createHash('sha256').update(await readFile(join(folder, name)))
      const digest = content.digest()
      return {
        url: `/${name}`,
        revision: hashed.has(name) ? null : digest.toString('hex').slice(0, 16),
        integrity: `sha256-${digest.toString('base64')}`,
      }
    }),
  )
}

/** What few devices ever need: fetched and kept when it is asked for, not when the app is installed. */
export function isLater({ url }: Pick<BuiltFile, 'url'>): boolean {
  return url.startsWith('/assets/on-demand-')
}

async function buildWorker(app: ResolvedConfig, files: readonly BuiltFile[]): Promise<void> {
  await build({
    configFile: false,
    root: app.root,
    publicDir: false,
    logLevel: app.logLevel ?? 'info',
    define: {
      BUILT_FILES: JSON.stringify(files.filter((file) => !isLater(file))),
      LATER_FILES: JSON.stringify(files.filter(isLater)),
      'process.env.NODE_ENV': JSON.stringify('production'),
    },
    build: {
      outDir: app.build.outDir,
      emptyOutDir: false,
      target: app.build.target,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: {
        input: fileURLToPath(new URL('worker.ts', import.meta.url)),
        output: { entryFileNames: 'sw.js', format: 'iife' },
      },
    },
  })
}
