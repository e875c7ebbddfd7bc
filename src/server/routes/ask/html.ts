/** The frame of each page that strangers see: no script of its own text, nothing from elsewhere, every word escaped. */
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import {
  pageWords,
  type PageLanguage,
  type PageProblem,
  type PageWords,
} from '#domain/ask/page-words.ts'
import { dayAt, instantToDay, instantToTime, weekday } from '#domain/day.ts'
import type { AskFiles } from './files.ts'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

export interface Said {
  readonly language: PageLanguage
  readonly words: PageWords
  readonly files: AskFiles
}

export function frame(said: Said, title: string, main: Html, other: string | null): Html {
  const { language, words, files } = said
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${files.styles.map((href) => html`<link rel="stylesheet" href="${href}" />`)}
        ${files.scripts.map((src) => html`<script type="module" src="${src}"></script>`)}
      </head>
      <body>
        <header>
          <p class="danger">
            <strong>${words.danger}</strong>
            ${words.dangerOf.map(
              ([number, what]) =>
                html`<a href="tel:${number}">${number} <small>${what}</small></a> `,
            )}
          </p>
        </header>
        <main lang="${language}">${main}</main>
        ${
          other === null
            ? ''
            : html`<footer>
                <a href="${other}" lang="${words.other.language}" hreflang="${words.other.language}"
                  >${words.other.name}</a
                >
              </footer>`
        }
      </body>
    </html>`
}

export function problemPage(
  said: Said,
  problem: PageProblem,
  more: {
    readonly telephone?: string | null
    readonly back?: string | null
    readonly title?: string
  } = {},
): Html {
  const { words } = said
  const { telephone = null, back = null, title = words.homeTitle } = more
  return frame(
    said,
    title,
    html`<h1>${title}</h1>
      <p class="notice alarm" role="alert">${words.problems[problem]}</p>
      ${callLine(words, telephone)}
      ${back === null ? '' : html`<p><a class="button plain" href="${back}">${words.back}</a></p>`}`,
    null,
  )
}

export function callLine(words: PageWords, telephone: string | null): Html | '' {
  return telephone === null
    ? ''
    : html`<p class="call">
        ${words.telephone} <a href="tel:${telephone.replace(/[^\d+]/g, '')}">${telephone}</a>
      </p>`
}

/** Where a code is typed, or read out of the address by the script: opening a link acts on nothing. */
export function codeForm(said: Said, { action, words, problem, typed }: CodeForm): Html {
  const { language, name } = said.words.other
  return frame(
    said,
    words.title,
    html`<h1>${words.title}</h1>
      <div id="problem">
        ${problem === null ? '' : html`<p class="notice alarm" role="alert">${problem}</p>`}
      </div>
      <form id="follow" method="post" action="${action}" accept-charset="utf-8">
        <input type="hidden" name="l" value="${said.language}" />
        <label class="field"
          ><span>${words.code}</span
          ><input
            name="token"
            value="${typed}"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            maxlength="200"
            aria-describedby="code-hint"
        /></label>
        <p class="soft" id="code-hint">${words.codeHint}</p>
        <div class="foot"><button type="submit" class="button">${words.look}</button></div>
      </form>
      <p class="soft">${words.aboutCode}</p>
      <p>
        <a href="${action}?l=${language}" lang="${language}" hreflang="${language}">${name}</a>
      </p>`,
    // Not below the page: what the script shows in the place of this form is asked for in another language by itself.
    null,
  )
}

/** Pages that a code opens. */
type CodePath = '/follow' | '/fund' | '/let'

/** The code stands in no address, so an opened page is asked for in the other language by a form. */
export function otherLanguage({ words }: Said, action: CodePath, token: string): Html {
  const { language, name } = words.other
  return html`<form class="say" method="post" action="${action}" accept-charset="utf-8">
    <input type="hidden" name="token" value="${token}" />
    <input type="hidden" name="l" value="${language}" />
    <button type="submit" class="button plain" lang="${language}">${name}</button>
  </form>`
}

interface CodeForm {
  readonly action: CodePath
  readonly words: Readonly<Record<'title' | 'code' | 'codeHint' | 'look' | 'aboutCode', string>>
  /** In words. */
  readonly problem: string | null
  readonly typed: string
}

/** 11月25日 周三 17:30, in China whatever the phone says. */
export function momentOf(said: Said, at: string | number, withTime = true): string {
  const instant = typeof at === 'number' ? new Date(at).toISOString() : at
  const day = instantToDay(instant)
  return [dayOf(said, day), withTime ? instantToTime(instant) : ''].filter(Boolean).join(' ')
}

export function dayOf({ language, words }: Said, day: string): string {
  const [, month = 1, date = 1] = day.split('-').map(Number)
  const names = language === 'en' ? words.weekdays.split(' ') : [...words.weekdays]
  const name = names[weekday(day)] ?? ''
  if (language === 'zh-CN') return words.today(`${month}月${date}日`, name)
  return words.today(`${date} ${englishMonths[month - 1] ?? ''}`, name)
}

const englishMonths = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August'],
  ...['September', 'October', 'November', 'December'],
]

export function isToday(at: string, now: number): boolean {
  return instantToDay(at) === dayAt(now)
}

/** Of `?l=en`, and else of what the browser asks for. */
export function languageOf(query: string | undefined, accepted: string | undefined): PageLanguage {
  if (query === 'en' || query === 'zh-CN') return query
  return /^\s*en\b/i.test(accepted ?? '') ? 'en' : 'zh-CN'
}

export function saidIn(language: PageLanguage, files: AskFiles): Said {
  return { language, words: pageWords[language], files }
}
