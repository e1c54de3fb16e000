const encoder = new TextEncoder()
const NAMED: { readonly [code: number]: string } = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
}

/** A path as git prints it: in C quotes with octal bytes when anything in it is unusual. */
export function quotedPath(path: string): string {
  if (/^[\x20\x21\x23-\x5b\x5d-\x7e]*$/.test(path)) return path
  let out = ''
  for (const byte of encoder.encode(path)) {
    const named = NAMED[byte]
    if (named) out += named
    else if (byte < 32 || byte > 126) out += `\\${byte.toString(8).padStart(3, '0')}`
    else out += String.fromCharCode(byte)
  }
  return `"${out}"`
}

/** As in a short status: a path with a space is quoted too. */
export function quotedName(path: string): string {
  const quoted = quotedPath(path)
  return quoted.startsWith('"') || !path.includes(' ') ? quoted : `"${path}"`
}
