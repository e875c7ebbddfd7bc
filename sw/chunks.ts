/**
 * Into which file a module of the app goes. A device keeps every file, one after the other, and keeping one costs it
 * what ten kilobytes cost: with a file for every page and every piece that two pages share, an installation took four
 * times as long. What each day opens keeps files of its own, so that nothing else is read before the first list.
 */
import { join } from 'node:path'
import type { Rolldown } from 'vite'

/** What stands between a PIN and the first list: each by itself, so that nothing else is read before. */
const firstFiles = ['ui/Shell.tsx', 'ui/routes.tsx', 'vault/open-vault.ts', 'sync/sync-code.ts']
/** What the first list fetches as soon as it stands. */
const nextFiles = [
  ...['ui/more-routes.tsx', 'ui/me/own/Me.tsx', 'ui/walk/grid/Grid.tsx'],
  ...['ui/walk/household/Household.tsx', 'ui/walk/building/Building.tsx'],
  ...['ui/walk/search/Search.tsx', 'ui/pieces/sign-in/GateLater.tsx'],
]
const actFolders = ['acts/', 'ui/pieces/']
const areas = ['colours', 'me', 'office', 'places', 'privacy', 'requests', 'topics', 'walk']

/**
 * Null leaves a module to the builder. For rolldown's `codeSplitting.groups`, whose modules bring nothing along.
 * `root`: the project's folder.
 */
export function fileOfLaterPages(
  root: string,
): (id: string, context: Rolldown.ChunkingContext) => string | null {
  let files: ReadonlyMap<string, string> | null = null
  return (id, context) => {
    files ??= filesOfLater(join(root, 'src', 'app', '/'), (module) => context.getModuleInfo(module))
    return files.get(id) ?? null
  }
}

/**
 * By module: its file. Each file imports only those before it: what is opened first or stands alone, what the first
 * list fetches (`next`), what people do (`acts`), what pages share (`shared`), and an area's pages. So no file brings
 * the pages of another area along.
 */
function filesOfLater(
  app: string,
  info: Rolldown.ChunkingContext['getModuleInfo'],
): ReadonlyMap<string, string> {
  const reached = (
    roots: Iterable<string>,
    next: (module: Rolldown.ModuleInfo) => readonly string[],
  ) => {
    const found = new Set<string>()
    const waiting = [...roots]
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (found.has(id)) continue
      found.add(id)
      const module = info(id)
      if (module) waiting.push(...next(module))
    }
    return found
  }
  const named = (names: readonly string[]) => new Set(names.map((name) => app + name))
  const [first, next] = [named(firstFiles), named(nextFiles)]
  const imported = (module: Rolldown.ModuleInfo) => module.importedIds
  const all = reached([`${app}main.tsx`], (one) => [
    ...one.importedIds,
    ...one.dynamicallyImportedIds,
  ])
  const fetched = [...all].filter((id) => info(id)?.dynamicImporters.length && !next.has(id))
  const areaOf = (id: string) => areas.find((area) => id.startsWith(`${app}ui/${area}/`))
  const pages = fetched.filter((id) => areaOf(id) !== undefined)
  const acts = fetched.filter((id) => actFolders.some((folder) => id.startsWith(app + folder)))
  const alone = fetched.filter((id) => !pages.includes(id) && !acts.includes(id))
  const known = reached([`${app}main.tsx`, ...first, ...alone], imported)
  const files = new Map<string, string>()
  const take = (ids: Iterable<string>, fileOf: (id: string) => string) => {
    for (const id of ids) if (!known.has(id) && !files.has(id)) files.set(id, fileOf(id))
  }
  take(reached(next, imported), () => 'next')
  take(reached(acts, imported), () => 'acts')
  take(reached(pages, imported), (id) => areaOf(id) ?? 'shared')
  return new Map([...files].filter(([id]) => !id.includes('/node_modules/')))
}
