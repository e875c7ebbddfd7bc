import type { Condition, Rule } from '#domain/scheme.ts'
import { shapeOf } from '#domain/scheme-check.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { ChoiceField, SelectField, SwitchField, TextField } from '#app/ui/kit/Field.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { factOptions, optionLabel, type ConditionWords } from './condition-words.ts'
import styles from './Scheme.module.css'
import { useSchemeWords } from '#app/ui/words/scheme-words.ts'
import { formatAside } from '#app/ui/format.ts'

type Leaf = Extract<Condition, { readonly fact: string }>
type Group = { readonly all: readonly Condition[] } | { readonly any: readonly Condition[] }

interface Props {
  readonly subject: Rule['subject']
  readonly condition: Condition
  readonly onChange: (condition: Condition) => void
  /** Absent at the top: a rule always has a condition. */
  readonly onRemove?: () => void
  readonly depth?: number
}

/** So deep can groups stand in each other on screen; a phone has no room for more, and nobody could read it. */
const deepest = 3

/** A condition: facts, combined with all / any / not, as deep as a screen allows. */
export function ConditionField(props: Props) {
  const own = useSchemeWords()
  const { condition, onChange } = props
  const isNot = 'not' in condition
  const inner = isNot ? condition.not : condition
  const change = (next: Condition) => onChange(isNot ? { not: next } : next)
  return (
    <div class={styles.condition}>
      {'fact' in inner ? (
        <LeafFields {...props} leaf={inner} onChange={change} />
      ) : 'not' in inner ? (
        <ConditionField {...props} condition={inner} onChange={change} />
      ) : (
        <GroupFields {...props} group={inner} onChange={change} />
      )}
      <SwitchField
        label={own.not}
        checked={isNot}
        onInput={(checked) => onChange(checked ? { not: inner } : inner)}
      />
      {props.onRemove && (
        <Button look="quiet" icon="close" onClick={props.onRemove}>
          {'fact' in inner ? own.removeCondition : own.removeGroup}
        </Button>
      )}
    </div>
  )
}

function GroupFields(props: Omit<Props, 'condition'> & { readonly group: Group }) {
  const own = useSchemeWords()
  const { group, subject, onChange, depth = 0 } = props
  const isAll = 'all' in group
  const parts = isAll ? group.all : group.any
  const set = (next: readonly Condition[], all = isAll) =>
    onChange(all ? { all: next } : { any: next })
  return (
    <>
      <ChoiceField
        label={own.when}
        value={isAll ? 'all' : 'any'}
        options={[
          { value: 'all', label: own.all },
          { value: 'any', label: own.any },
        ]}
        onInput={(value) => set(parts, value === 'all')}
      />
      <div class={styles.parts}>
        {parts.map((part, index) => (
          <ConditionField
            key={index}
            subject={subject}
            condition={part}
            depth={depth + 1}
            onChange={(next) => set(parts.map((one, at) => (at === index ? next : one)))}
            onRemove={() => set(parts.filter((_, at) => at !== index))}
          />
        ))}
      </div>
      <div class={styles.acts}>
        <Button look="quiet" icon="plus" onClick={() => set([...parts, firstLeaf(subject)])}>
          {own.addCondition}
        </Button>
        {depth + 1 < deepest && (
          <Button
            look="quiet"
            icon="plus"
            onClick={() => set([...parts, { any: [firstLeaf(subject)] }])}
          >
            {own.addGroup}
          </Button>
        )}
      </div>
    </>
  )
}

function LeafFields(props: Omit<Props, 'condition'> & { readonly leaf: Leaf }) {
  const common = useWords()
  const own = useSchemeWords()
  const words = { common, own }
  const { leaf, subject, onChange } = props
  return (
    <>
      <SelectField
        label={own.fact}
        value={leaf.fact}
        options={knownOr(leaf.fact, subject, words)}
        onInput={(fact) => onChange(leafOf(subject, fact))}
      />
      <ValueFields leaf={leaf} subject={subject} words={words} onChange={onChange} />
    </>
  )
}

function ValueFields(props: {
  readonly leaf: Leaf
  readonly subject: Rule['subject']
  readonly words: ConditionWords
  readonly onChange: (leaf: Leaf) => void
}) {
  const { leaf, subject, words, onChange } = props
  const { own } = words
  const common = useWords()
  const { fact } = leaf
  const shape = shapeOf(subject, fact)
  if (!shape) return null
  switch (shape.of) {
    case 'flag':
      return (
        <ChoiceField
          label={own.compareOp}
          value={String(leaf.value)}
          options={[
            { value: 'true', label: own.yes },
            { value: 'false', label: own.no },
          ]}
          onInput={(value) => onChange({ fact, op: 'is', value: value === 'true' })}
        />
      )
    case 'choice': {
      const chosen = leaf.op === 'any-of' ? leaf.value : [String(leaf.value)]
      return (
        <fieldset class={styles.checks}>
          <legend>{own.any}</legend>
          {shape.options.map((option) => (
            <SwitchField
              key={option}
              label={optionLabel(option, words)}
              checked={chosen.includes(option)}
              onInput={(checked) =>
                onChange({
                  fact,
                  op: 'any-of',
                  value: shape.options.filter((one) =>
                    one === option ? checked : chosen.includes(one),
                  ),
                })
              }
            />
          ))}
        </fieldset>
      )
    }
    case 'grade':
    case 'count':
      return (
        <div class={styles.pair}>
          <SelectField
            label={own.compareOp}
            value={leaf.op}
            options={(['at-least', 'at-most', 'is'] as const).map((op) => ({
              value: op,
              label: own.op[op],
            }))}
            onInput={(op) => onChange({ ...leaf, op: op as 'is', value: leaf.value as number })}
          />
          <TextField
            label={formatAside(
              common,
              own.value,
              shape.of === 'grade' ? own.grade : own.unit[shape.unit],
            )}
            inputMode="numeric"
            maxLength={6}
            value={typeof leaf.value === 'number' ? String(leaf.value) : ''}
            onInput={(text) =>
              onChange({
                ...leaf,
                op: leaf.op as 'is',
                // What is no number stays visible as a fault and is never saved.
                value: /^-?\d+$/.test(text.trim()) ? Number(text) : '',
              })
            }
          />
        </div>
      )
  }
}

/** A fact of a newer version stands in the list by its key, so that a look at the rule does not change it. */
function knownOr(fact: string, subject: Rule['subject'], words: ConditionWords) {
  const options = factOptions(subject, words)
  return options.some(({ value }) => value === fact)
    ? options
    : [{ value: fact, label: words.own.notKnownFact(fact) }, ...options]
}

export function firstLeaf(subject: Rule['subject']): Leaf {
  return leafOf(subject, subject === 'resident' ? 'age' : 'use')
}

function leafOf(subject: Rule['subject'], fact: string): Leaf {
  const shape = shapeOf(subject, fact)
  switch (shape?.of) {
    case 'choice':
      return { fact, op: 'any-of', value: shape.options.slice(0, 1) }
    case 'grade':
      return { fact, op: 'at-most', value: shape.least }
    case 'count':
      return { fact, op: 'at-least', value: shape.unit === 'years' ? 80 : 1 }
    case 'flag':
    case undefined:
      return { fact, op: 'is', value: true }
  }
}
