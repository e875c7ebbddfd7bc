import { useLocation } from 'preact-iso'
import { useMemo, useState } from 'preact/hooks'
import { hasErrands, worksInOffice } from '#domain/permission.ts'
import {
  filterRequests,
  nameOf,
  noFilter,
  soughtBy,
  type RequestFilter,
} from '#app/views/request-filter.ts'
import { isRequestWait } from '#app/views/request-waits.ts'
import {
  listErrands,
  listRequests,
  type RequestList,
  type RequestView,
} from '#app/views/requests.ts'
import { requestSteps } from '#app/acts/request-steps.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatFacts, formatMoment } from '#app/ui/format.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { TextField } from '#app/ui/kit/Field.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Segmented } from '#app/ui/kit/Segmented.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useGrowing } from '#app/ui/use-growing.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { AskLink } from '../ask/AskLink.tsx'
import { HotlineLink } from '#app/ui/requests/hotline/HotlineLink.tsx'
import { useMoreWords } from '#app/ui/pieces/requests/more-words.ts'
import { RequestRow } from '#app/ui/pieces/requests/RequestRow.tsx'
import { SoughtRequest } from './SoughtRequest.tsx'
import { stepsInBulk } from '#app/views/steps-offered.ts'
import { StepActs } from './StepActs.tsx'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useKindName } from '#app/ui/pieces/requests/use-kind-name.ts'
import { useSaveEach } from './use-save-each.ts'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import { requestsPages } from '#app/links/requests.ts'

/** The tab 诉求: what waits for this account, what is open, what is done; a unit sees its errands here. */
export function Requests() {
  const { role } = useViewer()
  return hasErrands(role) ? <ErrandList /> : <RequestTabs />
}

const lists: readonly RequestList[] = ['mine', 'open', 'done']
/** Two screens of a phone; the rest is drawn as it comes into view. */
const step = 20

/** What was called a kind: the words of one without are no choice for others. */
function kindsOf(views: readonly RequestView[]): readonly string[] {
  return [...new Set(views.flatMap(({ request }) => request.fields.itemName ?? []))].sort()
}

function RequestTabs() {
  const app = useParts('register')
  const own = useRequestsWords()
  const more = useMoreWords()
  const words = useWords()
  const viewer = useViewer()
  const kindName = useKindName()
  const { query } = useLocation()
  const [list, setList] = useState<RequestList>('open')
  const [filter, setFilter] = useState<RequestFilter>(() => {
    const { waits } = query
    return { ...noFilter, waits: isRequestWait(waits) ? waits : null }
  })
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null)
  const found = useRegister(app, (register) => listRequests(register, viewer), [
    viewer.role,
    viewer.now,
  ])
  const sought = soughtBy(filter.text)
  const all = found[list]
  const views = filterRequests(all, filter)
  const kinds = useMemo(() => kindsOf(all), [all])
  const late = all.filter(({ isLate }) => isLate).length
  const { count, mark, isWhole } = useGrowing(views.length, step, `${list} ${filter.text}`)
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  return (
    <Page
      title={own.title}
      foot={
        chosen ? (
          <Bulk
            views={views.filter(({ request }) => chosen.has(request.id))}
            onDone={(failed) => setChosen(failed.length > 0 ? new Set(failed) : null)}
          />
        ) : (
          <ButtonLink look="primary" wide icon="plus" href={requestsPages.newRequest()}>
            {own.take}
          </ButtonLink>
        )
      }
    >
      <div class={styles.page}>
        <Segmented
          label={own.title}
          value={list}
          options={lists.map((one) => ({
            value: one,
            label: `${own.lists[one]} ${found[one].length}`,
          }))}
          onChoose={setList}
        />
        {worksInOffice(viewer.role) && <HotlineLink role={viewer.role} />}
        {worksInOffice(viewer.role) && <AskLink role={viewer.role} />}
        <TextField
          label={more.search}
          value={filter.text}
          maxLength={200}
          searches
          onInput={(text) => setFilter({ ...filter, text })}
        />
        {sought ? (
          <SoughtRequest sought={sought} />
        ) : (
          <>
            <div class={styles.tools}>
              {filter.waits !== null && (
                <Button pressed onClick={() => setFilter({ ...filter, waits: null })}>
                  {more.waits[filter.waits]}
                </Button>
              )}
              {kinds.length > 1 && (
                <select
                  class={styles.select}
                  autocomplete="off"
                  aria-label={more.kindFilter}
                  value={filter.kind}
                  onChange={({ currentTarget: { value } }) => setFilter({ ...filter, kind: value })}
                >
                  <option value="">{more.allKinds}</option>
                  {kinds.map((kind) => (
                    <option key={kind} value={kind}>
                      {kindName(null, kind)}
                    </option>
                  ))}
                </select>
              )}
              {late > 0 && (
                <Button
                  pressed={filter.isLate}
                  onClick={() => setFilter({ ...filter, isLate: !filter.isLate })}
                >
                  {more.lateOnly(late)}
                </Button>
              )}
              {worksInOffice(viewer.role) && list !== 'done' && (
                <Button
                  pressed={chosen !== null}
                  onClick={() => setChosen(chosen ? null : new Set())}
                >
                  {chosen ? more.endSeveral : more.several}
                </Button>
              )}
            </div>
            {views.length === 0 &&
              (all.length === 0 ? (
                <Empty title={own.empty[list]}>
                  <p>{own.emptyHint}</p>
                </Empty>
              ) : (
                <Empty title={more.noneFound} />
              ))}
            {views.length > 0 && (
              <Group label={own.lists[list]}>
                {views.slice(0, count).map((view) => (
                  <RequestRow
                    key={view.request.id}
                    view={view}
                    {...(chosen && {
                      action: (
                        <input
                          type="checkbox"
                          autocomplete="off"
                          class={styles.check}
                          aria-label={nameOf(view) || words.shell.more}
                          checked={chosen.has(view.request.id)}
                          onChange={() => toggle(view.request.id)}
                        />
                      ),
                    })}
                  />
                ))}
              </Group>
            )}
            {!isWhole && <div ref={mark} />}
          </>
        )}
      </div>
    </Page>
  )
}

