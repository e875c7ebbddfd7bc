import { fileURLToPath } from 'node:url'
import {
  defineConfig,
  isRunnableDevEnvironment,
  type Connect,
  type Plugin,
  type UserConfig,
} from 'vite'
import { buildTarget } from './src/app/floor/browsers.ts'
import { fileOfLaterPages } from './sw/chunks.ts'
import { serviceWorker } from './sw/plugin.ts'

export default defineConfig(async ({ command, isSsrBuild }): Promise<UserConfig> => ({
  appType: 'spa',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: command === 'serve' ? await developmentPlugins() : [serviceWorker()],
  server: { port: 5173, strictPort: true },
  // A thread fetches what it rarely needs, such as the reader of old workbooks, when it needs it.
  worker: {
    format: 'es',
    rolldownOptions: { output: { chunkFileNames: 'assets/on-demand-[name]-[hash].js' } },
  },
  build: isSsrBuild
    ? {
        outDir: 'dist/server',
        target: 'node20',
        sourcemap: true,
        copyPublicDir: false,
        rolldownOptions: {
          input: Object.fromEntries(
            [
              'main',
              'seed',
              'backup',
              'restore',
              'audit-verify',
              'doctor',
              'office-command',
              'breach',
              'distribute',
            ].map((name) => [name, `src/server/${name}.ts`]),
          ),
          output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      }
    : {
        outDir: 'dist/app',
        target: buildTarget,
        // The Content-Security-Policy allows neither inline scripts nor data: addresses.
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        reportCompressedSize: false,
        // One script before the first screen instead of ten: together they compress better.
        rolldownOptions: {
          output: {
            // Fetched and kept when somebody needs them, as in a worker's files.
            chunkFileNames: ({ name }) =>
              `assets/${name === 'other-books' || name === 'web-page' ? 'on-demand-' : ''}[name]-[hash].js`,
            codeSplitting: {
              groups: [
                { name: 'first', tags: ['$initial'] },
                // The kit is one file, which comes with the first list: a file for each piece would cost a name in the first.
                { name: 'kit', test: /src\/app\/ui\/kit\// },
                {
                  debugName: 'later pages',
                  name: fileOfLaterPages(fileURLToPath(new URL('.', import.meta.url))),
                  includeDependenciesRecursively: false,
                },
              ],
            },
          },
        },
        // The map is as large as that, and comes when somebody opens it.
        chunkSizeWarningLimit: 1_200,
      },
}))

/** Hot reloading of components is a development dependency: a build has to work without it. */
async function developmentPlugins() {
  const { preact } = await import('@preact/preset-vite')
  return [preact({ reactAliasesEnabled: false }), api()]
}

/** Runs the server's routes inside the development server, so that app and API have one origin as in production. */
function api(): Plugin {
  return {
    name: 'wuse-api',
    apply: 'serve',
    async configureServer(server) {
      const { ssr } = server.environments
      if (!isRunnableDevEnvironment(ssr)) throw new Error('no runner for the server')
      const entry = fileURLToPath(new URL('src/server/dev.ts', import.meta.url))
      const { createDevHandler } = await ssr.runner.import<{
        createDevHandler(): Promise<Connect.NextHandleFunction>
      }>(entry)
      const handle = await createDevHandler()
      server.middlewares.use((request, response, next) => {
        if (/^\/(api|healthz|metrics|map)(?:[/?]|$)/.test(request.url ?? '')) {
          handle(request, response, next)
        } else {
          next()
        }
      })
    },
  }
}
