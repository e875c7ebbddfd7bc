/** The place for photographs in a form. What makes them small and sends them is fetched once somebody takes one. */
import { fetchPicture, fieldsOf, find, hasPhotos, make, store } from './page.ts'
import { words } from './words.ts'

/** From one form; the server takes some more of one request. */
export const mostPhotos = 3

/** Says that something lies on this phone: without it nothing is fetched. */
export const keptKey = 'ask/photos'

export interface PhotoPlace {
  readonly draft: string
  /** Where the words have arrived long since: a photograph then goes at once. */
  readonly token: string | null
  readonly list: HTMLElement
  readonly status: HTMLElement
}

export interface PhotoField {
  /** The words have arrived: what was taken goes now. `into`: where it is said how that goes. */
  send(token: string, into: Element | null): Promise<void>
}

const nothing: PhotoField = { send: () => Promise.resolve() }

export function offerPhotos(
  box: HTMLElement | null,
  whose: Pick<PhotoPlace, 'draft' | 'token'>,
): PhotoField {
  if (!box || !hasPhotos) return nothing
  const list = make('ul', { class: 'pictures' })
  const status = make('p', { role: 'status', class: 'soft' })
  const place: PhotoPlace = { ...whose, list, status }
  const label = make('label', { class: 'button plain file' }, words.addPhoto)
  const offer = () => {
    const input = make('input', {
      ...{ type: 'file', accept: 'image/*', multiple: '' },
      change: () => {
        const files = Array.from((input as HTMLInputElement).files ?? [])
        // Another one for each shot: some browsers keep all that an input ever gave.
        input.remove()
        offer()
        if (files.length === 0) return
        status.textContent = words.photoBusy
        void import('./photos.ts').then(
          ({ addPhotos }) => addPhotos(files, place),
          () => (status.textContent = words.failed),
        )
      },
    })
    label.append(input)
  }
  offer()
  box.replaceChildren(
    label,
    make('p', { class: 'soft' }, words.photoHint(mostPhotos)),
    list,
    status,
  )
  box.hidden = false
  if (store.read(keptKey)) void import('./photos.ts').then(({ showKept }) => showKept(place))
  return {
    async send(token, into) {
      if (!store.read(keptKey)) return
      const said = make('p', { role: 'status', class: 'notice' })
      const { sendOf } = await import('./photos.ts')
      if (await sendOf(whose.draft, token, said, () => into?.after(said))) return
      said.remove()
    },
  }
}

/** What was left on this phone of a request that has arrived: it goes on. */
export function resumePhotos(): void {
  if (!hasPhotos || !store.read(keptKey)) return
  const said = make('p', { role: 'status', class: 'notice' })
  void import('./photos.ts').then(({ sendLeft }) =>
    sendLeft(said, () => find('main')?.prepend(said)),
  )
}

/** On the page of a followed request: more photographs, which go at once. */
export function offerMore(): void {
  const box = find<HTMLElement>('.morePhotos')
  const { token } = box?.dataset ?? {}
  if (box && token) offerPhotos(box, { draft: token, token })
}

/** The large one above the page, with the form that asks for it as without a script. */
export function openPicture(form: HTMLFormElement): void {
  void fetchPicture(new URL(form.action).pathname, fieldsOf(form)).then((picture) => {
    if (!picture) return form.submit()
    const src = URL.createObjectURL(picture)
    const close = () => {
      URL.revokeObjectURL(src)
      box.remove()
      form.querySelector('button')?.focus()
    }
    const button = make(
      'button',
      { type: 'button', class: 'button', click: close },
      words.photoClose,
    )
    const alt = form.querySelector('button')?.getAttribute('aria-label') ?? ''
    const box = make(
      'div',
      {
        ...{ class: 'large', role: 'dialog', 'aria-modal': 'true', 'aria-label': alt },
        keydown: (event) => (event as KeyboardEvent).key === 'Escape' && close(),
      },
      make('img', { alt, src }),
      button,
    )
    document.body.append(box)
    button.focus()
  })
}
