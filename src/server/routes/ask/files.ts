/** The page's own script and style, as they were built: by the names that the build gave them. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'

export interface AskFiles {
  readonly scripts: readonly string[]
  readonly styles: readonly string[]
}

export const noFiles: AskFiles = { scripts: [], styles: [] }

/** As the build names what it began with. */
const script = 'src/ask/main.ts'

const manifestSchema = v.record(
  v.string(),
  v.looseObject({
    file: v.string(),
    css: v.optional(v.array(v.string()), []),
  }),
)

/** Of the folder of the built page; none where it was not built: every page works without. */
export function readAskFiles(dir: string | null): AskFiles {
  if (dir === null) return noFiles
  const path = join(dir, 'manifest.json')
  if (!existsSync(path)) return noFiles
  const read = v.safeParse(manifestSchema, JSON.parse(readFileSync(path, 'utf8')))
  if (!read.success) return noFiles
  const first = read.output[script]
  if (!first) return noFiles
  return { scripts: [`/${first.file}`], styles: first.css.map((file) => `/${file}`) }
}
