/** How a request stands, for whoever has its follow-up code: nothing internal, nobody's name, no telephone and no door. */
import { html } from 'hono/html'
import type { AskerAct } from '#domain/ask/followed.ts'
import { mostWords } from '#domain/ask/said.ts'
import type { Promised } from '#domain/requests/clocks.ts'
import type { Opened } from '#server/db/ask-follow.ts'
import type { SeenPhoto } from '#server/db/ask-photos.ts'
import {
  callLine,
  codeForm,
  dayOf,
  frame,
  momentOf,
  otherLanguage,
  type Html,
  type Said,
} from './html.ts'

export function followForm(said: Said, problem: string | null = null, typed = ''): Html {
  const words = { ...said.words, title: said.words.followTitle }
  return codeForm(said, { action: '/follow', words, problem, typed })
}

export interface Heard {
  /** What was just said and came of it. */
  readonly notice?: string | null
  readonly isAlarm?: boolean
}

type Seen = Extract<Opened, { is: 'request' | 'asked' }>

export function followPage(said: Said, opened: Seen, token: string, heard: Heard = {}): Html {
  const { words } = said
  const { notice = null, isAlarm = false } = heard
  const number = opened.is === 'request' ? opened.followed.number : opened.row.number
  return frame(
    said,
    number,
    html`<div id="followed">
      <h1>${words.followTitle}</h1>
      ${
        notice === null
          ? ''
          : html`<p class="notice ${isAlarm ? 'alarm' : ''}" role="status">${notice}</p>`
      }
      <p class="number">${number}</p>
      ${opened.is === 'request' ? followedBody(said, opened, token) : askedBody(said, opened, token)}
      ${actsOf(said, opened, token)} ${callLine(words, opened.home.telephone)}
      ${otherLanguage(said, '/follow', token)}
    </div>`,
    null,
  )
}

function followedBody(
  said: Said,
  { followed, photos, answered }: Extract<Opened, { is: 'request' }>,
  token: string,
): Html {
  const { words } = said
  const { state, survivor, unit, promise, told, rated } = followed
  return html`<section class="state">
      <h2>${words.state}</h2>
      <p class="big">${words.states[state]}</p>
      ${survivor === null ? '' : html`<p>${words.survivorState}${words.states[survivor]}</p>`}
      ${unit === null ? '' : html`<p>${words.unit} ${unit}</p>`}
      ${promise === null ? '' : promiseOf(said, promise)}
      <p class="soft">${words.lastNews(momentOf(said, followed.lastAt))}</p>
    </section>
    <section>
      <h2>${words.told}</h2>
      ${told.length === 0 ? html`<p class="soft">${words.nothingTold}</p>` : ''}
      ${told.map(
        (one) =>
          html`<p class="words">${one.words}</p>
            ${pictures(
              said,
              answered.filter(({ id }) => one.photos?.includes(id)),
              token,
            )}
            <p class="soft">${momentOf(said, one.at)}</p>`,
      )}
      ${rated === null ? '' : html`<p>${words.rated} ${words.rates[rated]}</p>`}
    </section>
    ${ownWords(
      said,
      followed,
      followed.added.map((one) => one.words),
    )}
    ${pictures(said, photos, token)}`
}

/** Small ones in the page itself; each is a button of a form that opens the large one, with and without a script. */
function pictures(said: Said, photos: readonly SeenPhoto[], token: string): Html | '' {
  const { words, language } = said
  if (photos.length === 0) return ''
  return html`<ul class="pictures">
    ${photos.map(
      ({ id, thumbnail }, index) =>
        html`<li>
          <form class="picture" method="post" action="/picture" accept-charset="utf-8">
            <input type="hidden" name="token" value="${token}" />
            <input type="hidden" name="photo" value="${id}" />
            <input type="hidden" name="l" value="${language}" />
            <button type="submit" aria-label="${words.photoOf(index + 1)}">
              <img alt="" src="data:image/jpeg;base64,${thumbnail}" />
            </button>
          </form>
        </li>`,
    )}
  </ul>`
}

function promiseOf(said: Said, promise: Promised): Html {
  const { words } = said
  const when = momentOf(said, promise.at)
  const counted = promise.days.filter(({ counts }) => counts === 'counted')
  const isByDays = promise.unit === 'working-days'
  return html`<p>
      ${words.by}
      <strong>${promise.isEstimate || promise.isProvisional ? words.byAbout(when) : when}</strong>
    </p>
    <details>
      <summary>${words.why}</summary>
      ${
        isByDays
          ? html`<p>${words.counted(counted.length)}</p>
              <ul class="days">
                ${promise.days.map(
                  ({ day, counts }) =>
                    html`<li>
                      ${dayOf(said, day)}${counts === 'paused' ? ` (${words.paused})` : ''}
                    </li>`,
                )}
              </ul>`
          : html`<p>${promise.unit === 'clock-hours' ? words.hours : words.workHours}</p>`
      }
    </details>`
}

