import { useState } from 'preact/hooks'
import { limitsOf, type PageSettings } from '#domain/ask/limits.ts'
import { communities } from '#domain/place.ts'
import { cleanPhone } from '#domain/phone.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SelectField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Part, Soft } from '#app/ui/kit/Part.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useAskWords } from './ask-words.ts'
import { useAskAct } from './use-ask.ts'

/** Of a community: the telephone on its pages, and how much of them goes in unasked. */
export function CodeSettings() {
  const app = useParts('register')
  const own = useAskWords()
  const places = useRegister(app, (register) =>
    [...register.all('place')].filter(
      ({ fields }) =>
        fields.closed !== true &&
        (communities.includes(fields.placeKind) || fields.placeKind === 'subdistrict'),
    ),
  )
  const [place, setPlace] = useState('')
  const shown = places.find(({ id }) => id === place) ?? places[0]
  if (!shown) return null
  return (
    <Part head={own.settings}>
      <Soft>{own.settingsHint}</Soft>
      {places.length > 1 && (
        <SelectField
          label={own.place}
          value={shown.id}
          options={places.map(({ id, fields }) => ({ value: id, label: fields.name }))}
          onInput={setPlace}
        />
      )}
      <Settings key={`${shown.id} ${shown.version}`} place={shown.id} page={shown.fields.page} />
    </Part>
  )
}

function Settings(props: {
  readonly place: string
  readonly page: PageSettings | null | undefined
}) {
  const app = useParts('syncActs')
  const own = useAskWords()
  const words = useWords()
  const act = useAskAct()
  const { place, page } = props
  const limits = limitsOf(page)
  const [telephone, setTelephone] = useState(page?.telephone ?? '')
  const [typed, setTyped] = useState({
    codeHour: String(limits.codeHour),
    codeDay: String(limits.codeDay),
    placeHour: String(limits.placeHour),
  })
  const [tried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [told, setTold] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const phone = telephone.trim() === '' ? null : cleanPhone(telephone)
  const isPhoneWrong = telephone.trim() !== '' && phone === null
  const names = ['codeHour', 'codeDay', 'placeHour'] as const
  const isWrong = (name: (typeof names)[number]) => !/^\d{1,4}$/.test(typed[name].trim())
  const save = async () => {
    setTried(true)
    if (isPhoneWrong || names.some(isWrong)) return
    setBusy(true)
    const content = {
      ...{ place, telephone: phone },
      ...{ codeHour: Number(typed.codeHour), codeDay: Number(typed.codeDay) },
      placeHour: Number(typed.placeHour),
    }
    const answer = await act(`page/${place}`, content, (acts, id) =>
      acts.setPage({ act: id, ...content }),
    )
    setBusy(false)
    setTold(answer.ok ? own.saved : null)
    setProblem(
      answer.ok
        ? null
        : answer.problem === 'offline'
          ? own.needsNetwork
          : words.problems[answer.problem],
    )
    if (answer.ok) app.syncActs.syncNow()
  }
  return (
    <>
      <TextField
        label={own.telephone}
        type="tel"
        maxLength={20}
        value={telephone}
        onInput={setTelephone}
        error={tried && isPhoneWrong ? own.telephoneWrong : undefined}
      />
      {names.map((name) => (
        <TextField
          key={name}
          label={own[name]}
          inputMode="numeric"
          maxLength={4}
          value={typed[name]}
          onInput={(value) => setTyped((before) => ({ ...before, [name]: value }))}
          error={tried && isWrong(name) ? own.numberWrong : undefined}
        />
      ))}
      {told && <Notice>{told}</Notice>}
      {problem && <Notice tone="alarm">{problem}</Notice>}
      <Button busy={isBusy} onClick={() => void save()}>
        {own.save}
      </Button>
    </>
  )
}
