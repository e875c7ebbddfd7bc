/**
 * Reads alert rules and evaluates them on what `/metrics` says, with the part of PromQL that the rules use: selectors,
 * arithmetic and comparison, time(), absent(), increase() and rate() between two readings. What it does not know it
 * refuses, so that no rule passes unread. The language: https://prometheus.io/docs/prometheus/latest/querying/basics.
 */
import { readFileSync } from 'node:fs'
import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import { parse } from 'yaml'

export interface AlertRule {
  readonly alert: string
  readonly expr: string
}

export function readRules(path: string): AlertRule[] {
  const file = parse(readFileSync(path, 'utf8')) as {
    readonly groups: readonly { readonly rules: readonly AlertRule[] }[]
  }
  return file.groups.flatMap(({ rules }) => rules)
}

interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface ReadFigures {
  /** Seconds since 1970. */
  readonly at: number
  readonly samples: readonly Sample[]
}

/** Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats. */
export function readFigures(text: string, at: number): ReadFigures {
  const samples = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const match = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line)
      if (!match) throw new Error(`no sample: ${line}`)
      const [, name = '', labels = '', value = ''] = match
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)]
      return {
        name,
        labels: Object.fromEntries(pairs.map(([, key = '', word = '']) => [key, word])),
        value: Number(value),
      }
    })
  return { at, samples }
}

type Value = number | readonly Omit<Sample, 'name'>[]

/** Whether a rule fires now; `before`: an earlier reading, from which rates and increases are taken. */
export function fires(rule: AlertRule, now: ReadFigures, before: ReadFigures = now): boolean {
  const tree = parser.parse(rule.expr)
  let isBroken = false
  tree.iterate({ enter: (node) => void (isBroken ||= node.type.isError) })
  if (isBroken) throw new Error(`${rule.alert}: not PromQL: ${rule.expr}`)
  const textOf = (node: SyntaxNode) => rule.expr.slice(node.from, node.to)
  const select = (node: SyntaxNode, { samples }: ReadFigures) => {
    const name = textOf(mustHave(node, 'Identifier'))
    const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []
    return samples.filter(
      (sample) =>
        sample.name === name &&
        matchers.every((matcher) => {
          const [, label = '', how, word = ''] =
            /^(\w+)\s*(=~|!~|!=|=)\s*["'](.*)["']$/.exec(textOf(matcher)) ?? []
          const value = sample.labels[label] ?? ''
          if (how === '=') return value === word
          if (how === '!=') return value !== word
          const fits = new RegExp(`^(?:${word})$`).test(value)
          return how === '=~' ? fits : !fits
        }),
    )
  }
  const evaluate = (node: SyntaxNode): Value => {
    switch (node.name) {
      case 'PromQL':
      case 'ParenExpr':
        return evaluate(mustHave(node, 'Expr'))
      case 'NumberDurationLiteral':
      case 'NumberLiteral':
        return Number(textOf(node))
      case 'VectorSelector':
        return select(node, now)
      case 'FunctionCall':
        return call(node)
      case 'BinaryExpr': {
        const [left, right] = node.getChildren('Expr')
        if (!left || !right) throw new Error(`${rule.alert}: half an expression`)
        const operator = rule.expr.slice(left.to, right.from).trim()
        return combine(evaluate(left), operator, evaluate(right))
      }
      default:
        throw new Error(`${rule.alert}: ${node.name} is not known here`)
    }
  }
  const call = (node: SyntaxNode): Value => {
    const name = textOf(mustHave(node, 'FunctionIdentifier'))
    if (name === 'time') return now.at
    const [inner] = mustHave(node, 'FunctionCallBody').getChildren('Expr')
    if (!inner) throw new Error(`${rule.alert}: ${name} of nothing`)
    if (name === 'absent') {
      const found = evaluate(inner)
      return typeof found !== 'number' && found.length === 0 ? [{ labels: {}, value: 1 }] : []
    }
    if (name !== 'increase' && name !== 'rate') throw new Error(`${name} is not known here`)
    const selector = mustHave(inner, 'Expr')
    const earlier = new Map(select(selector, before).map((one) => [keyOf(one), one.value]))
    const seconds = name === 'rate' ? Math.max(1, now.at - before.at) : 1
    return select(selector, now).map(({ labels, value }) => ({
      labels,
      value: (value - (earlier.get(keyOf({ labels })) ?? 0)) / seconds,
    }))
  }
  const value = evaluate(tree.topNode)
  return typeof value === 'number' ? value !== 0 : value.length > 0
}

function mustHave(node: SyntaxNode, name: string): SyntaxNode {
  // `Expr` is a group of kinds, the others are names.
  const child = node.getChild(name)
  if (!child) throw new Error(`${node.name} without ${name}`)
  return child
}

function keyOf({ labels }: Pick<Sample, 'labels'>): string {
  return JSON.stringify(Object.entries(labels).sort())
}

const operations: Readonly<Record<string, (a: number, b: number) => number | boolean>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
}

/** A comparison keeps those for which it holds; two sets meet by their labels. */
function combine(left: Value, operator: string, right: Value): Value {
  const operation = operations[operator]
  if (!operation) throw new Error(`${operator} is not known here`)
  if (typeof left === 'number' && typeof right === 'number') return Number(operation(left, right))
  const pairs =
    typeof left === 'number'
      ? (right as readonly Omit<Sample, 'name'>[]).map(
          (one) => [one.labels, left, one.value] as const,
        )
      : typeof right === 'number'
        ? left.map((one) => [one.labels, one.value, right] as const)
        : left.flatMap((one) => {
            const other = right.find((two) => keyOf(two) === keyOf(one))
            return other ? [[one.labels, one.value, other.value] as const] : []
          })
  return pairs.flatMap(([labels, a, b]) => {
    const made = operation(a, b)
    if (made === false) return []
    return [{ labels, value: made === true ? a : made }]
  })
}
