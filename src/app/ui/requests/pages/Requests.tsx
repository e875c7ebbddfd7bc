import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import { hasErrands, worksInOffice } from '#domain/permission.ts'
import { requestsPages } from '#app/links/requests.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { RangeNote } from '#app/ui/pieces/held/RangeNote.tsx'
import { TextField } from '#app/ui/kit/Field.tsx'
import { Segmented } from '#app/ui/kit/Segmented.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useMoreWords } from '#app/ui/pieces/requests/more-words.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import { AskLink } from '#app/ui/requests/ask/AskLink.tsx'
import { StickerLink } from '#app/ui/requests/ask/StickerLink.tsx'
import { HotlineLink } from '#app/ui/requests/hotline/HotlineLink.tsx'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { noFilter, soughtBy, type RequestFilter } from '#app/views/request-filter.ts'
import { listShown, requestLists } from '#app/views/request-list.ts'
import { isRequestWait } from '#app/views/request-waits.ts'
import { listRequests, type RequestList } from '#app/views/requests.ts'
import { BulkActs } from './BulkActs.tsx'
import { ErrandList } from './ErrandList.tsx'
import { FoundRequests } from './FoundRequests.tsx'
import { ListTools } from './ListTools.tsx'
import { SoughtRequest } from './SoughtRequest.tsx'

/** The tab 诉求: what waits for this account, what is open, what is done; a unit sees its errands here. */
export function Requests() {
  const { role } = useViewer()
  return hasErrands(role) ? <ErrandList /> : <RequestTabs />
}

function RequestTabs() {
  const app = useParts('register')
  const own = useRequestsWords()
  const more = useMoreWords()
  const viewer = useViewer()
  const isOffice = worksInOffice(viewer.role)
  const [list, setList] = useState<RequestList>('open')
  const { filter, change } = useFilter()
  const { chosen, setChosen, toggle } = useChosen()
  const lists = useRegister(app, (register) => listRequests(register, viewer), [
    viewer.role,
    viewer.now,
  ])
  const sought = soughtBy(filter.text)
  const shown = listShown(lists[list], filter)
  return (
    <Page
      title={own.title}
      foot={
        chosen ? (
          <BulkActs
            views={shown.found.filter(({ request }) => chosen.has(request.id))}
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
        <RangeNote />
        <Segmented
          label={own.title}
          value={list}
          options={requestLists.map((one) => ({
            value: one,
            label: `${own.lists[one]} ${lists[one].length}`,
          }))}
          onChoose={setList}
        />
        {isOffice && <HotlineLink role={viewer.role} />}
        {isOffice ? <AskLink role={viewer.role} /> : <StickerLink />}
        <TextField
          label={more.search}
          value={filter.text}
          maxLength={200}
          searches
          onInput={(text) => change({ text })}
        />
        {sought ? (
          <SoughtRequest sought={sought} />
        ) : (
          <>
            <ListTools
              shown={shown}
              filter={filter}
              onChange={change}
              several={
                isOffice && list !== 'done'
                  ? { isOn: chosen !== null, set: (isOn) => setChosen(isOn ? new Set() : null) }
                  : null
              }
            />
            <FoundRequests
              list={list}
              shown={shown}
              filter={filter}
              chosen={chosen}
              onToggle={toggle}
            />
          </>
        )}
      </div>
    </Page>
  )
}

/** What the address asks for stands in it at first: a number of the desk leads to its list. */
function useFilter() {
  const { query } = useLocation()
  const [filter, setFilter] = useState<RequestFilter>(() => {
    const { waits } = query
    return { ...noFilter, waits: isRequestWait(waits) ? waits : null }
  })
  const change = (some: Partial<RequestFilter>) => setFilter((before) => ({ ...before, ...some }))
  return { filter, change }
}

/** Those that one step shall be made on; null where none is asked for. */
function useChosen() {
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null)
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  return { chosen, setChosen, toggle }
}
