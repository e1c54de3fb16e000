/** How well `query` fits `text`, with the places of the matched letters; undefined if its letters do not occur in order. Higher is better:
 *  whole runs and starts of words count most, short texts before long ones. An empty query fits everything at 0. */
export function fuzzy(query: string, text: string): FuzzyFit | undefined {
  const wanted = query.toLowerCase().replace(/\s+/g, '')
  if (wanted === '') return { score: 0, places: [] }
  const lower = text.toLowerCase()
  let best: FuzzyFit | undefined
  for (let start = lower.indexOf(wanted.charAt(0)); start >= 0; start = lower.indexOf(wanted.charAt(0), start + 1)) {
    const fit = fitFrom(start, wanted, lower, text)
    if (fit && (!best || fit.score > best.score)) best = fit
  }
  return best
}

export interface FuzzyFit {
  readonly score: number
  readonly places: readonly number[]
}

function fitFrom(start: number, wanted: string, lower: string, text: string): FuzzyFit | undefined {
  const places: number[] = []
  let score = 0
  let from = start
  for (const letter of wanted) {
    const place = lower.indexOf(letter, from)
    if (place < 0) return undefined
    const previous = places.at(-1)
    if (previous !== undefined && place === previous + 1) score += 6
    else if (startsWord(text, place)) score += 5
    else score -= Math.min(4, place - (previous ?? place))
    places.push(place)
    from = place + 1
  }
  return { score: score + (start === 0 ? 3 : 0) - text.length * 0.02, places }
}

function startsWord(text: string, place: number): boolean {
  if (place === 0) return true
  const before = text.charAt(place - 1)
  return /[\s/:._-]/.test(before) || (/[a-z]/.test(before) && /[A-Z]/.test(text.charAt(place)))
}
