import { defineConfig } from 'vite'

/**
 * The resident's page is built by itself: another origin, its own small script, and browsers older than those of the app
 * (docs/decisions/0064). The server writes its pages, so nothing here is one.
 */
export default defineConfig({
  publicDir: false,
  // Old web views know no thread of modules.
  worker: { format: 'iife' },
  build: {
    outDir: 'dist/ask',
    target: ['chrome88', 'safari14', 'firefox91'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    manifest: 'manifest.json',
    rolldownOptions: { input: 'src/ask/main.ts' },
  },
})
