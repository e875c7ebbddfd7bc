/** 3,450: alike in both languages, and quicker to compare than 3450. */
export function withCommas(n: number): string {
  return n.toLocaleString('en-US')
}
