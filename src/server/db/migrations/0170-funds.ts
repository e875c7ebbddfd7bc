import type { LaterIndex } from '../indexes.ts'

/** The account of a stairwell is found by the hash of the code of its page; who gave for it goes with the person. */
export const indexes: readonly LaterIndex[] = [
  {
    name: 'record_fund_page',
    on: 'record',
    by: "((fields->>'page')) where kind = 'fund'",
  },
  {
    name: 'record_fund_giver',
    on: 'record',
    by: "((fields->>'resident')) where kind = 'fund-giver'",
  },
]
