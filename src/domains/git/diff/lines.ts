/** The lines of a text, each with its newline; the last may lack it. */
export function linesOf(text: string): readonly string[] {
  if (text === '') return []
  const lines = text.split('\n')
  const last = lines.pop() as string
  const whole = lines.map((line) => `${line}\n`)
  return last === '' ? whole : [...whole, last]
}

/** Whether git takes a text for binary: a NUL among its first 8000 characters. */
export function isBinary(text: string): boolean {
  const at = text.indexOf('\0')
  return at >= 0 && at < 8000
}
