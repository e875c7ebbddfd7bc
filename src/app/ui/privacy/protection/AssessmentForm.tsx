import { useState } from 'preact/hooks'
import {
  assessedCases,
  assessmentProblems,
  type AssessedCase,
  type Assessment,
} from '#domain/assessment.ts'
import { mayAssess } from '#domain/permission.ts'
import { cleanText } from '#domain/text.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useSave } from '#app/ui/forms/use-save.ts'
import { DateField, SwitchField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Part, Soft, SoftText } from '#app/ui/kit/Part.tsx'
import { FileButton } from '#app/ui/pieces/FileButton.tsx'
import { Page, useBack } from '#app/ui/Page.tsx'
import { useAssessmentWords } from './assessment-words.ts'
import styles from './Protection.module.css'
import { privacyPages } from '#app/links/privacy.ts'

/** More would not fit into the memory of an old tablet at once. */
const mostBytes = 200 * 1024 * 1024

interface Chosen {
  readonly name: string
  readonly hash: string
}

/** The administrator puts an assessment on record: of the file only its name and hash are taken. */
export function AssessmentForm() {
  const own = useAssessmentWords()
  const app = useParts('session', 'register')
  const role = useStore(app.session, (session) => session.account?.role)
  const root = useRegister(app, (register) =>
    [...register.all('place')].find(({ fields }) => !fields.parent),
  )
  if (!role || !mayAssess(role) || !root) {
    return (
      <Page width="form" title={own.add} back={privacyPages.protection()}>
        <Notice>{own.onlyAdmin}</Notice>
      </Page>
    )
  }
  return <Form place={root.id} />
}

function Form(props: { readonly place: string }) {
  const app = useParts('register', 'work', 'today')
  const own = useAssessmentWords()
  const today = useStore(app.today, (store) => store.day)
  const inForce = useRegister(app, (register) => register.scheme().schemeVersion)
  const [version, setVersion] = useState('')
  const [signedBy, setSignedBy] = useState('')
  const [on, setOn] = useState(today)
  const [cases, setCases] = useState<readonly AssessedCase[]>([])
  const [file, setFile] = useState<Chosen | 'unreadable' | null>(null)
  const [tried, setTried] = useState(false)
  const saving = useSave()
  const goBack = useBack(privacyPages.protection())
  const chosen = file === 'unreadable' ? null : file
  const assessment: Assessment = {
    version: cleanText(version),
    on,
    signedBy: cleanText(signedBy),
    fileName: chosen?.name ?? '',
    fileHash: chosen?.hash ?? '',
    cases: [...cases],
    schemeVersion: cases.includes('automated') ? inForce : null,
  }
  const wrong = new Set([
    ...assessmentProblems(assessment, today).map(({ field }) => field),
    ...(['version', 'signedBy', 'on', 'fileName'] as const).filter((name) => !assessment[name]),
  ])
  const error = (field: string, text: string) => (tried && wrong.has(field) ? text : undefined)
  const save = () => {
    setTried(true)
    if (wrong.size > 0) return
    const record = app.work.newId(props.place)
    saving.run(
      [{ op: 'create', kind: 'assessment', record, stream: props.place, fields: assessment }],
      goBack,
      { isFinal: true },
    )
  }
  return (
    <FormPage
      title={own.add}
      back={privacyPages.protection()}
      saveLabel={own.save}
      saving={saving}
      errors={tried ? wrong.size : 0}
      onSave={save}
    >
      <FileChoice file={file} onChoose={setFile} error={error('fileName', own.noFile)} />
      <TextField
        label={own.version}
        hint={own.versionHint}
        maxLength={40}
        value={version}
        onInput={setVersion}
        error={error('version', own.missingField)}
      />
      <DateField
        label={own.on}
        max={today}
        value={on}
        onInput={setOn}
        error={error('on', on > today ? own.future : own.missingField)}
      />
      <TextField
        label={own.signedBy}
        maxLength={40}
        value={signedBy}
        onInput={setSignedBy}
        error={error('signedBy', own.missingField)}
      />
      <fieldset class={styles.part}>
        <legend>{own.cases}</legend>
        {assessedCases.map((one) => (
          <SwitchField
            key={one}
            label={own.case[one]}
            {...(one === 'automated' ? { hint: own.automatedHint(inForce) } : {})}
            checked={cases.includes(one)}
            onInput={(isOn) =>
              setCases(
                assessedCases.filter((other) => (other === one ? isOn : cases.includes(other))),
              )
            }
          />
        ))}
        {error('cases', own.noCase) && <Notice tone="alarm">{own.noCase}</Notice>}
      </fieldset>
    </FormPage>
  )
}

function FileChoice(props: {
  readonly file: Chosen | 'unreadable' | null
  readonly onChoose: (file: Chosen | 'unreadable') => void
  readonly error: string | undefined
}) {
  const own = useAssessmentWords()
  const [busy, setBusy] = useState(false)
  const { file } = props
  const choose = async (given: File) => {
    setBusy(true)
    props.onChoose(await read(given))
    setBusy(false)
  }
  return (
    <Part>
      <FileButton
        look="plain"
        wide
        busy={busy}
        label={file ? own.chooseAgain : own.choose}
        field={own.choose}
        onFile={(given) => void choose(given)}
      />
      <Soft>{own.chooseHint}</Soft>
      {file === 'unreadable' && <Notice tone="alarm">{own.unreadable}</Notice>}
      {file && file !== 'unreadable' && (
        <p class={styles.item}>
          {own.file(file.name)}
          <SoftText>
            {own.hash} {file.hash}
          </SoftText>
        </p>
      )}
      {props.error && <Notice tone="alarm">{props.error}</Notice>}
    </Part>
  )
}

async function read(file: File): Promise<Chosen | 'unreadable'> {
  if (file.size > mostBytes) return 'unreadable'
  try {
    const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
    const hex = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    return { name: cleanText(file.name).slice(0, 200), hash: hex }
  } catch {
    return 'unreadable'
  }
}
