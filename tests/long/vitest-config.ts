import { defineConfig } from 'vitest/config'

/** What takes too long for a check, or needs what few machines have; `npm run test:long` runs it. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    exclude: ['tests/long/vitest-config.ts'],
    include: ['tests/long/*.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
    globalSetup: ['tests/support/built-app-setup.ts'],
    expect: { poll: { timeout: 30_000, interval: 100 } },
  },
})
