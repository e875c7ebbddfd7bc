/**
 * Photographs of this page: made small and nameless here, kept until they arrived, and sent after the words, piece by
 * piece, as often as the line breaks. Fetched when somebody takes one.
 */
import { chunkBytes, chunksOf } from '#domain/photo.ts'
import { makePicture } from '#picture/make-picture.ts'
import { isOnline, make, now, post, postPiece, sha256, store, wait, type Answered } from './page.ts'
import { keptKey, mostPhotos, type PhotoPlace } from './photo-field.ts'
import { changeKept, dropKept, keepPhoto, keptPhotos, type KeptPhoto } from './photo-store.ts'
import { words } from './words.ts'

export async function addPhotos(files: readonly File[], place: PhotoPlace): Promise<void> {
  const { draft, token, status } = place
  let said = ''
  for (const file of files) {
    if ((await of(draft)).length >= mostPhotos) {
      said = words.photosMost(mostPhotos)
      break
    }
    status.textContent = words.photoBusy
    const made = await makePicture(file)
    if (!made.ok) {
      said = words.photoProblems[made.problem]
      continue
    }
    const { bytes, thumbnail } = made.picture
    try {
      await keepPhoto({
        ...{ draft, token, bytes: bytes.buffer, sha256: await sha256(bytes.buffer), at: now() },
        thumbnail: btoa(String.fromCharCode(...thumbnail)),
      })
      store.write(keptKey, true)
    } catch {
      said = words.photoProblems.unreadable
    }
  }
  await showKept(place, said)
  if (token !== null) await sendAll(await of(draft), status, () => {})
  if (token !== null) await showKept(place, status.textContent)
}

const of = async (draft: string) => (await keptPhotos(now())).filter((one) => one.draft === draft)

export async function showKept(place: PhotoPlace, said = ''): Promise<void> {
  const { draft, list, status } = place
  const kept = await of(draft)
  list.replaceChildren(
    ...kept.map(({ id, thumbnail }, index) =>
      make(
        'li',
        {},
        make('img', {
          alt: words.photoNth(index + 1),
          src: `data:image/jpeg;base64,${thumbnail}`,
        }),
        make(
          'button',
          {
            ...{ type: 'button', class: 'remove', 'aria-label': words.photoRemove(index + 1) },
            click: () => void dropKept(id).then(() => showKept(place)),
          },
          '×',
        ),
      ),
    ),
  )
  status.textContent = [
    said,
    kept.length > 0 && place.token === null ? words.photosWait(kept.length) : '',
  ]
    .filter(Boolean)
    .join(' ')
  await forgetFlag()
}

/** False where there is none of this request. `onBegin`: there is. */
export async function sendOf(
  draft: string,
  token: string,
  said: HTMLElement,
  onBegin: () => void,
): Promise<boolean> {
  const kept = (await of(draft)).map((one) => ({ ...one, token }))
  // From here on they go by themselves, also after this page was closed.
  for (const one of kept) await changeKept(one)
  return sendAll(kept, said, onBegin)
}

/** Those of requests that have arrived. */
export async function sendLeft(said: HTMLElement, onBegin: () => void): Promise<boolean> {
  const kept = (await keptPhotos(now())).filter(({ token }) => token !== null)
  await forgetFlag()
  return sendAll(kept, said, onBegin)
}

async function forgetFlag(): Promise<void> {
  if ((await keptPhotos(now())).length === 0) store.remove(keptKey)
}

const triesOfRound = 8
const pauseMs = 1_500

async function sendAll(
  kept: readonly KeptPhoto[],
  said: HTMLElement,
  onBegin: () => void,
): Promise<boolean> {
  if (kept.length === 0) return false
  onBegin()
  const refused: string[] = []
  let done = 0
  let tries = 0
  for (const photo of kept) {
    let came: string | true | null = null
    while (came === null && tries < triesOfRound) {
      said.textContent = words.photosGo(done, kept.length)
      const before = held.get(photo.id) ?? 0
      came = await sendOne(photo)
      // What comes on at all is no try: a poor line takes its time.
      if (came === null && (held.get(photo.id) ?? 0) === before) tries += 1
      if (came === null) await wait(pauseMs)
    }
    if (came === null) break
    await dropKept(photo.id)
    if (came === true) done += 1
    else refused.push(came)
  }
  await forgetFlag()
  const left = kept.length - done - refused.length
  said.textContent = [
    done > 0 ? words.photosCame(done) : '',
    ...new Set(refused),
    left > 0 ? words.photosLeft(left) : '',
  ]
    .filter(Boolean)
    .join(' ')
  if (left > 0) offerAgain(kept.slice(-left), said)
  return true
}

function offerAgain(left: readonly KeptPhoto[], said: HTMLElement): void {
  const again = () => {
    removeEventListener('online', again)
    void sendAll(left, said, () => {})
  }
  addEventListener('online', again)
  said.append(
    ' ',
    make('button', { type: 'button', class: 'button plain', click: again }, words.photosAgain),
  )
}

/** How many pieces of each the server is known to have. */
const held = new Map<number, number>()

/** True: it is whole there. Words: it is not taken. Null: the line is gone, or the server is busy. */
async function sendOne({
  id,
  token,
  sha256: hash,
  bytes,
  thumbnail,
}: KeptPhoto): Promise<string | true | null> {
  if (!isOnline()) return null
  const code = token ?? ''
  const told = readState(
    await post('/photo', { token: code, sha256: hash, bytes: String(bytes.byteLength), thumbnail }),
  )
  if (told === null || typeof told === 'string') return told
  let state = told
  held.set(id, state.have.length)
  for (let index = 0; index < chunksOf(bytes.byteLength) && !state.arrived; index += 1) {
    if (state.have.includes(index)) continue
    const part = bytes.slice(index * chunkBytes, (index + 1) * chunkBytes)
    const next = readState(await postPiece(`/photo/${hash}/${index}`, code, part))
    if (next === null || typeof next === 'string') return next
    state = next
    held.set(id, state.have.length)
  }
  return state.arrived ? true : null
}

interface State {
  readonly have: readonly number[]
  readonly arrived: boolean
}

/** Null: to be tried again. What does not come from the page's own server says nothing about a photograph. */
function readState(answer: Answered | null): State | string | null {
  if (!answer) return null
  if (answer.status === 200) return stateIn(answer.text)
  // 404: it is to be announced once more, or its request is not known here yet.
  if (answer.status >= 500 || answer.status === 404) return null
  const said = answer.page?.querySelector('header .danger') && answer.page.querySelector('.alarm')
  return said?.textContent.trim() ?? null
}

function stateIn(text: string): State | null {
  try {
    const state = JSON.parse(text) as Partial<State> | null
    return Array.isArray(state?.have) && typeof state?.arrived === 'boolean'
      ? { have: state.have, arrived: state.arrived }
      : null
  } catch {
    return null
  }
}
