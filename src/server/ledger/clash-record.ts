import type { FieldClash } from '#protocol/merge.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { untouched, type RecordRow } from '../db/record-row.ts'

/** A clash keeps both values in the same stream until somebody settles it. */
export function clashRecord(
  stream: string,
  mutation: Pick<Mutation, 'kind' | 'record'>,
  clash: FieldClash,
  version: number,
  id: string,
): RecordRow {
  const { at } = clash.kept.mark
  return {
    stream,
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
    ...untouched(),
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
