export interface Reading {
  /** wangxiulan */
  readonly full: string
  /** wxl */
  readonly initials: string
}
