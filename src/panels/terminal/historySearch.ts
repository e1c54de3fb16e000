/** The latest line before `below` that holds the query: what Ctrl+R finds, and finds again. */
export function searchHistory(
  history: readonly string[],
  query: string,
  below = history.length,
): { readonly at: number; readonly line: string } | undefined {
  if (query === '') return undefined
  const current = history[below]
  for (let at = Math.min(below, history.length) - 1; at >= 0; at--) {
    const line = history[at] as string
    if (line.includes(query) && line !== current) return { at, line }
  }
  return undefined
}
