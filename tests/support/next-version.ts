/** The built product a version later: the same sources, every file of the app under another name. */
import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface NextVersion {
  readonly folder: string
  /** What starts its server. */
  readonly main: string
  /** A part of every file's name that only this version has. */
  readonly mark: string
}

/** Inside the project, so that the server finds its libraries. The caller removes the folder. */
export async function makeNextVersion(): Promise<NextVersion> {
  const caches = join(root, 'node_modules', '.cache')
  await mkdir(caches, { recursive: true })
  const folder = await mkdtemp(join(caches, 'wuse-next-'))
  await cp(join(root, 'dist'), folder, { recursive: true })
  const app = join(folder, 'app')
  const assets = join(app, 'assets')
  const mark = 'next'
  const names = (await readdir(assets)).filter((name) => /-[\w-]{8}\.\w+$/.test(name))
  const renamed = new Map(names.map((name) => [name, name.replace(/\.(\w+)$/, `${mark}.$1`)]))
  for (const [name, to] of renamed) await rename(join(assets, name), join(assets, to))
  const texts = (await readdir(app, { recursive: true, withFileTypes: true })).filter(
    (entry) => entry.isFile() && /\.(?:js|css|html)$/.test(entry.name),
  )
  // The worker's list of files last: it names what the others have become.
  texts.sort((a, b) => Number(a.name === 'sw.js') - Number(b.name === 'sw.js'))
  const hashes = new Map<string, string>()
  for (const { parentPath, name } of texts) {
    const path = join(parentPath, name)
    const before = await readFile(path, 'utf8')
    let text = before
    for (const [from, to] of renamed) text = text.replaceAll(from, to)
    if (name === 'sw.js') {
      for (const [from, to] of hashes) text = text.replaceAll(from, to)
      // The list says that index.html is another one.
      text = text.replace(/(index\.html[`'"],\s*revision:[`'"])\w/, '$1-')
    } else hashes.set(hashOf(before), hashOf(text))
    await writeFile(path, text)
  }
  return { folder, main: join(folder, 'server', 'main.js'), mark }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64')
