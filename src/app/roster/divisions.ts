/** The names of all divisions (GB/T 2260), for the thread of an import alone: with 3,500 names they are too large for a screen. */
import { areaList } from '@vant/area-data'
import {
  createDivisionReader,
  type DivisionReader,
  type DivisionSuggestion,
} from '#domain/roster/read-division.ts'

let reader: DivisionReader | null = null

/** Made with the first roster: it takes some ten milliseconds. */
export function divisionReader(): DivisionReader {
  reader ??= createDivisionReader(areaList)
  return reader
}

/** In the data these stand where a province has no city above its counties. */
const noCity = /^(?:省直辖县|自治区直辖县|县)$/

/** Provinces, the cities of a province, or the counties of a city; `above` has six digits of GB/T 2260. */
export function divisionsBelow(above: string | null): readonly DivisionSuggestion[] {
  const list = (names: Readonly<Record<string, string>>, prefix: string) =>
    Object.entries(names)
      .filter(([code]) => code.startsWith(prefix) && code !== above)
      .map(([code, name]) => ({ code, name }))
  if (above === null) return list(areaList.province_list, '')
  if (!above.endsWith('0000')) return list(areaList.county_list, above.slice(0, 4))
  const province = above.slice(0, 2)
  return list(areaList.city_list, province).flatMap((city) =>
    noCity.test(city.name) ? list(areaList.county_list, city.code.slice(0, 4)) : [city],
  )
}
