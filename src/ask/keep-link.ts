/** The follow-up code as text, picture and QR code: going on stays closed until one of them was used, or is not wanted. */
import { followAddress, groupFollowCode } from '#domain/requests/follow-code.ts'
import { make } from './page.ts'
import { words } from './words.ts'

/** `onDone`: it was kept, or nobody wants it. */
export function keepLink(token: string, number: string, onDone: () => void): HTMLElement {
  const link = followAddress(token, `${location.origin}/follow`)
  const status = make('p', { role: 'status', class: 'soft' })
  const done = make(
    'button',
    { type: 'button', class: 'button', 'aria-disabled': 'true' },
    words.done,
  )
  const place = make('div', { class: 'qr' })
  let isKept = false
  const kept = (said: string) => {
    isKept = true
    done.removeAttribute('aria-disabled')
    status.textContent = said
  }
  done.addEventListener('click', () => {
    if (isKept) onDone()
    else status.textContent = words.keepFirst
  })
  const card = async () => {
    const { drawCard } = await import('./qr.ts')
    return drawCard(link, { title: words.cardTitle, number, code: groupFollowCode(token) })
  }
  const show = async () => {
    const image = make('img', { alt: words.qr, src: (await card()).toDataURL('image/png') })
    place.replaceChildren(image, make('p', { class: 'soft' }, words.pictureLong))
    kept('')
  }
  const save = async () => {
    const anchor = make('a', {
      ...{ href: (await card()).toDataURL('image/png'), download: `${number}.png` },
    })
    anchor.click()
    kept('')
  }
  const button = (label: string, act: () => void) =>
    make('button', { type: 'button', class: 'button plain', click: () => act() }, label)
  const copy = () => {
    const field = make('textarea', { readonly: '' }) as HTMLTextAreaElement
    field.value = link
    const clipboard = navigator.clipboard as Clipboard | undefined
    if (clipboard) {
      void clipboard.writeText(link).then(
        () => kept(words.copied),
        () => (status.textContent = link),
      )
      return
    }
    document.body.append(field)
    field.select()
    // Old web views know no other way.
    const isCopied = document.execCommand('copy')
    field.remove()
    if (isCopied) kept(words.copied)
  }
  const code = make('p', { class: 'code' })
  for (const group of groupFollowCode(token).split('-')) code.append(make('span', {}, group), ' ')
  return make(
    'section',
    { class: 'keep' },
    make('h2', {}, words.keepTitle),
    make('p', { class: 'soft' }, words.keepHint),
    code,
    button(words.copy, copy),
    button(words.picture, () => void save()),
    button(words.show, () => void show()),
    place,
    button(words.no, () => onDone()),
    status,
    make('div', { class: 'foot' }, done),
  )
}
