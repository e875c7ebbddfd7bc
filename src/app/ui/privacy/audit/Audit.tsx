import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import { addDays, type Day } from '#domain/day.ts'
import type { AuditAnswer, AuditLine as Line } from '#protocol/audit.ts'
import type { Problem } from '#protocol/problem.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { DateField, SelectField, SwitchField } from '#app/ui/kit/Field.tsx'
import { Empty, Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { Parts, Soft } from '#app/ui/kit/Part.tsx'
import { Page } from '#app/ui/Page.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './Audit.module.css'
import { groups, isGroup, type Group } from '#app/views/audit-groups.ts'
import { AuditTable } from './AuditTable.tsx'
import { ExportLines } from './ExportLines.tsx'
import { FindResident } from './FindResident.tsx'
import { useAuditWords } from '#app/ui/words/audit-words.ts'
import { whereOf } from '#app/views/record-place.ts'
import { walkPages } from '#app/links/walk.ts'
import { privacyPages } from '#app/links/privacy.ts'

interface Filters {
  readonly group: Group | ''
  readonly account: string
  readonly isUnusual: boolean
  readonly from: Day
  readonly to: Day
}

type Cursor = NonNullable<AuditAnswer['next']>
type State =
  | { readonly is: 'loading' | 'open' }
  | { readonly is: 'failed'; readonly problem: Problem | 'offline' | 'unreadable-answer' }

const FIRST_DAYS = 30
const CHINA = '+08:00'

/** Who saw, changed and exported what in the places that one oversees; of one record alone where the address names it. */
export function Audit(props: PageProps) {
  const app = useParts('officeActs', 'register', 'today')
  const words = useWords()
  const own = useAuditWords()
  const today = useStore(app.today, (store) => store.day)
  const record = props.params['record']
  const about = useRegister(app, (register) => whereOf(register, record), [record])
  const [filters, setFilters] = useState<Filters>(() => ({
    group: '',
    account: '',
    isUnusual: false,
    // Of one record everything is asked: its whole story is short.
    from: addDays(today, record ? -3_650 : -FIRST_DAYS),
    to: today,
  }))
  const [lines, setLines] = useState<readonly Line[]>([])
  const [next, setNext] = useState<Cursor | null>(null)
  const [state, setState] = useState<State>({ is: 'loading' })

  const question = useMemo(() => questionOf(filters, record), [filters, record])
  const ask = useCallback(
    async (before: Cursor | null, isWanted: () => boolean) => {
      setState({ is: 'loading' })
      const answer = await app.officeActs.audit({ ...question, ...(before ? { before } : {}) })
      if (!isWanted()) return
      if (!answer.ok) return setState({ is: 'failed', problem: answer.problem })
      setLines((held) => (before ? [...held, ...answer.value.entries] : answer.value.entries))
      setNext(answer.value.next)
      setState({ is: 'open' })
    },
    [app, question],
  )
  const load = useCallback(() => {
    let wanted = true
    setLines([])
    setNext(null)
    void ask(null, () => wanted)
    return () => {
      wanted = false
    }
  }, [ask])
  useEffect(load, [load])

  return (
    <Page title={own.title} {...(record ? { back: walkPages.resident(record) } : {})}>
      <Parts>
        <Soft>{own.hint}</Soft>
        {record && (
          <Notice>
            {[own.onlyRecord, about].filter(Boolean).join('：')}{' '}
            <a href={privacyPages.audit()}>{own.everyRecord}</a>
          </Notice>
        )}
        <FilterBar filters={filters} today={today} onChange={setFilters} />
        {!record && <FindResident />}
        {lines.length > 0 && (
          <>
            <ExportLines question={question} />
            <AuditTable lines={lines} />
          </>
        )}
        {state.is === 'loading' && <Progress label={own.loading} value={null} />}
        {state.is === 'failed' && (
          <>
            <Notice tone={state.problem === 'offline' ? 'calm' : 'alarm'}>
              {state.problem === 'offline' ? own.needsNetwork : words.problems[state.problem]}
            </Notice>
            <Button
              wide
              icon="sync"
              onClick={() => (next ? void ask(next, () => true) : void load())}
            >
              {own.again}
            </Button>
          </>
        )}
        {state.is === 'open' && lines.length === 0 && (
          <Empty title={own.none}>
            <p>{own.noneHint}</p>
          </Empty>
        )}
        {state.is === 'open' && next && (
          <Button wide icon="down" onClick={() => void ask(next, () => true)}>
            {own.more}
          </Button>
        )}
      </Parts>
    </Page>
  )
}

function questionOf({ group, account, isUnusual, from, to }: Filters, record: string | undefined) {
  return {
    ...(record ? { record } : {}),
    ...(account ? { account } : {}),
    ...(group ? { acts: [...groups[group]] } : {}),
    ...(isUnusual ? { unusual: true as const } : {}),
    from: new Date(`${from}T00:00:00.000${CHINA}`).toISOString(),
    to: new Date(`${to}T23:59:59.999${CHINA}`).toISOString(),
  }
}

function FilterBar(props: {
  readonly filters: Filters
  readonly today: Day
  readonly onChange: (filters: Filters) => void
}) {
  const app = useParts('register')
  const own = useAuditWords()
  const { filters, today, onChange } = props
  const accounts = useRegister(app, (register) =>
    [...register.all('account')]
      .map(({ id, fields }) => ({ value: id, label: fields.name }))
      .sort((a, b) => a.label.localeCompare(b.label, 'zh-CN')),
  )
  return (
    <div class={styles.filters}>
      <SelectField
        label={own.what}
        value={filters.group}
        emptyLabel={own.all}
        options={(Object.keys(groups) as Group[]).map((group) => ({
          value: group,
          label: own.groups[group],
        }))}
        onInput={(group) => onChange({ ...filters, group: isGroup(group) ? group : '' })}
      />
      <SelectField
        label={own.who}
        value={filters.account}
        emptyLabel={own.everybody}
        options={accounts}
        onInput={(account) => onChange({ ...filters, account })}
      />
      <SwitchField
        label={own.onlyUnusual}
        hint={own.onlyUnusualHint}
        checked={filters.isUnusual}
        onInput={(isUnusual) => onChange({ ...filters, isUnusual })}
      />
      <DateField
        label={own.from}
        value={filters.from}
        max={filters.to}
        onInput={(from) => from && onChange({ ...filters, from })}
      />
      <DateField
        label={own.to}
        value={filters.to}
        min={filters.from}
        max={today}
        onInput={(to) => to && onChange({ ...filters, to })}
      />
    </div>
  )
}
