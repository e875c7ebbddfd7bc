import type { LaterIndex } from '../indexes.ts'

/** A name without dots, blanks and quotes, in capitals: `nameKey`. */
export const nameExpression = String.raw`upper(regexp_replace(coalesce(fields->>'name', ''), '[·•‧∙⋅●・･․‥⸱｡.\s''’‘-]', '', 'g'))`

/** Figures of all telephones, each between its quotes. */
export const phonesExpression = String.raw`regexp_replace(fields->>'phones', '[^0-9",]', '', 'g')`

/**
 * By what a resident is found: each two letters of the name, the last four figures of each telephone behind a p, the last
 * four of the document behind a d; of one of 15 figures, which has no check figure, the last three behind a D.
 */
export const keysExpression = String.raw`string_to_array(
  regexp_replace(${nameExpression}, '(..)', '\1 ', 'g') || ' '
  || regexp_replace(substr(${nameExpression}, 2), '(..)', '\1 ', 'g') || ' '
  || coalesce(case when length(fields->>'documentNumber') = 15
    then 'D' || right(fields->>'documentNumber', 3)
    else 'd' || right(fields->>'documentNumber', 4) end, '') || ' '
  || coalesce(regexp_replace(${phonesExpression}, '"[0-9]*([0-9]{4})",?', 'p\1 ', 'g'), ''), ' ')`

/**
 * A search over a whole subdistrict finds residents by two letters of their name and the end of their numbers, and
 * doors by their buildings. Made of PostgreSQL's own functions alone: an extension may be missing, and a function of ours
 * would have to be on every machine.
 */
export const indexes: readonly LaterIndex[] = [
  {
    name: 'record_search',
    on: 'record',
    by: `using gin ((${keysExpression})) where kind = 'resident' and not removed`,
  },
  {
    name: 'record_building',
    on: 'record',
    by: "(stream) where kind = 'building' and not removed",
  },
]
