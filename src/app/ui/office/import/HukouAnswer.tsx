import { useEffect, useState } from 'preact/hooks'
import type { DivisionSuggestion } from '#app/acts/imports.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SelectField } from '#app/ui/kit/Field.tsx'
import styles from './Import.module.css'
import { useQuestionWords } from './question-words.ts'

/** Their own province and city: only what lies below tells who is floating. */
const undecided: ReadonlySet<string> = new Set(['330000', '330100'])
const manySuggestions = 20

type Divisions = (above: string | null) => Promise<readonly DivisionSuggestion[]>

/** Where a hukou is: one of the places with that name, or any, from the province down as far as somebody knows. */
export function HukouAnswer(props: {
  readonly suggestions: readonly DivisionSuggestion[]
  readonly divisions: Divisions
  readonly onAnswer: (division: string, name: string) => void
}) {
  const { suggestions, divisions, onAnswer } = props
  const said = useQuestionWords()
  const [province, setProvince] = useState('')
  const [city, setCity] = useState('')
  const [county, setCounty] = useState('')
  const provinces = useBelow(divisions, null)
  const cities = useBelow(divisions, province === '' ? undefined : province)
  // Some provinces have counties without a city above them.
  const isCounty = city !== '' && !city.endsWith('00')
  const counties = useBelow(divisions, city === '' || isCounty ? undefined : city)
  const chosen = county || city || province
  const nameOf = (list: readonly DivisionSuggestion[], code: string) =>
    list.find((one) => one.code === code)?.name ?? ''
  const parts = [nameOf(provinces, province), nameOf(cities, city), nameOf(counties, county)]
  const name = [...new Set(parts)].join('')
  return (
    <>
      {suggestions.length > 0 && (
        <div class={styles.choices} role="group" aria-label={said.likely}>
          {suggestions.slice(0, manySuggestions).map((one) => (
            <Button key={one.code} onClick={() => onAnswer(one.code, one.name)}>
              {one.name}
            </Button>
          ))}
        </div>
      )}
      <div class={styles.selects}>
        <SelectField
          label={said.province}
          value={province}
          emptyLabel={said.choose}
          options={optionsOf(provinces)}
          onInput={(code) => {
            setProvince(code)
            setCity('')
            setCounty('')
          }}
        />
        {province !== '' && (
          <SelectField
            label={said.city}
            value={city}
            emptyLabel={said.anyCity}
            options={optionsOf(cities)}
            onInput={(code) => {
              setCity(code)
              setCounty('')
            }}
          />
        )}
        {city !== '' && !isCounty && (
          <SelectField
            label={said.county}
            value={county}
            emptyLabel={said.anyCounty}
            options={optionsOf(counties)}
            onInput={setCounty}
          />
        )}
      </div>
      {undecided.has(chosen) ? (
        <p class={styles.soft}>{said.deeper(name)}</p>
      ) : (
        chosen !== '' && (
          <div class={styles.answered}>
            <span>{name}</span>
            <Button look="primary" onClick={() => onAnswer(chosen, name)}>
              {said.useDivision}
            </Button>
          </div>
        )
      )}
    </>
  )
}

const optionsOf = (list: readonly DivisionSuggestion[]) =>
  list.map(({ code, name }) => ({ value: code, label: name }))

/** What lies in a division; undefined: nothing is asked for. */
function useBelow(divisions: Divisions, above: string | null | undefined) {
  const [list, setList] = useState<readonly DivisionSuggestion[]>([])
  useEffect(() => {
    let isNow = true
    setList([])
    if (above === undefined) return
    divisions(above).then(
      (found) => {
        if (isNow) setList(found)
      },
      () => undefined, // said by the store
    )
    return () => {
      isNow = false
    }
  }, [divisions, above])
  return list
}
