import { colourLimits } from '#domain/colour-limits.ts'
import { levelKeys } from '#domain/level.ts'
import type { Scheme as SchemeFields } from '#domain/scheme.ts'
import { maySaveScheme, worksInOffice } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts, formatMoment } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { Page } from '#app/ui/Page.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { LevelLine } from './Changes.tsx'
import { DaysField } from '#app/ui/forms/DaysField.tsx'
import { CoverageLine } from './CoveragePart.tsx'
import { levelWords } from './levels.ts'
import { RuleLine } from './RuleCard.tsx'
import styles from './Scheme.module.css'
import { schemeDraftKey, versionsOf, type Version } from '#app/views/scheme-draft.ts'
import { useSchemeWords } from '#app/ui/words/scheme-words.ts'
import { coloursPages } from '#app/links/colours.ts'
import { firstPages } from '#app/links/first.ts'

/** The rules in force, for everybody to read and question; the administrator changes them from here. */
export function Scheme() {
  const app = useParts('session', 'register', 'drafts', 'today')
  const words = useWords()
  const own = useSchemeWords()
  const limits = colourLimits[words.language === 'en' ? 'en' : 'zh']
  const { answerDays } = usePolicy()
  const today = useStore(app.today, (store) => store.day)
  const role = useStore(app.session, (session) => session.account?.role)
  const scheme = useRegister(app, (register) => register.scheme())
  const versions = useRegister(app, (register) => versionsOf(register))
  const isOffice = role !== undefined && worksInOffice(role)
  const isKeeper = role !== undefined && maySaveScheme(role)
  const isDrafting = app.drafts.get(schemeDraftKey) !== undefined
  return (
    <Page
      width="read"
      title={own.title}
      {...(isOffice ? {} : { back: firstPages.me() })}
      foot={
        isKeeper && (
          <ButtonLink look="primary" icon="edit" wide href={coloursPages.editScheme()}>
            {isDrafting ? own.goOn : own.edit}
          </ButtonLink>
        )
      }
    >
      <div class={styles.page}>
        <p>
          <strong>{scheme.name}</strong> {own.version(scheme.schemeVersion)} ·{' '}
          {own.inForceSince(formatDay(words, scheme.from, today))}
        </p>
        <p class={styles.soft}>{own.explain}</p>
        <p>{limits.never}</p>
        <p class={styles.soft}>{limits.ask(answerDays)}</p>
        {!isKeeper && <p class={styles.soft}>{own.onlyAdmin}</p>}
        <SchemeRead scheme={scheme} />
        <section class={styles.part}>
          <h2>{own.versions}</h2>
          <p class={styles.soft}>{own.versionsHint}</p>
          <ul class={styles.plain}>
            {versions.map((version, index) => (
              <li key={version.id}>
                <VersionLink version={version} isInForce={index === 0} />
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Page>
  )
}

/** Levels, rules by level, holidays. */
export function SchemeRead(props: { readonly scheme: SchemeFields }) {
  const words = useWords()
  const own = useSchemeWords()
  const { scheme } = props
  return (
    <>
      <section class={styles.part}>
        <h2>{own.levels}</h2>
        {scheme.levels.map((level) => (
          <LevelLine key={level.key} level={level} />
        ))}
      </section>
      <section class={styles.part}>
        <h2>{own.rules}</h2>
        {levelKeys
          .filter((key) => scheme.levels.some((level) => level.key === key))
          .map((key) => {
            const rules = scheme.rules.filter((rule) => rule.level === key)
            return (
              <div key={key} class={styles.levelRules}>
                <LevelMark level={levelWords(scheme, key, words)} look="chip" />
                {rules.length === 0 && <p class={styles.soft}>{own.noRules}</p>}
                {rules.map((rule) => (
                  <RuleLine key={rule.key} rule={rule} />
                ))}
              </div>
            )
          })}
        <p class={styles.soft}>{own.green}</p>
      </section>
      <section class={styles.part}>
        <h2>{own.coverage}</h2>
        <p class={styles.soft}>{own.coverageHint}</p>
        <CoverageLine scheme={scheme} />
      </section>
      <section class={styles.part}>
        <h2>{own.calendar}</h2>
        <DaysField calendar={scheme} />
      </section>
    </>
  )
}

function VersionLink(props: { readonly version: Version; readonly isInForce: boolean }) {
  const words = useWords()
  const own = useSchemeWords()
  const who = useAuthor(props.version)
  const app = useParts('register')
  const { id, scheme } = props.version
  const waiting = useRegister(app, (register) => register.isPending(id), [id])
  return (
    <a class={styles.versionLink} href={coloursPages.schemeVersion(id)}>
      <strong>{own.version(scheme.schemeVersion)}</strong> {scheme.name}
      <span class={styles.soft}>
        {formatFacts(words, [who, props.isInForce && own.inForce, waiting && own.waiting])}
      </span>
    </a>
  )
}

/** Who saved a version and when. */
export function useAuthor({ record }: Version): string {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = useSchemeWords()
  const today = useStore(app.today, (store) => store.day)
  const name = useRegister(app, (register) =>
    record?.by ? register.get('account', record.by)?.fields.name : undefined,
  )
  if (!record) return own.builtIn
  return own.savedBy(
    name ?? words.resident.byUnknown,
    record.at ? formatMoment(words, record.at, today) : '',
  )
}
