/**
 * Has LibreOffice write the rosters of `sheets.ts` anew, as .xlsx, .ods and .xls beside this script: `node
 * tests/app/roster/corpus/write-by-libreoffice.mjs`. It needs `soffice`; the files in the tree are of version 7.4.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))
const server = await createServer({
  configFile: false,
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, hmr: false },
})
const folder = mkdtempSync(join(tmpdir(), 'wuse-corpus-'))
try {
  const { corpus } = await server.ssrLoadModule('/tests/app/roster/corpus/sheets.ts')
  const { byXml } = await server.ssrLoadModule('/tests/app/roster/corpus/writers.ts')
  const raw = join(folder, 'libreoffice.xlsx')
  writeFileSync(raw, byXml(corpus))
  for (const type of ['xlsx', 'ods', 'xls']) {
    const own = `-env:UserInstallation=file://${join(folder, 'profile')}`
    execFileSync('soffice', [own, '--headless', '--convert-to', type, '--outdir', here, raw])
  }
} finally {
  await server.close()
  rmSync(folder, { recursive: true })
}
