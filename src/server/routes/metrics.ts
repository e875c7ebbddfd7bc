/** Figures for whoever keeps the server running, in Prometheus' text format. Names and numbers, never a person. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

type Labels = Readonly<Record<string, string | number>>

/** A figure as it is now; null where it is not known. */
export type Reading = number | null | readonly { readonly labels: Labels; readonly value: number }[]
export type Readings<Name extends string = string> = Partial<Readonly<Record<Name, Reading>>>

export interface Metrics {
  add(name: CounterName, labels: Labels, by: number): void
  /** How long the answer of a route took, in seconds. */
  time(labels: { readonly method: string; readonly route: string }, seconds: number): void
  /**
   * Figures that are asked for at each reading, all by one question: names without `wuse_`, each with its help. What
   * cannot be read is left out.
   */
  read<Name extends string>(
    helps: Readonly<Record<Name, string>>,
    read: () => Promise<Readings<Name>>,
  ): void
  text(): Promise<string>
}

const counters = {
  requests_total: ['Requests by route pattern and status', ['method', 'route', 'status']],
  ask_requests_total: ['Requests of the resident’s page', ['method', 'route', 'status']],
  mutations_total: ['Pushed mutations by outcome', ['outcome']],
  pull_bytes_total: ['Bytes of pulled lines before compression', []],
  purged_total: ['Records that were purged, by rule and kind', ['rule', 'kind']],
  notifications_total: ['Notices to the address that an operator named, by outcome', ['outcome']],
  pass_faults_total: ['Faults in background passes', ['pass']],
  postgres_ends_total: ['How often PostgreSQL ended by itself and was started again', []],
} as const
export type CounterName = keyof typeof counters

/** Seconds: an answer from memory, a push, a first pull. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** `isProcess`: also memory, processor time and the delay of the event loop, which belong to the whole process. */
export function createMetrics(options: { readonly isProcess?: boolean } = {}): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const made = new Map(
    Object.entries(counters).map(([name, [help, labelNames]]) => [
      name,
      new Counter({ name: `wuse_${name}`, help, labelNames: [...labelNames], registers }),
    ]),
  )
  const seconds = new Histogram({
    name: 'wuse_request_seconds',
    help: 'Time of answers by route pattern',
    labelNames: ['method', 'route'],
    buckets,
    registers,
  })
  if (options.isProcess) collectDefaultMetrics({ register: registry })
  const readers: (() => Promise<void>)[] = []
  const readAll = async () => {
    await Promise.allSettled(readers.map((read) => read()))
    return registry.metrics()
  }
  /** Whoever asks meanwhile gets the same. */
  let reading: Promise<string> | null = null
  return {
    add: (name, labels, by) => made.get(name)?.inc({ ...labels }, by),
    time: (labels, taken) => seconds.observe(labels, taken),
    read(helps, read) {
      const gauges = new Map<string, Gauge>()
      readers.push(async () => {
        // Gone first: what cannot be read now is left out, and not told as it was.
        for (const name of gauges.keys()) registry.removeSingleMetric(`wuse_${name}`)
        gauges.clear()
        const readings = Object.entries(await read()) as [keyof typeof helps, Reading][]
        for (const [name, reading] of readings) {
          if (reading === null) continue
          const rows = typeof reading === 'number' ? [{ labels: {}, value: reading }] : reading
          const gauge = new Gauge({
            name: `wuse_${name}`,
            help: helps[name],
            labelNames: [...new Set(rows.flatMap(({ labels }) => Object.keys(labels)))],
            registers,
          })
          gauges.set(name, gauge)
          for (const { labels, value } of rows) gauge.set({ ...labels }, value)
        }
      })
    },
    text() {
      reading ??= readAll().finally(() => (reading = null))
      return reading
    },
  }
}
