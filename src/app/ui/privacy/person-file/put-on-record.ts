/** A file is opened only when it is on this device's disk that it was: who, when, masked or not, what for, to whom. */
import { useRef, useState } from 'preact/hooks'
import type { Export, FilePurpose } from '#domain/export.ts'
import type { Rec } from '#app/views/records.ts'
import type { Intent, SaveProblem } from '#app/acts/intent.ts'
import { useParts } from '#app/acts/use-parts.ts'
import type { Handed } from '#app/ui/pieces/RecipientFields.tsx'

export interface Made {
  readonly at: string
  readonly open: boolean
  readonly purpose: FilePurpose
  readonly handed: Handed
}

export function usePutOnRecord(resident: Rec<'resident'>, inquiry: Rec<'inquiry'> | null) {
  const app = useParts('work', 'now')
  const [made, setMade] = useState<Made | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<SaveProblem | null>(null)
  // A second tap may come before the button is drawn busy: it must not be on record twice.
  const running = useRef(false)

  const make = async ({ open, purpose, handed }: Omit<Made, 'at'>) => {
    running.current = true
    setBusy(true)
    const at = new Date(app.now()).toISOString()
    const fields: Export = {
      sheet: 'file',
      columns: [],
      subject: resident.id,
      inquiry: inquiry?.id ?? null,
      count: 1,
      masked: !open,
      purpose,
      at,
      ...handed,
    }
    const { stream } = resident
    const logged: Intent = {
      op: 'create',
      kind: 'export',
      record: app.work.newId(stream),
      stream,
      fields,
    }
    // Each goes to the office by itself: whatever becomes of the inquiry, that the file was opened is on record.
    const noted: Intent[] = inquiry
      ? [{ op: 'patch', kind: 'inquiry', record: inquiry.id, fields: { fileMadeAt: at } }]
      : []
    const kept = await app.work.saveApart([logged, ...noted])
    running.current = false
    setBusy(false)
    setProblem(kept.ok ? null : kept.problem)
    if (kept.ok) setMade({ at, open, purpose, handed })
  }

  return {
    made,
    busy,
    problem,
    make: (asked: Omit<Made, 'at'>) => {
      if (!running.current) void make(asked)
    },
    putAway: () => setMade(null),
  }
}
