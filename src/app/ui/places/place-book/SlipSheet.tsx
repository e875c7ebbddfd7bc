import styles from './SlipSheet.module.css'

export interface Slip {
  readonly name: string
  readonly login: string
  readonly password: string
  readonly place: string
  readonly until: string
}

export interface SlipWords {
  readonly heading: string
  readonly name: string
  readonly place: string
  readonly login: string
  readonly password: string
  readonly until: string
  readonly address: string
  readonly steps: readonly string[]
}

/** Slips to be cut and handed out, eight on a page; drawn outside of the app, so of what it is given alone. */
export function SlipSheet(props: {
  readonly slips: readonly Slip[]
  readonly office: string
  readonly address: string
  readonly words: SlipWords
}) {
  const { words } = props
  return (
    <div class={styles.sheet}>
      {props.slips.map((slip) => (
        <section key={slip.login} class={styles.slip} data-secret>
          <p class={styles.head}>
            <strong>{slip.name}</strong> <span>{props.office}</span>
          </p>
          <dl class={styles.facts}>
            <dt>{words.place}</dt>
            <dd>{slip.place}</dd>
            <dt>{words.address}</dt>
            <dd>{props.address}</dd>
            <dt>{words.login}</dt>
            <dd class={styles.typed}>{slip.login}</dd>
            <dt>{words.password}</dt>
            <dd class={styles.typed}>{slip.password}</dd>
            <dt>{words.until}</dt>
            <dd>{slip.until}</dd>
          </dl>
          <ol class={styles.steps}>
            {words.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}
