/** The form of a code's page: kept while it is typed, sent once, and honest about a line that is gone. */
import { personalNumbers } from '#domain/ask/personal.ts'
import type { Proof } from '#domain/ask/proof.ts'
import { beginAnew, draftOf, keepFields, markSent, type Draft } from './draft.ts'
import { keepLink } from './keep-link.ts'
import { fieldsOf, find, isOnline, isSecure, make, now, post, sha256, showPage } from './page.ts'
import { offerPhotos } from './photo-field.ts'
import { prove } from './prove.ts'
import { words } from './words.ts'

export function openForm(form: HTMLFormElement): void {
  const code = fieldsOf(form)['code'] ?? ''
  let draft = draftOf(code)
  const standing = find<HTMLElement>('#standing')
  const say = (text: string) => {
    if (standing) standing.textContent = text
  }
  if (draft.number !== null) sentBefore(code, draft)
  fill(form, draft)
  const idField = form.elements.namedItem('id') as HTMLInputElement
  idField.value = draft.id
  const photos = offerPhotos(find<HTMLElement>('#photos'), { draft: draft.id, token: null })

  let proof: Promise<Proof | null> | null = null
  let provenAt = 0
  const startProof = () => {
    // One that was solved long ago would be refused: it is asked for anew.
    if (!isSecure || (proof && now() - provenAt < 8 * 60_000)) return
    provenAt = now()
    proof = prove(code)
  }
  form.addEventListener('input', () => {
    startProof()
    draft = keepFields(code, draft, typedOf(form))
    pointOut(form)
  })
  addEventListener('online', () => say(''))
  addEventListener('offline', () => say(words.offline))

  let isSending = false
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (isSending) return
    isSending = true
    void send().finally(() => {
      isSending = false
    })
  })

  async function send(): Promise<void> {
    draft = keepFields(code, draft, typedOf(form))
    if (!isOnline()) return say(words.offline)
    say(words.working)
    startProof()
    const solved = proof ? await proof : null
    const token = isSecure ? await sha256(draft.token) : ''
    say(words.sending)
    const answer = await post('/submit', {
      ...{ ...fieldsOf(form), id: draft.id },
      ...(token === '' ? {} : { token }),
      ...(solved === null ? {} : { proof: JSON.stringify(solved) }),
    })
    // What was used once is of no use again.
    if (answer?.status === 200) proof = null
    if (!answer) return say(isOnline() ? words.failed : words.offline)
    const sent = answer.page?.querySelector<HTMLElement>('#sent')
    if (answer.status !== 200 || !sent) {
      const alarm = answer.page?.querySelector('.alarm')
      return say(alarm?.textContent.trim().replace(/\s*\n\s*/g, '；') ?? words.failed)
    }
    const number = sent.dataset['number'] ?? ''
    draft = markSent(code, draft, number)
    if (answer.page) showPage(answer.page)
    const head = find('#sent h1')
    if (token !== '') offerLink(code, draft)
    void photos.send(draft.token, head)
  }
}

/** Under what the server said of it. */
function offerLink(code: string, draft: Draft): void {
  const sent = find('#sent')
  const again = sent?.querySelector('a.button')
  const keep = keepLink(draft.token, draft.number ?? '', () => {
    keep.remove()
    if (again) sent?.append(make('p', {}, again))
    // On a phone of several people nothing of it stays.
    beginAnew(code)
  })
  again?.parentElement?.remove()
  sent?.append(keep)
}

/** It was sent from this phone, and its code perhaps not kept: the page says so, and offers both ways. */
function sentBefore(code: string, draft: Draft): void {
  const box = find('#before')
  if (!box || draft.number === null) return
  const another = make(
    'button',
    { type: 'button', class: 'button plain', click: () => (beginAnew(code), location.reload()) },
    words.another,
  )
  box.append(
    make(
      'div',
      { class: 'notice' },
      make('p', {}, words.sentBefore(draft.number)),
      make(
        'p',
        {},
        make('a', { class: 'button plain', href: `/follow#${draft.token}` }, words.see),
      ),
      another,
    ),
  )
}

const typed = ['item', 'words', 'name', 'telephone', 'door', 'isToldToUnit', 'isPrivate'] as const

function typedOf(form: HTMLFormElement): Draft['fields'] {
  const all = fieldsOf(form)
  const fields: Record<string, string> = {}
  for (const name of typed) if (all[name]) fields[name] = all[name]
  return fields
}

function fill(form: HTMLFormElement, { fields }: Draft): void {
  if (Object.keys(fields).length === 0) return
  for (const element of Array.from(form.elements)) {
    if (element instanceof HTMLTextAreaElement)
      element.value = fields[element.name] ?? element.value
    if (!(element instanceof HTMLInputElement) || element.type === 'hidden') continue
    const kept = fields[element.name]
    if (element.type === 'radio') element.checked = kept !== undefined && element.value === kept
    else if (element.type === 'checkbox') element.checked = kept !== undefined
    else element.value = kept ?? element.value
  }
  const more = form.querySelector('details')
  if (more && (fields['name'] ?? fields['telephone'] ?? fields['door'])) more.open = true
  pointOut(form)
}

/** Numbers of people in the words: said, and nothing is changed. */
function pointOut(form: HTMLFormElement): void {
  const box = find('#numbers')
  if (!box) return
  const found = personalNumbers(fieldsOf(form)['words'] ?? '')
  const said = [
    found.includes('identity') ? words.hasIdentity : '',
    found.includes('telephone') ? words.hasTelephone : '',
  ].filter(Boolean)
  if (box.textContent === said.join('')) return
  box.replaceChildren(...said.map((text) => make('p', { class: 'notice' }, text)))
}
