/** What a valibot schema accepts, as plain JSON: the same for the same schema, whatever order its fields stand in. */
import type * as v from 'valibot'

type Part = v.GenericSchema | v.GenericPipeItem

interface Anatomy {
  readonly type: string
  readonly entries?: Readonly<Record<string, Part>>
  readonly items?: readonly Part[]
  readonly item?: Part
  /** Of a record the schema of its keys, of a variant the name that tells its options apart. */
  readonly key?: Part | string
  readonly value?: Part
  readonly wrapped?: Part
  readonly rest?: Part
  readonly options?: readonly unknown[]
  readonly literal?: unknown
  readonly requirement?: unknown
  readonly pipe?: readonly Part[]
}

export function describeSchema(part: Part): unknown {
  const anatomy = part as unknown as Anatomy
  const { type, pipe, entries, options, literal, requirement } = anatomy
  // A pipe begins with its own schema; what follows narrows it.
  const [, ...narrowed] = pipe ?? []
  const inner = (['item', 'key', 'value', 'wrapped', 'rest'] as const).flatMap((name) => {
    const found = anatomy[name]
    if (found === undefined) return []
    return [[name, typeof found === 'string' ? found : describeSchema(found)] as const]
  })
  return {
    type,
    ...Object.fromEntries(inner),
    ...(entries && {
      entries: Object.fromEntries(
        Object.entries(entries)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, entry]) => [name, describeSchema(entry)]),
      ),
    }),
    ...(anatomy.items && { items: anatomy.items.map(describeSchema) }),
    ...(options && { options: options.map(describeOption).sort() }),
    ...(literal === undefined ? {} : { literal }),
    ...(typeof requirement === 'number' ? { requirement } : {}),
    ...(narrowed.length > 0 && { pipe: narrowed.map(describeSchema) }),
  }
}

function describeOption(option: unknown): string {
  const isSchema = typeof option === 'object' && option !== null && 'type' in option
  return JSON.stringify(isSchema ? describeSchema(option as Part) : option)
}
