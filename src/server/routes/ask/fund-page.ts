/** The account of a stairwell for its doors: sums, each expense with its payee and voucher, and a code to compare. */
import { html } from 'hono/html'
import { fundWords } from '#domain/ask/fund-words.ts'
import { shownHash } from '#domain/funds/chain.ts'
import { noOf, sumKinds, type Line } from '#domain/funds/ledger.ts'
import { formatCents } from '#domain/funds/money.ts'
import type { OpenedFund } from '#server/db/ask-fund.ts'
import { callLine, codeForm, dayOf, frame, otherLanguage, type Html, type Said } from './html.ts'

export function fundForm(
  said: Said,
  problem: 'unknown' | 'mistyped' | null = null,
  typed = '',
): Html {
  const words = fundWords[said.language]
  const why = problem && words[problem]
  return codeForm(said, { action: '/fund', words, problem: why, typed })
}

export function fundPage(said: Said, opened: OpenedFund, token: string): Html {
  const words = fundWords[said.language]
  const { fund, home, ledger, broken } = opened
  const { counted, waiting, sums, left, hash } = ledger
  const byId = new Map(counted.map((line) => [line.entry.id, line]))
  const isSpent = ({ entry, moves }: Line) => (moves?.kind ?? entry.fields.entryKind) === 'spent'
  const spent = counted.filter(isSpent)
  const given = counted.filter((line) => !isSpent(line))
  const lines = (some: readonly Line[]) =>
    html`<ol class="account">
      ${some.map((line) => lineOf(said, opened, line, byId, token))}
    </ol>`
  const sum = (label: string, cents: number, look = '') =>
    html`<div class="${look}">
      <dt>${label}</dt>
      <dd>${words.yuan(formatCents(cents))}</dd>
    </div>`
  return frame(
    said,
    fund.name,
    html`<h1>${fund.name}</h1>
      <p class="where">${fund.where}</p>
      <p class="soft">${home.name === null ? '' : words.whose(home.name)}</p>
      ${broken === null ? '' : html`<p class="notice alarm" role="alert">${words.broken(broken)}</p>`}
      ${fund.closedOn ? html`<p class="notice">${words.closed(dayOf(said, fund.closedOn))}</p>` : ''}
      ${fund.what ? html`<p class="words">${fund.what}</p>` : ''}
      ${
        fund.agreed
          ? html`<details>
              <summary>${words.agreed}</summary>
              <p class="words">${fund.agreed}</p>
            </details>`
          : ''
      }
      <section>
        <h2>${words.sums}</h2>
        <dl class="sums">
          ${sumKinds.map((kind) => sum(words.sum[kind], sums[kind]))}
          ${sum(left < 0 ? words.over : words.left, Math.abs(left), 'left')}
        </dl>
        ${waiting.length === 0 ? '' : html`<p class="soft">${words.waiting(waiting.length)}</p>`}
      </section>
      ${counted.length === 0 ? html`<p>${words.nothing}</p>` : ''}
      ${
        spent.length === 0
          ? ''
          : html`<section>
              <h2>${words.spent(spent.length)}</h2>
              ${lines(spent)}
            </section>`
      }
      ${
        given.length === 0
          ? ''
          : html`<section>
              <h2>${words.given(given.length)}</h2>
              ${lines(given)}
            </section>`
      }
      ${
        hash === null
          ? ''
          : html`<section>
              <h2>${words.check}</h2>
              <p class="hash">
                ${inHalves(shownHash(hash)).map((half) => html`<span>${half}</span> `)}
              </p>
              <p class="soft">${words.checkHint}</p>
            </section>`
      }
      <p class="soft">${words.twoPeople}</p>
      <p class="soft">${words.noMoney}</p>
      ${callLine(said.words, home.telephone)} ${otherLanguage(said, '/fund', token)}`,
    null,
  )
}

function lineOf(
  said: Said,
  { vouchers, names }: OpenedFund,
  line: Line,
  byId: ReadonlyMap<string, Line>,
  token: string,
): Html {
  const words = fundWords[said.language]
  const { entry, moves, reversedBy } = line
  const { entryKind, cents, on, what, payee, giver, reverses } = entry.fields
  const of = reverses ? byId.get(reverses) : undefined
  const by = reversedBy ? byId.get(reversedBy) : undefined
  const name = names.get(entry.id)
  const who = payee ? words.to(payee) : [giver, name && `(${name})`].filter(Boolean).join(' ')
  const photos = vouchers.get(entry.id) ?? []
  const isPromised = (entry.fields.vouchers?.length ?? 0) > photos.length
  return html`<li>
    <p class="line">
      <strong>${entryKind === 'spent' ? what || words.kinds.spent : words.kinds[entryKind]}</strong>
      <span class="cents">${formatCents(moves?.cents ?? cents)}</span>
    </p>
    ${who === '' ? '' : html`<p>${who}</p>`}
    ${what && entryKind !== 'spent' ? html`<p>${what}</p>` : ''}
    <p class="soft">
      ${[
        words.no(noOf(line)),
        dayOf(said, on),
        of && words.back(noOf(of)),
        by && words.reversed(noOf(by)),
        entryKind === 'spent' &&
          (isPromised ? words.onWay : photos.length === 0 && words.noVoucher),
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
    ${
      photos.length === 0
        ? ''
        : html`<ul class="pictures">
            ${photos.map(
              ({ id, thumbnail }, index) =>
                html`<li>
                  <form class="picture" method="post" action="/voucher" accept-charset="utf-8">
                    <input type="hidden" name="token" value="${token}" />
                    <input type="hidden" name="photo" value="${id}" />
                    <input type="hidden" name="l" value="${said.language}" />
                    <button type="submit" aria-label="${words.voucher(index + 1)}">
                      <img alt="" src="data:image/jpeg;base64,${thumbnail}" />
                    </button>
                  </form>
                </li>`,
            )}
          </ul>`
    }
  </li>`
}

/** Where it does not fit one line it is two of the same length. */
function inHalves(groups: string): readonly string[] {
  const all = groups.split(' ')
  return [all.slice(0, all.length / 2), all.slice(all.length / 2)].map((half) => half.join(' '))
}
