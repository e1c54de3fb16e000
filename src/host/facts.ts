import type { Domain, Fact } from '../kernel/index.ts'

/** Figures of domains in words, by name. */
export function factWords(domains: readonly Domain[]): Readonly<Record<string, string>> {
  const facts = domains.flatMap((domain) => Object.entries(domain.facts ?? {}))
  return Object.fromEntries(facts.map(([name, fact]) => [name, factText(fact)]))
}

/** A figure as a person says it: "50 seconds", "5 minutes", "25 percent". */
export function factText(fact: Fact): string {
  if ('percent' in fact) return `${fact.percent} percent`
  if ('count' in fact) return String(fact.count)
  const { ms } = fact
  if (ms % 1000 !== 0) return `${ms} milliseconds`
  const [minutes, seconds] = [Math.floor(ms / 60_000), (ms % 60_000) / 1000]
  if (minutes === 0 || (minutes === 1 && seconds > 0)) return counted(ms / 1000, 'second')
  return [minutes > 0 ? counted(minutes, 'minute') : '', seconds > 0 ? counted(seconds, 'second') : '']
    .filter(Boolean)
    .join(' ')
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
