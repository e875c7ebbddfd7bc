/** The page of a sticker: whose it is, what is often wrong there, and everything else optional. Works without a script. */
import { html } from 'hono/html'
import type { SaidProblem } from '#domain/ask/said.ts'
import { mostWords } from '#domain/ask/said.ts'
import type { AskPlace } from '#server/db/ask-place.ts'
import type { Sticker } from '#server/db/ask.ts'
import type { Service } from '#domain/nearby.ts'
import { callLine, frame, momentOf, type Html, type Said } from './html.ts'
import { servicesPart } from './nearby-part.ts'

/** What was typed before, where it could not be taken. */
export type Typed = Readonly<Record<string, unknown>>

export interface Shown {
  readonly sticker: Sticker
  readonly home: AskPlace
  /** Of this opening: whatever is sent from it is one request. */
  readonly id: string
  readonly problems?: readonly SaidProblem[]
  readonly typed?: Typed
  /** What there is in the community. */
  readonly services?: readonly Service[]
}

export function codePage(said: Said, shown: Shown): Html {
  const { words } = said
  const { sticker, home, id, problems = [], typed = {} } = shown
  const { code, name } = sticker.fields
  const text = (field: string) => (typeof typed[field] === 'string' ? typed[field] : '')
  const isOn = (field: string) => typed[field] === 'on' || typed[field] === true
  const optional = ['name', 'telephone', 'door']
  const isOpen =
    optional.some((field) => text(field) !== '') ||
    problems.some(({ field }) => optional.includes(field))
  return frame(
    said,
    name,
    html`<div class="place">
        <h1>${name}</h1>
        <p>${home.name === null ? words.whoseUnnamed : words.whose(home.name)}</p>
        <p class="soft">${words.nothingAsked}</p>
        ${callLine(words, home.telephone)}
      </div>
      <div id="before" data-code="${code}"></div>
      <form id="ask" method="post" action="/submit" accept-charset="utf-8" novalidate>
        <input type="hidden" name="code" value="${code}" />
        <input type="hidden" name="id" value="${id}" />
        <input type="hidden" name="l" value="${said.language}" />
        ${problems.length === 0 ? '' : problemList(said, problems)}
        <fieldset class="matters">
          <legend>${words.what}</legend>
          ${home.items.map(
            (item) =>
              html`<label
                ><input
                  type="radio"
                  name="item"
                  value="${item.id}"
                  ${text('item') === item.id ? 'checked' : ''}
                /><span>${said.language === 'en' ? item.nameEn : item.name}</span></label
              >`,
          )}
          <label
            ><input
              type="radio"
              name="item"
              value=""
              ${text('item') === '' && text('words') !== '' ? 'checked' : ''}
            /><span>${words.other1}</span></label
          >
        </fieldset>
        <label class="field"
          ><span>${words.words}</span>
          <textarea
            name="words"
            rows="3"
            maxlength="${mostWords}"
            aria-describedby="words-hint"
            autocomplete="off"
          >
${text('words')}</textarea>
        </label>
        <p class="soft" id="words-hint">${words.wordsHint}</p>
        <div id="numbers" role="status"></div>
        <div id="photos" hidden></div>
        <details ${isOpen ? 'open' : ''}>
          <summary>${words.more}</summary>
          ${field('name', words.name, words.nameHint, text('name'), 40, 'name')}
          ${field('telephone', words.phone, words.phoneHint, text('telephone'), 20, 'tel')}
          ${field('door', words.door, words.doorHint, text('door'), 30, 'off')}
          <label class="check"
            ><input
              type="checkbox"
              name="isToldToUnit"
              ${isOn('isToldToUnit') ? 'checked' : ''}
            /><span>${words.mayTell}</span></label
          >
          <label class="check"
            ><input type="checkbox" name="isPrivate" ${isOn('isPrivate') ? 'checked' : ''} /><span
              >${words.onlyOffice}</span
            ></label
          >
        </details>
        <p class="soft">${words.notice}</p>
        <noscript><p class="notice">${words.noScript}</p></noscript>
        <div id="standing" role="status"></div>
        <div class="foot"><button type="submit" class="button">${words.submit}</button></div>
      </form>
      ${servicesPart(said, shown.services)}
      <p><a href="/follow?l=${said.language}">${words.followTitle}</a></p>`,
    `/${code}?l=${words.other.language}`,
  )
}

function field(
  name: string,
  label: string,
  hint: string,
  value: string,
  most: number,
  autocomplete: string,
): Html {
  return html`<label class="field"
      ><span>${label}</span
      ><input
        type="${name === 'telephone' ? 'tel' : 'text'}"
        name="${name}"
        value="${value}"
        maxlength="${most}"
        autocomplete="${autocomplete}"
        aria-describedby="${name}-hint"
    /></label>
    <p class="soft" id="${name}-hint">${hint}</p>`
}

export function problemList({ words }: Said, problems: readonly SaidProblem[]): Html {
  const lines = problems.map(({ field, problem }) =>
    [words.fields[field], words.fieldProblems[problem] ?? words.fieldOdd]
      .filter(Boolean)
      .join('：'),
  )
  return html`<ul class="notice alarm" role="alert">
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`
}

/** What stands after sending: the number, what happens next, and whom to call. The script puts the link beside it. */
export function sentPage(
  said: Said,
  { sticker, home }: Pick<Shown, 'sticker' | 'home'>,
  told: {
    readonly number: string
    readonly what: 'first' | 'same' | 'added'
    readonly isWaiting: boolean
    readonly promise: number | null
  },
): Html {
  const { words } = said
  const { number, what, isWaiting, promise } = told
  return frame(
    said,
    words.got,
    html`<section id="sent" data-number="${number}" data-what="${what}">
      <h1>${words.got}</h1>
      <p>${words.number}</p>
      <p class="number">${number}</p>
      <p class="soft">${words.numberHint}</p>
      ${what === 'first' ? '' : html`<p class="notice">${what === 'added' ? words.added : words.same}</p>`}
      <p>${isWaiting || promise === null ? words.waits : words.goes(momentOf(said, promise))}</p>
      ${callLine(words, home.telephone)}
      <p>
        <a class="button plain" href="/${sticker.fields.code}?l=${said.language}">${words.again}</a>
      </p>
    </section>`,
    null,
  )
}
