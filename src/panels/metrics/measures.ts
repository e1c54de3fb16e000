import type { Load } from '../../host/views/index.ts'

/** Something that is measured of many things. */
export interface Measure {
  readonly id: 'rate' | 'p95' | 'errors' | 'cpu' | 'memory'
  readonly label: string
  readonly of: (load: Load) => number | undefined
  readonly say: (value: number) => string
}

/** What the charts can show. CPU and memory are the first and the second meter of a thing, whatever they are called there. */
export const measures: readonly Measure[] = [
  {
    id: 'rate',
    label: 'Requests',
    of: ({ rate }) => rate,
    say: (value) => `${value >= 10 ? Math.round(value) : value.toFixed(1)}/s`,
  },
  {
    id: 'p95',
    label: 'p95',
    of: ({ p95 }) => p95,
    say: (value) => (value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${Math.round(value)} ms`),
  },
  { id: 'errors', label: 'Errors', of: ({ errors }) => errors, say: (value) => `${(value * 100).toFixed(1)}%` },
  { id: 'cpu', label: 'CPU', of: (load) => share(load, 0) ?? load.busy, say: percent },
  { id: 'memory', label: 'Memory', of: (load) => share(load, 1), say: percent },
]

function share({ meters }: Load, at: number): number | undefined {
  const meter = meters[at]
  return meter && meter.of > 0 ? meter.used / meter.of : undefined
}

function percent(value: number): string {
  return `${Math.round(value * 100)}%`
}
