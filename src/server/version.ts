import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The version in package.json, which lies two folders above what was built; `unknown` where it was moved away. */
export function readVersion(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  for (let up = 0; up < 4; up += 1) {
    try {
      const text = readFileSync(join(folder, 'package.json'), 'utf8')
      const { name, version } = JSON.parse(text) as { name?: unknown; version?: unknown }
      if (name === 'wuse' && typeof version === 'string') return version
    } catch {
      // Further up.
    }
    folder = dirname(folder)
  }
  return 'unknown'
}
