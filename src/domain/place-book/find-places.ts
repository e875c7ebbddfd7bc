/** A place by what somebody wrote for it: its name, or its name after those of the places above it, however put together. */
import type { PlaceKind } from '../place.ts'
import { plainText } from '../text.ts'

/** A place of the register, or one that a row will make. */
export interface BookPlace {
  /** Of the register; null of one that a row will make. */
  readonly id: string | null
  /** The row's place among the lines; null of one that is there. */
  readonly line: number | null
  readonly kind: PlaceKind
  readonly name: string
  readonly parent: BookPlace | null
  /** Something is wrong with its row: nothing can stand in it. */
  readonly isWrong: boolean
}

/** 样例社区/第一网格, 样例社区 第一网格 and 样例社区第一网格 are the same. */
export function placeKey(text: string): string {
  return plainText(text)
    .replace(/[\s/\\>→|·]/gu, '')
    .toLowerCase()
}

export interface PlaceIndex {
  add(place: BookPlace): void
  /**
   * Places that a text may mean, those that are called just so before those whose name it only ends with. Each once.
   * `fits`: the kinds that are asked for.
   */
  find(text: string, fits: (place: BookPlace) => boolean): readonly BookPlace[]
}

export function createPlaceIndex(): PlaceIndex {
  const byName = new Map<string, BookPlace[]>()
  return {
    add(place) {
      const key = placeKey(place.name)
      const held = byName.get(key)
      if (held) held.push(place)
      else byName.set(key, [place])
    },
    find(text, fits) {
      const key = placeKey(text)
      const exact = (byName.get(key) ?? []).filter(fits)
      if (exact.length > 0) return exact
      return suffixesOf(key)
        .slice(1)
        .flatMap((name) =>
          (byName.get(name) ?? []).filter(
            (place) => fits(place) && isWithin(place.parent, key.slice(0, -name.length)),
          ),
        )
    },
  }
}

/** The longest first: the text itself. */
export function suffixesOf(text: string): readonly string[] {
  return Array.from({ length: text.length }, (_, at) => text.slice(at))
}

/** Whether the names of a place and those above it end with a text; names in between may be left out. */
function isWithin(place: BookPlace | null, text: string): boolean {
  if (text === '') return true
  for (let at = place; at; at = at.parent) {
    const key = placeKey(at.name)
    if (text.endsWith(key) && isWithin(at.parent, text.slice(0, -key.length))) return true
  }
  return false
}
