import type { LineProblem } from '#domain/place-book/verdict.ts'
import { useMeWords } from '#app/ui/words/me-words.ts'
import { usePlacesWords } from '#app/ui/places/tree/places-words.ts'
import { usePlaceBookWords } from './place-book-words.ts'

/** A row's problem as one sentence. */
export function useProblemText(): (problem: LineProblem) => string {
  const own = usePlaceBookWords()
  const { kind: kinds } = usePlacesWords()
  const { me } = useMeWords()
  return ({ code, field, text = '', count = 0, kind, above, role, other }) => {
    const said = own.problem
    const [kindName, aboveName, roleName] = [
      kind ? kinds[kind] : '',
      above ? kinds[above] : '',
      role ? me.role[role] : '',
    ]
    const fieldName = field ? own.field[field] : ''
    const otherRow = other ? own.row(other.sheet, other.row) : own.otherRow
    switch (code) {
      case 'missing':
        return field === 'parent' ? said['missing-parent'](kindName) : said.missing(fieldName)
      case 'unknown':
        if (field === 'kind') return said['unknown-kind'](text)
        return field === 'role' ? said['unknown-role'](text) : said['unknown-place'](text)
      case 'too-long':
        return said['too-long'](fieldName, count)
      case 'formula':
        return said.formula(fieldName)
      case 'many':
        return said.many(text, count)
      case 'misplaced':
        return said.misplaced(kindName, aboveName, text)
      case 'other-kind':
        return said['other-kind'](text, kindName)
      case 'above-wrong':
        return said['above-wrong'](text, otherRow)
      case 'misfit':
        return said.misfit(roleName, kindName, text)
      case 'not-yours':
        return said['not-yours'](kindName || roleName || own.thisOne)
      case 'code-twice':
      case 'login-twice':
      case 'twice':
      case 'loop':
        return said[code](otherRow)
      case 'code-wrong':
      case 'code-taken':
      case 'login-wrong':
      case 'login-taken':
        return said[code](text)
    }
  }
}
