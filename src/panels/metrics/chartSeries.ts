/** One line of a chart: a value for each of its times; `undefined` where there was none. */
export interface ChartSeries {
  readonly name: string
  readonly values: readonly (number | undefined)[]
}

/** What a chart shows, in words: for each line where it is now and between which values it ran. */
export function sayChart(label: string, series: readonly ChartSeries[], say: (value: number) => string): string {
  const lines = series.flatMap(({ name, values }) => {
    const known = values.filter((value) => value !== undefined)
    const last = known.at(-1)
    if (last === undefined) return []
    return [`${name} now ${say(last)}, between ${say(Math.min(...known))} and ${say(Math.max(...known))}`]
  })
  return `${label}: ${lines.length > 0 ? lines.join('; ') : 'no data yet'}`
}
