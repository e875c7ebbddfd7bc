/** What there is nearby, folded under the form of a sticker's page: no script, no form, nobody's name. */
import { html } from 'hono/html'
import { serviceWords } from '#domain/ask/nearby-words.ts'
import type { Service } from '#domain/nearby.ts'
import type { Html, Said } from './html.ts'

export function servicesPart({ language }: Said, services: readonly Service[] = []): Html | '' {
  if (services.length === 0) return ''
  const words = serviceWords[language]
  return html`<details id="services">
    <summary>${words.title(services.length)}</summary>
    ${services.map(
      (one) =>
        html`<section>
          <h2>${one.name}</h2>
          <p>
            ${[words.kinds[one.serviceKind], one.room && words.rooms[one.room]].filter(Boolean).join(' · ')}
          </p>
          ${[one.what, one.forWhom && words.forWhom(one.forWhom), one.where, one.hours].map(
            (line) => (line ? html`<p>${line}</p>` : ''),
          )}
          ${one.telephone ? html`<p><a href="tel:${one.telephone}">${one.telephone}</a></p>` : ''}
          <p class="soft">${words.asOf(one.asOf)}</p>
        </section>`,
    )}
  </details>`
}
