/** The page of a landlord's link: the own door, how many live there by surname alone, and three answers. */
import { html } from 'hono/html'
import { landlordWords } from '#domain/ask/landlord-words.ts'
import { dayAt, instantToDay } from '#domain/day.ts'
import { mostPeople, type LandlordSays } from '#domain/declaration.ts'
import type { FieldProblem } from '#domain/field.ts'
import { formatDoor } from '#domain/format-door.ts'
import { surnameLength } from '#domain/surnames.ts'
import type { AskPlace } from '#server/db/ask-place.ts'
import type { OpenedLink, SaidBefore } from '#server/db/landlord-links.ts'
import { callLine, codeForm, dayOf, frame, otherLanguage, type Html, type Said } from './html.ts'

/** Where the code is typed, or read out of the address by the script. */
export function landlordForm(said: Said, problem: string | null = null, typed = ''): Html {
  const own = landlordWords[said.language]
  const words = { ...own, look: own.open, aboutCode: own.about }
  return codeForm(said, { action: '/let', words, problem, typed })
}

export interface LandlordHeard {
  readonly notice: string
  readonly isAlarm?: boolean
  readonly problems?: readonly FieldProblem[]
  /** Of what could not be taken: it stands in its form again. */
  readonly typed?: Readonly<Record<string, unknown>>
}

export interface LandlordShown {
  readonly opened: OpenedLink
  readonly home: AskPlace
  readonly token: string
  readonly now: number
  readonly ids: () => string
  readonly heard?: LandlordHeard | null
}

export function landlordPage(said: Said, shown: LandlordShown): Html {
  const own = landlordWords[said.language]
  const { opened, home, token, now, heard = null } = shown
  const { building, dwelling, count, names } = opened
  const door = [building?.estate, formatDoor(building, dwelling, said.language)]
  const title = door.filter(Boolean).join(' ')
  return frame(
    said,
    title,
    html`<h1>${title}</h1>
      ${heard === null ? '' : heardPart(said, heard)}
      <section class="state">
        <p class="big">${count === 0 ? own.nobody : own.now(count)}</p>
        <p>${names.map(surnameOnly).join(said.language === 'en' ? ', ' : '、')}</p>
      </section>
      <section>
        <h2>${own.ask(Number(dayAt(now).slice(5, 7)))}</h2>
        ${answeredPart(said, opened, now)}
        ${sayForm(said, shown, 'unchanged', html``, own.says.unchanged)}
        ${peopleForm(said, shown, 'arrived')} ${peopleForm(said, shown, 'left')}
      </section>
      ${beforePart(said, opened.said)}
      <p class="soft">${own.notice}</p>
      ${callLine(said.words, home.telephone)} ${otherLanguage(said, '/let', token)}`,
    null,
  )
}

function heardPart(said: Said, { notice, isAlarm = false, problems = [] }: LandlordHeard): Html {
  const own = landlordWords[said.language]
  const labels: Readonly<Record<string, string>> = {
    ...{ name: own.name, count: own.count, from: own.from.arrived, telephone: own.telephone },
  }
  return html`<div class="notice ${isAlarm ? 'alarm' : ''}" role="${isAlarm ? 'alert' : 'status'}">
    <p>${notice}</p>
    ${problems.map(
      ({ field, problem }) =>
        html`<p>${labels[field] ?? field}: ${own.problems[problem] ?? own.odd}</p>`,
    )}
  </div>`
}

/** 王小兰 → 王*: whoever lets the door knows them; whoever finds the link learns nothing. */
export function surnameOnly(name: string): string {
  const letters = [...name.trim()]
  return `${letters.slice(0, surnameLength(name.trim())).join('')}*`
}

function answeredPart(said: Said, { link }: OpenedLink, now: number): Html | '' {
  const own = landlordWords[said.language]
  const { answeredAt, says } = link.fields
  if (!answeredAt || !says) return ''
  const day = instantToDay(answeredAt)
  if (day.slice(0, 7) !== dayAt(now).slice(0, 7)) return ''
  return html`<p>${own.answered(own.says[says], dayOf(said, day))}</p>`
}

function sayForm(
  said: Said,
  { token, ids }: LandlordShown,
  says: LandlordSays,
  inner: Html,
  label: string,
): Html {
  return html`<form class="say" method="post" action="/let/say" accept-charset="utf-8">
    <input type="hidden" name="token" value="${token}" />
    <input type="hidden" name="says" value="${says}" />
    <input type="hidden" name="id" value="${ids()}" />
    <input type="hidden" name="l" value="${said.language}" />
    ${inner}<button type="submit" class="button">${label}</button>
  </form>`
}

function peopleForm(said: Said, shown: LandlordShown, says: 'arrived' | 'left'): Html {
  const own = landlordWords[said.language]
  const typed = shown.heard?.typed?.['says'] === says ? shown.heard.typed : null
  const value = (name: string, first = '') =>
    typeof typed?.[name] === 'string' ? typed[name] : first
  const isArrival = says === 'arrived'
  const inner = html`<label class="field"
      ><span>${isArrival ? own.name : own.leftName}</span
      ><input
        name="name"
        maxlength="40"
        autocomplete="off"
        value="${value('name')}"
        ${isArrival ? 'required' : ''}
    /></label>
    <label class="field"
      ><span>${own.count}</span
      ><input
        name="count"
        type="number"
        min="1"
        max="${mostPeople}"
        inputmode="numeric"
        value="${value('count', '1')}"
        required
    /></label>
    <label class="field"
      ><span>${own.from[says]}</span
      ><input name="from" type="date" value="${value('from', dayAt(shown.now))}" required
    /></label>
    ${
      isArrival
        ? html`<label class="field"
            ><span>${own.telephone}</span
            ><input
              name="telephone"
              type="tel"
              maxlength="20"
              autocomplete="off"
              value="${value('telephone')}"
          /></label>`
        : ''
    }`
  return html`<details ${typed ? 'open' : ''}>
    <summary class="button plain">${own.says[says]}</summary>
    ${sayForm(said, shown, says, inner, own.send)}
  </details>`
}

function beforePart(said: Said, before: readonly SaidBefore[]): Html | '' {
  const own = landlordWords[said.language]
  if (before.length === 0) return ''
  return html`<section>
    <h2>${own.before}</h2>
    ${before.map(
      ({ kind, name, count, from, outcome }) =>
        html`<p>
          ${dayOf(said, from)}${said.language === 'en' ? ': ' : ' '}${kind === 'arrival' ? own.came(count) : own.went(count)}
          ${name ? surnameOnly(name) : ''} · ${own.outcomes[outcome ?? 'open']}
        </p>`,
    )}
  </section>`
}
