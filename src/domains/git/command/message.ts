/** A message as it is kept: trailing space, outer and doubled blank lines go, and with `comments` lines that begin with `#`. */
export function cleanMessage(text: string, comments: boolean): string {
  const scissors = '# ------------------------ >8 ------------------------'
  const cut = comments ? text.indexOf(scissors) : -1
  const lines = (cut < 0 ? text : text.slice(0, cut))
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => !comments || !line.startsWith('#'))
  const kept: string[] = []
  for (const line of lines) if (line !== '' || (kept.length > 0 && kept[kept.length - 1] !== '')) kept.push(line)
  while (kept[kept.length - 1] === '') kept.pop()
  return kept.length === 0 ? '' : `${kept.join('\n')}\n`
}

/** Lines as comments of a message to be edited. */
export function commented(text: string): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line === '' ? '#' : line.startsWith('\t') ? `#${line}` : `# ${line}`))
    .join('\n')
}
