/** The built product a version later: the same sources, every file of the app under another name. */
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
  for (const { parentPath, name } of texts) {
    const path = join(parentPath, name)
    let text = await readFile(path, 'utf8')
    for (const [before, after] of renamed) text = text.replaceAll(before, after)
    // The list of files says that index.html is another one.
    if (name === 'sw.js') {
      text = text.replace(/(index\.html[`'"],\s*revision:[`'"])\w/, '$1-')
    }
    await writeFile(path, text)
  }
  return { folder, main: join(folder, 'server', 'main.js'), mark }
}
