/** Rules for migrations that run where tables lie on several machines; see CONTRIBUTING. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { migrations } from '#server/db/migrate.ts'
import { placings } from '#server/db/placing.ts'

const folder = fileURLToPath(new URL('../src/server/db/migrations', import.meta.url))
/** Those of before were written for one machine, and run there before anything is laid out. */
const firstBound = 17
/** Came before there was any laying out (0076), and so never run where tables are laid out. */
const earlier: Readonly<Record<string, readonly string[]>> = {
  'rows are changed by no clock or chance of a machine': ['0025-proofs.ts'],
  'a new table refers to none of before, which may lie on other machines': ['0022-sign-in.ts'],
}

/** Those of before are released, and made their indexes as statements. */
const firstLater = 100

const all = readdirSync(folder)
const bound = all
  .filter((name) => Number(name.slice(0, 4)) >= firstBound)
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8').toLowerCase() }))

/** Each with what breaks it in a text. */
const rules: Readonly<Record<string, RegExp>> = {
  'a column and its reference are two statements':
    /add column[^`;]*\b(?:references|unique|check)\b/,
  'rows are changed by no clock or chance of a machine':
    /\b(?:update|delete|insert)\b[^`]*\b(?:clock_timestamp|random|gen_random_uuid)\s*\(/,
  'a new table refers to none of before, which may lie on other machines':
    /create table[^`]*\breferences\s+(?:account|place|device|stream|record|session)\b/,
  'no rule of PostgreSQL’s rewrites a statement': /create (?:or replace )?rule\b/,
  'the column that a table is spread by stays as it is':
    /\bupdate\s+\w+(?:\s+as\s+\w+)?\s+set\s+(?:(?!\bfrom\b|\bwhere\b)[^`])*\b(?:stream|chain)\s*=/,
}

describe('migrations', () => {
  it('are all seen', () => {
    expect(bound.length).toBeGreaterThanOrEqual(2)
  })

  it.each(Object.entries(rules))('%s', (rule, broken) => {
    const found = bound.filter(({ text }) => broken.test(text)).map(({ name }) => name)
    expect(found).toEqual(earlier[rule] ?? [])
  })

  it('stand in the list by which they run', () => {
    expect(all.map((name) => name.replace('.ts', '')).sort()).toEqual(
      Object.keys(migrations).sort(),
    )
  })

  it('hold nobody back: an index on a table of before is made after them, while others write', () => {
    const later = bound.filter(({ name }) => Number(name.slice(0, 4)) >= firstLater)
    expect(later.flatMap(({ name, text }) => heldBack(text).map((on) => [name, on]))).toEqual([])
    expect(later.length).toBeGreaterThan(5)
    expect(heldBack('create table a (b text) create index c on a (b)')).toEqual([])
    expect(heldBack('create unique index c on record (id)')).toEqual(['record'])
  })

  it('name each later index once', () => {
    const names = Object.values(migrations).flatMap((step) =>
      'indexes' in step ? step.indexes.map(({ name }) => name) : [],
    )
    expect(names.length).toBeGreaterThan(5)
    expect(new Set(names).size).toBe(names.length)
  })

  it('make no table without a place', () => {
    const made = bound.flatMap(({ text }) =>
      [...text.matchAll(/create table (?:if not exists )?(\w+)/g)].map(([, table]) => table ?? ''),
    )
    expect(made.filter((table) => !Object.hasOwn(placings, table))).toEqual([])
  })

  it('would be noticed', () => {
    const [column, clock] = Object.values(rules)
    expect(
      rules['a new table refers to none of before, which may lie on other machines']?.test(
        'create table a (b uuid primary key references account (id))',
      ),
    ).toBe(true)
    expect(column?.test('alter table act add column place uuid references place (id)')).toBe(true)
    expect(clock?.test('update stream set proof = md5(random()::text)')).toBe(true)
  })
})

/** Tables of before on which a text makes an index by a statement. */
function heldBack(text: string): string[] {
  const made = new Set(
    [...text.matchAll(/create table (?:if not exists )?(\w+)/g)].map(([, on]) => on),
  )
  return [...text.matchAll(/create (?:unique )?index\s+\w+\s+on\s+(\w+)/g)].flatMap(([, on]) =>
    on === undefined || made.has(on) ? [] : [on],
  )
}
