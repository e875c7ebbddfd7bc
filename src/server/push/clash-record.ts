import type { FieldClash } from '#protocol/merge.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { RecordRow } from '../db/records.ts'

/** A clash keeps both values in the same stream until somebody settles it. */
export function clashRecord(
  mutation: Pick<Mutation, 'stream' | 'kind' | 'record'>,
  clash: FieldClash,
  version: number,
  id: string,
): RecordRow {
  const { at } = clash.kept.mark
  return {
    stream: mutation.stream,
    id,
    kind: 'clash',
    version,
    fields: {
      kind: mutation.kind,
      record: mutation.record,
      field: clash.field,
      kept: sideOf(clash.kept),
      lost: sideOf(clash.lost),
    },
    created: { version, device: null, at },
    marks: {},
    removed: false,
    at,
    by: null,
  }
}

function sideOf({ value, mark }: FieldClash['kept']) {
  return {
    value: value ?? null,
    at: mark.at,
    by: mark.by ?? null,
    mutation: mark.mutation ?? null,
  }
}
