import { useCallback, useMemo, useState } from 'preact/hooks'
import { ruleWords } from '#domain/colour-of.ts'
import type { DwellingUse } from '#domain/dwelling.ts'
import type { ColourKey } from '#domain/level.ts'
import type { CareNeed } from '#domain/care.ts'
import type { CareTag } from '#domain/resident.ts'
import type { SheetColumn } from '#domain/sheet-columns.ts'
import { reasonByHand } from '#domain/sheet-filter.ts'
import { isAge, unknownGroup } from '#domain/sheet-groups.ts'
import type { SheetAnswer } from '#app/views/sheet-rows.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { useCareWords } from '#app/ui/words/care-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import type { Line } from './GridRows.tsx'
import { useTableWords } from './table-words.ts'
import { useSheetWords } from './sheet-words.ts'

/** What a group is called. */
export function useGroupLabel(): (column: SheetColumn, key: string) => string {
  const app = useParts('register')
  const words = useWords()
  const own = useTableWords()
  const said = useSheetWords()
  const care = useCareWords()
  const rules = useRegister(app, (register) => register.scheme().rules)
  return useCallback(
    (column, key) => {
      if (key === unknownGroup) return own.unknownGroup
      if (isAge(column)) return own.decade(Number(key))
      if (column.table) return said.code(column.table, key)
      switch (column.type) {
        case 'cares':
          return care.needs[key as CareNeed]
        case 'tags':
          return words.facts.tag[key as CareTag]
        case 'level':
          return said.level(key as ColourKey)
        case 'use':
          return said.use(key as DwellingUse)
        case 'flag':
          return said.flag(key === '1')
        case 'day':
          return own.month(key.slice(0, 4), Number(key.slice(5)))
        case 'reasons': {
          if (key === reasonByHand) return own.byHand
          const rule = rules.find((one) => one.key === key)
          return rule ? ruleWords(rule, words.language) : key
        }
        default:
          return key
      }
    },
    [words, own, said, care, rules],
  )
}

/** The lines of a table: its rows, or its groups with the rows of those that are open. Another column closes all. */
export function useLines(answer: SheetAnswer | null, column: SheetColumn | null, unit: string) {
  const own = useTableWords()
  const labelOf = useGroupLabel()
  const about = column?.key ?? ''
  const [open, setOpen] = useState<{ readonly about: string; readonly keys: ReadonlySet<string> }>({
    about,
    keys: new Set(),
  })
  const keys = open.about === about ? open.keys : none
  const groups = column && answer?.groups
  const lines = useMemo((): readonly Line[] => {
    if (!column || !groups) return column ? [] : (answer?.ids ?? [])
    return groups.flatMap(({ key, ids }): readonly Line[] => {
      const isOpen = keys.has(key)
      const count = own.groupCount(ids.length, unit)
      const head = { group: key, label: labelOf(column, key), count, isOpen }
      return isOpen ? [head, ...ids] : [head]
    })
  }, [answer, column, groups, keys, labelOf, own, unit])
  const toggle = useCallback(
    (key: string) =>
      setOpen((before) => {
        const next = new Set(before.about === about ? before.keys : none)
        if (!next.delete(key)) next.add(key)
        return { about, keys: next }
      }),
    [about],
  )
  const isAllOpen = groups ? groups.every(({ key }) => keys.has(key)) : false
  const toggleAll = () =>
    setOpen({ about, keys: isAllOpen ? none : new Set(groups?.map(({ key }) => key)) })
  return { lines, toggle, isAllOpen, toggleAll }
}

const none: ReadonlySet<string> = new Set()
