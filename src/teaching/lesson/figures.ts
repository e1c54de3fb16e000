/** A figure in a text, as it is written there. */
const MARK = /\{(fact|given):([^{}]{1,80})\}/g

/** Facts of the simulation as words, by name: `k8s.nodeMonitorGrace` is "50 seconds". */
export type Facts = Readonly<Record<string, string>>

/** A text with its figures written out; a fact that is not known stays as it is. */
export function withFigures(text: string, facts: Facts): string {
  return text.replaceAll(MARK, (whole, sort: string, what: string) =>
    sort === 'given' ? what.trim() : Object.hasOwn(facts, what.trim()) ? (facts[what.trim()] as string) : whole,
  )
}

const UNITS =
  'ms|milliseconds?|s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|days?|%|percent|per cent|[KMGT]i?B|[KMG]i|vCPUs?|CPUs?|millicores|requests a second|times'
const WORDS =
  'two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|hundred'
const BARE = new RegExp(`(?<![\\w.-])(\\d[\\d,.]*|${WORDS})[ -]?(?:${UNITS})(?![\\w-])`, 'gi')

/** What is wrong with the figures of a text: bare ones with a unit, facts that do not exist, given ones that `source` does not give. */
export function figureProblems(text: string, facts: Facts | undefined, source: string): readonly string[] {
  const problems: string[] = []
  for (const [, sort, what = ''] of text.matchAll(MARK)) {
    const name = what.trim()
    if (sort === 'fact') {
      if (facts && !Object.hasOwn(facts, name)) problems.push(`there is no fact ${name}`)
      continue
    }
    const number = /\d[\d.]*/.exec(name)?.[0]
    if (number === undefined) problems.push(`{given:${name}} has no number in it`)
    else if (!new RegExp(`(?<![\\d.])${number.replaceAll('.', '\\.')}(?![\\d])`).test(source))
      problems.push(`${number} of {given:${name}} stands neither in the world of this lesson nor in its blocks`)
  }
  for (const [bare] of text
    .replaceAll(MARK, ' ')
    .replaceAll(/`[^`]*`/g, ' ')
    .matchAll(BARE))
    problems.push(`'${bare}' is a bare figure; make it {fact:...} or {given:${bare}}`)
  return problems
}
