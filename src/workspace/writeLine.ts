/** The command line that writes a text to a file. A here-document always ends in a new line, so a text without one is printed. */
export function writeLine(path: string, text: string): string {
  if (text !== '' && !text.endsWith('\n')) return `printf %s ${quoted(text)} > ${word(path)}`
  let end = 'EOF_ORRERY'
  while (text.split('\n').includes(end)) end += '_'
  return `cat > ${word(path)} <<'${end}'\n${text}${end}`
}

/** A word as a shell reads it: quoted only where it must be. */
export function word(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : quoted(text)
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
