/** Builds `vault-page.ts` and serves it, as the app is served: under a policy, from localhost. */
import { createServer } from 'node:http'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

export type { VaultPage } from './vault-page.ts'

export interface ServedVaultPage {
  readonly address: string
  close(): Promise<void>
}

const pageModule = fileURLToPath(new URL('vault-page.ts', import.meta.url))
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'"

export async function serveVaultPage(): Promise<ServedVaultPage> {
  const folder = await mkdtemp(join(tmpdir(), 'wuse-vault-'))
  await writeFile(join(folder, 'main.ts'), `import ${JSON.stringify(pageModule)}`)
  const html =
    '<!doctype html><html><body><script type="module" src="/main.ts"></script></body></html>'
  await writeFile(join(folder, 'index.html'), html)
  await build({
    configFile: false,
    root: folder,
    logLevel: 'warn',
    build: { assetsInlineLimit: 0 },
  })
  const server = createServer((request, response) => {
    const path = extname(request.url ?? '') === '' ? '/index.html' : (request.url ?? '')
    readFile(join(folder, 'dist', path)).then(
      (content) => {
        response.setHeader('content-type', types[extname(path)] ?? 'text/plain')
        response.setHeader('content-security-policy', policy)
        response.end(content)
      },
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  return {
    address: `http://localhost:${String((server.address() as AddressInfo).port)}/`,
    async close() {
      server.closeAllConnections()
      server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