/** One step on all that were chosen, each naming the step that this screen showed of it. */
function Bulk(props: {
  readonly views: readonly RequestView[]
  /** With the requests whose step could not be saved. */
  readonly onDone: (failed: readonly string[]) => void
}) {
  const app = useParts('work', 'now')
  const own = useRequestsWords()
  const more = useMoreWords()
  const { role } = useViewer()
  const { busy, problem, run } = useSaveEach()
  const [note, setNote] = useState<string | null>(null)
  const { views } = props
  const possible = stepsInBulk(views, role)
  return (
    <div class={styles.acts}>
      <span>{more.chosen(views.length)}</span>
      {views.length > 0 && possible.length === 0 && <span>{more.nothingShared}</span>}
      <StepActs
        possible={possible}
        saveLabel={() => own.saveAct}
        several={{ busy, problem, note }}
        onSave={(name, values, _, then) => {
          const intents = requestSteps(app, views, name, values)
          run(intents, (failed) => {
            const left = views.filter((_view, index) =>
              failed.some((one) => one === intents[index]),
            )
            const numbers = left.map(({ request }) => request.fields.number)
            setNote(left.length > 0 ? more.notSaved(views.length - left.length, numbers) : null)
            if (left.length === 0) then()
            props.onDone(left.map(({ request }) => request.id))
          })
        }}
      />
    </div>
  )
}

function ErrandList() {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = useRequestsWords()
  const { now } = useViewer()
  const day = useStore(app.today, (store) => store.day)
  const errands = useRegister(app, (register) => listErrands(register, now), [now])
  return (
    <Page title={own.errands}>
      <div class={styles.page}>
        {errands.length === 0 && (
          <Empty title={own.noErrands}>
            <p>{own.noErrandsHint}</p>
          </Empty>
        )}
        {errands.length > 0 && (
          <Group label={own.errands}>
            {errands.map(({ errand: { id, fields }, isOver, isLate }) => (
              <Row
                key={id}
                title={fields.itemName ?? fields.words}
                {...(fields.due && {
                  aside: isLate ? own.late : own.by(formatMoment(words, fields.due, day)),
                  isLate,
                })}
                under={formatFacts(words, [
                  isOver ? own.over : own.state[fields.state],
                  fields.where,
                ])}
                href={requestsPages.errand(id)}
              />
            ))}
          </Group>
        )}
      </div>
    </Page>
  )
}
