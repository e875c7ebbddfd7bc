/** How a request stands; see `db/request-states.ts`. Moments as ISO 8601 where they are written. */
export interface RequestStateTable {
  readonly stream: string
  readonly request: string
  readonly number: string
  readonly item: string | null
  readonly item_name: string | null
  readonly source: string
  readonly building: string | null
  /** Whom it is about or from. */
  readonly residents: readonly string[]
  /** A matter of help for a person, as long as it is not withdrawn. */
  readonly is_help: boolean
  /** Day on which help was closed without what was asked for. */
  readonly unmet_on: string | null
  readonly state: string
  readonly is_open: boolean
  readonly round: number
  readonly level: string
  readonly unit: string | null
  readonly asks: readonly string[]
  readonly submitted_at: string | null
  readonly promise: string | null
  readonly is_provisional: boolean
  readonly is_paused: boolean
  readonly due: string | null
  readonly in_time: boolean | null
  readonly supervision: number | null
  readonly closed_at: string | null
  readonly ending: string | null
  readonly solved: boolean | null
  readonly content: string | null
  readonly last_step: string | null
  readonly next_at: string | null
  readonly rules: string
}
