// Draws public/icons/*.png from public/icons/icon.svg with Chromium. Run it after a change of the mark:
//   node tests/support/render-icons.mjs
import { readFile, writeFile } from 'node:fs/promises'
import { runnerImport } from 'vite'

const folder = new URL('../../public/icons/', import.meta.url)
const source = await readFile(new URL('icon.svg', folder), 'utf8')

// The launcher cuts a maskable icon to its own shape: only a circle of 80 % of the width is sure to be seen.
const icons = [
  { file: 'icon-192.png', size: 192 },
  { file: 'icon-512.png', size: 512 },
  { file: 'maskable-512.png', size: 512, square: true, scale: 0.78 },
  { file: 'apple-touch-180.png', size: 180, square: true, scale: 0.9 },
  { file: 'monochrome-512.png', size: 512, mono: true, scale: 0.78 },
]

/** @type {{ module: typeof import('./chrome.ts') }} */
const { module: chrome } = await runnerImport(new URL('chrome.ts', import.meta.url).pathname)
const browser = await chrome.launchChrome()
try {
  const page = await browser.context.newPage()
  for (const { file, size, square, scale, mono } of icons) {
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${source}`)
    await page.evaluate(
      ({ square, scale, mono }) => {
        const ground = document.getElementById('ground')
        const mark = document.getElementById('mark')
        if (square) ground?.setAttribute('rx', '0')
        if (mono) {
          ground?.remove()
          for (const bar of mark?.children ?? []) bar.setAttribute('fill', 'white')
        }
        mark?.setAttribute(
          'transform',
          `translate(256 256) scale(${scale ?? 1}) translate(-256 -256)`,
        )
      },
      { square, scale, mono },
    )
    await writeFile(new URL(file, folder), await page.screenshot({ omitBackground: true }))
  }
} finally {
  await browser.close()
}