function askedBody(
  said: Said,
  { row, itemName, added, photos }: Extract<Opened, { is: 'asked' }>,
  token: string,
): Html {
  const { words } = said
  const state =
    row.state === 'turned-away' ? 'invalid' : row.state === 'withdrawn' ? 'withdrawn' : 'waiting'
  return html`<section class="state">
      <h2>${words.state}</h2>
      <p class="big">${words.states[state]}</p>
      ${
        row.state !== 'turned-away'
          ? ''
          : html`<p>${words.reasons[row.reason ?? ''] ?? ''}</p>
              <p class="words">${row.told ?? ''}</p>`
      }
    </section>
    ${ownWords(said, { words: row.said?.words ?? null, itemName, at: row.received_at.toISOString() }, added)}
    ${pictures(said, photos, token)}`
}

function ownWords(
  said: Said,
  own: { readonly words: string | null; readonly itemName: string | null; readonly at: string },
  later: readonly string[],
): Html {
  const { words } = said
  return html`<section>
    <h2>${words.said}</h2>
    ${own.itemName === null ? '' : html`<p><strong>${own.itemName}</strong></p>`}
    ${own.words === null ? '' : html`<p class="words">${own.words}</p>`}
    <p class="soft">${momentOf(said, own.at)}</p>
    ${later.length === 0 ? '' : html`<h2>${words.saidLater}</h2>`}
    ${later.map((one) => html`<p class="words">${one}</p>`)}
  </section>`
}

/** Each is a form of its own: its words and the code travel in the body, and it works without a script. */
function actsOf(said: Said, opened: Seen, token: string): Html {
  const { words } = said
  const may: readonly AskerAct[] =
    opened.is === 'request'
      ? opened.followed.may
      : opened.row.state === 'waiting'
        ? ['note', 'withdraw']
        : opened.row.state === 'withdrawn'
          ? ['undo']
          : []
  const after = opened.is === 'request' ? (opened.followed.after ?? '') : ''
  const hidden = (act: AskerAct) =>
    html`<input type="hidden" name="token" value="${token}" />
      <input type="hidden" name="act" value="${act}" />
      <input type="hidden" name="after" value="${after}" />
      <input type="hidden" name="l" value="${said.language}" />`
  const box = (act: AskerAct, inner: Html, beside: Html | '' = '') =>
    html`<details>
      <summary>${words.act[act]}</summary>
      <form class="say" method="post" action="/say" accept-charset="utf-8">
        ${hidden(act)}${inner}
      </form>
      ${beside}
    </details>`
  const area = (label: string) =>
    html`<label class="field"
      ><span>${label}</span
      ><textarea name="words" rows="3" maxlength="${mostWords}" autocomplete="off"></textarea>
    </label>`
  const button = (label: string, look = '') =>
    html`<button type="submit" class="button ${look}">${label}</button>`
  return html`<section class="acts">
    ${
      may.includes('rate')
        ? box(
            'rate',
            html`<div class="rates">
                ${(['content', 'partly', 'not'] as const).map(
                  (one) =>
                    html`<label
                      ><input type="radio" name="content" value="${one}" required /><span
                        >${words.rates[one]}</span
                      ></label
                    >`,
                )}
              </div>
              <label class="check"
                ><input type="checkbox" name="solved" value="yes" /><span
                  >${words.rateSolved}</span
                ></label
              >
              ${button(words.act.rate)}`,
          )
        : ''
    }
    ${
      may.includes('not-solved')
        ? box('not-solved', html`${area(words.notSolvedHint)}${button(words.act['not-solved'])}`)
        : ''
    }
    ${may.includes('note') ? box('note', html`${area(words.act.note)}${button(words.noteSend)}`, html`<div class="morePhotos" data-token="${token}" hidden></div>`) : ''}
    ${
      may.includes('withdraw')
        ? box(
            'withdraw',
            html`<p class="soft">${words.withdrawHint}</p>
              ${button(words.act.withdraw, 'plain')}`,
          )
        : ''
    }
    ${
      may.includes('undo')
        ? html`<form class="say" method="post" action="/say">
            ${hidden('undo')}${button(words.act.undo)}
          </form>`
        : ''
    }
  </section>`
}
