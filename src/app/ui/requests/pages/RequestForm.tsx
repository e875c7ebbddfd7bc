import { useState } from 'preact/hooks'
import { leastRole, walksGrids } from '#domain/permission.ts'
import { firstPages } from '#app/links/first.ts'
import { takeRequest, type TakenRequest } from '#app/acts/take-request.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { PhotoField } from '#app/ui/pieces/photos/PhotoField.tsx'
import { draftWithPhotos, usePhotos } from '#app/ui/pieces/photos/use-photos.ts'
import { useBack } from '#app/ui/Page.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { placeOfRecord } from '#app/views/record-place.ts'
import {
  beginRequest,
  itemsHere,
  problemsOfRequest,
  siteFrom,
  streamOfRequest,
  type RequestValues,
} from '#app/views/request-form.ts'
import { AskerFields, MatterFields, SettledFields, SourceField } from './RequestFields.tsx'
import { Taken } from './Taken.tsx'
import { useFollowCode } from './use-follow-code.ts'

/** A request taken at a door, at the desk or by telephone; it needs no connection. */
export function RequestForm(props: PageProps) {
  const app = useParts('session', 'register', 'work', 'now')
  const own = useRequestsWords()
  const role = useStore(app.session, ({ account }) => account?.role ?? leastRole)
  const site = siteFrom(props.params)
  const place = useRegister(app, (register) =>
    site ? placeOfRecord(register, site.kind, site.id) : null,
  )
  const items = useRegister(app, (register) => itemsHere(register, role), [role])
  const back = place?.href ?? firstPages.requests()
  const goBack = useBack(back)
  const draft = useDraft<RequestValues>(`request/${site?.id ?? 'new'}`, () =>
    beginRequest(site, role),
  )
  const photos = usePhotos(`request/${site?.id ?? 'new'}`)
  const [showErrors, setShowErrors] = useState(false)
  const saving = useSave()
  const code = useFollowCode()
  const [taken, setTaken] = useState<TakenRequest | null>(null)
  const { value } = draft
  const item = items.find(({ id }) => id === value.item) ?? null
  const stream = useRegister(app, (register) => streamOfRequest(register, site, item), [item])
  const problems = problemsOfRequest(value)
  const count = Object.values(problems).filter(Boolean).length
  const fields = {
    value,
    problems: showErrors ? problems : noProblems,
    set: (more: Partial<RequestValues>) => draft.set((before) => ({ ...before, ...more })),
  }
  const save = () => {
    setShowErrors(true)
    if (count > 0 || !code) return
    const made = takeRequest(app, value, { item, site, codeHash: code.hash })
    if (!made) return
    const show = () => {
      draft.done()
      setTaken(made.taken)
    }
    void photos.intents(made.of).then((pictures) =>
      saving.run(
        [...made.intents, ...pictures],
        () => {
          photos.saved(pictures)
          show()
        },
        { isFinal: true },
      ),
    )
  }
  if (taken && code) {
    return <Taken request={taken} code={code.code} back={back} onDone={goBack} />
  }
  return (
    <FormPage
      title={own.take}
      back={back}
      saveLabel={own.submit}
      saving={saving}
      errors={showErrors ? count : 0}
      disabled={code === null}
      draft={draftWithPhotos(draft, photos)}
      onSave={save}
    >
      <Notice>{own.danger}</Notice>
      <MatterFields {...fields} items={items} item={item} door={place?.where ?? ''} />
      {!walksGrids(role) && <SourceField {...fields} />}
      <AskerFields {...fields} />
      <SettledFields {...fields} />
      {stream && (
        <PhotoField photos={photos} stream={stream} onKeep={() => draft.set((before) => before)} />
      )}
    </FormPage>
  )
}

const noProblems = { words: false, phone: false, settled: false }
