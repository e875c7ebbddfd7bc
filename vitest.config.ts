import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// Days and times must not depend on where a machine stands: everything is tested far from Hangzhou.
process.env.TZ = 'America/Los_Angeles'

/**
 * Browser tests of how pages look in every size and of rarer office work: `npm run test:long -- browser` runs them with
 * all others. What was called saved, what never waits and the usual day stay in every run.
 */
const browserTestsOfTheNight = [
  ...[
    'chart',
    'desk',
    'guard-screens',
    'how-to',
    'large-office',
    'map',
    'minors',
    'overview',
    'own-policy',
  ],
  ...['person-file', 'phones', 'request-life', 'rights', 'screens', 'spoken'],
].map((name) => `tests/browser/${name}.test.ts`)
/** Whoever names a file wants it. */
const isNamed = (path: string) =>
  process.argv.some((word) => word.endsWith('.test.ts') && path.endsWith(word))

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    pool: 'forks',
    maxWorkers: availableParallelism(),
    restoreMocks: true,
    // Machines are shared: a property test may be slow without being wrong.
    testTimeout: 90_000,
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // A file leaves nothing behind: reading the modules again for each file would cost half of the run.
          isolate: false,
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/server/**', 'tests/browser/**', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'components',
          include: ['tests/**/*.test.tsx'],
          environment: 'happy-dom',
          // One window serves all files of a worker, and each file begins at the first page: see the setup.
          isolate: false,
          // A link to a file that a test downloads would lead the window away from the app.
          environmentOptions: {
            happyDOM: { settings: { navigation: { disableMainFrameNavigation: true } } },
          },
          setupFiles: ['tests/support/components.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          isolate: false,
          include: ['tests/server/**/*.test.ts'],
          globalSetup: ['tests/support/postgres-setup.ts'],
          setupFiles: ['tests/support/watch-statements.ts'],
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          exclude: process.env['WUSE_LONG']
            ? []
            : browserTestsOfTheNight.filter((path) => !isNamed(path)),
          globalSetup: ['tests/support/browser-setup.ts'],
          // A worker's browser serves all its files; what a file begins, it ends.
          isolate: false,
          maxWorkers: Math.min(2, availableParallelism()),
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 60_000, interval: 100 } },
        },
      },
    ],
  },
})
