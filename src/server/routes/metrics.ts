/** Counters for whoever keeps the server running, in Prometheus' text format. Names and numbers, never a person. */

type Labels = Readonly<Record<string, string | number>>

export interface Metrics {
  add(name: string, labels: Labels, by: number): void
  /** Asked at each reading. */
  gauge(name: string, read: () => number): void
  text(): string
}

const help: Readonly<Record<string, string>> = {
  requests_total: 'Requests by route pattern and status',
  mutations_total: 'Pushed mutations by outcome',
  pull_bytes_total: 'Bytes of pulled lines before compression',
  event_listeners: 'Devices that listen for pokes',
}

export function createMetrics(): Metrics {
  const counters = new Map<string, Map<string, number>>()
  const gauges = new Map<string, () => number>()
  return {
    add(name, labels, by) {
      const series = counters.get(name) ?? new Map<string, number>()
      counters.set(name, series)
      const key = labelsToText(labels)
      series.set(key, (series.get(key) ?? 0) + by)
    },
    gauge: (name, read) => void gauges.set(name, read),
    text() {
      const lines: string[] = []
      const begin = (name: string, type: string) =>
        lines.push(`# HELP wuse_${name} ${help[name] ?? name}`, `# TYPE wuse_${name} ${type}`)
      for (const [name, series] of counters) {
        begin(name, 'counter')
        for (const [labels, value] of series) lines.push(`wuse_${name}${labels} ${value}`)
      }
      for (const [name, read] of gauges) {
        begin(name, 'gauge')
        lines.push(`wuse_${name} ${read()}`)
      }
      return `${lines.join('\n')}\n`
    },
  }
}

/** Values are route patterns, methods and codes of our own: nothing in them needs escaping. */
function labelsToText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`)
  return pairs.length > 0 ? `{${pairs.join(',')}}` : ''
}
