import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SelectField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Part, Soft } from '#app/ui/kit/Part.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useAskWords } from './ask-words.ts'
import { useAskAct } from './use-ask.ts'

/** A code for each entrance of a building in one act, or one for a place that is none. */
export function NewCodes(props: { readonly onMade: (ids: readonly string[]) => void }) {
  const app = useParts('register', 'work', 'syncActs')
  const own = useAskWords()
  const words = useWords()
  const act = useAskAct()
  const buildings = useRegister(app, (register) => register.buildings())
  const grids = useRegister(app, (register) =>
    [...register.all('place')].filter(
      ({ id, fields }) =>
        fields.closed !== true &&
        fields.placeKind !== 'unit' &&
        ![...register.all('place')].some((one) => one.fields.parent === id),
    ),
  )
  const [building, setBuilding] = useState('')
  const [grid, setGrid] = useState('')
  const [name, setName] = useState('')
  const [tried, setTried] = useState<'building' | 'other' | null>(null)
  const [busy, setBusy] = useState<'building' | 'other' | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const chosen = buildings.find(({ id }) => id === building)
  const units = Math.max(1, chosen?.fields.units ?? 0)

  const make = async (
    what: 'building' | 'other',
    places: readonly { readonly stream: string; name: string; building: string | null }[],
  ) => {
    setBusy(what)
    const codes = places.map((one) => ({ ...one, id: app.work.newId(one.stream) }))
    const content = { codes, replaces: null }
    // The ids are part of what is asked for: asked again after a lost answer it would make others, which can be stopped.
    const answer = await act(`codes/make/${what}`, content, (acts, id) =>
      acts.make({ act: id, ...content }),
    )
    setBusy(null)
    if (!answer.ok) {
      setProblem(answer.problem === 'offline' ? own.needsNetwork : words.problems[answer.problem])
      return
    }
    setProblem(null)
    setTried(null)
    setName('')
    app.syncActs.syncNow()
    props.onMade(codes.map(({ id }) => id))
  }
  const ofBuilding = () => {
    setTried('building')
    if (!chosen) return
    const { estate, name: own_ } = chosen.fields
    const names = Array.from({ length: units }, (_, at) =>
      (chosen.fields.units ?? 0) === 0
        ? [estate, own_].filter(Boolean).join(' ')
        : own.unitName(estate ?? '', own_, at + 1).trim(),
    )
    void make(
      'building',
      names.map((one) => ({ stream: chosen.stream, name: one, building: chosen.id })),
    )
  }
  const ofPlace = () => {
    setTried('other')
    if (name.trim() === '' || grid === '') return
    void make('other', [{ stream: grid, name: name.trim(), building: null }])
  }
  return (
    <>
      <Part head={own.makeFor}>
        <SelectField
          label={own.building}
          value={building}
          emptyLabel=""
          options={buildings.map(({ id, fields }) => ({
            value: id,
            label: [fields.estate, fields.name].filter(Boolean).join(' '),
          }))}
          onInput={setBuilding}
          error={tried === 'building' && !chosen ? own.buildingMissing : undefined}
        />
        {chosen && <Soft>{own.perUnit(units)}</Soft>}
        {problem && <Notice tone="alarm">{problem}</Notice>}
        <Button look="primary" busy={busy === 'building'} onClick={ofBuilding}>
          {own.make}
        </Button>
      </Part>
      <Part head={own.makeOther}>
        <SelectField
          label={own.grid}
          value={grid}
          emptyLabel=""
          options={grids.map(({ id, fields }) => ({ value: id, label: fields.name }))}
          onInput={setGrid}
        />
        <TextField
          label={own.name}
          hint={own.otherHint}
          maxLength={60}
          value={name}
          onInput={setName}
          error={tried === 'other' && name.trim() === '' ? own.nameMissing : undefined}
        />
        <Button busy={busy === 'other'} onClick={ofPlace}>
          {own.make}
        </Button>
      </Part>
    </>
  )
}
