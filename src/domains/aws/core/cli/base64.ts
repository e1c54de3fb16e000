const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The base64 of a text's UTF-8. */
export function base64Of(text: string): string {
  const bytes = new TextEncoder().encode(text)
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = [bytes[i], bytes[i + 1], bytes[i + 2]]
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0)
    out += `${SIGNS[bits >> 18]}${SIGNS[(bits >> 12) & 63]}${b === undefined ? '=' : SIGNS[(bits >> 6) & 63]}${c === undefined ? '=' : SIGNS[bits & 63]}`
  }
  return out
}

/** The text whose UTF-8 a base64 holds; undefined when it is none. */
export function textOfBase64(base64: string): string | undefined {
  const plain = base64.replace(/\s/g, '')
  if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) return undefined
  const bytes: number[] = []
  for (let i = 0; i < plain.length; i += 4) {
    const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 2, 3].map((n) => Math.max(0, SIGNS.indexOf(plain[i + n] ?? 'A')))
    const bits = (a << 18) | (b << 12) | (c << 6) | d
    bytes.push(bits >> 16)
    if (plain[i + 2] !== '=') bytes.push((bits >> 8) & 255)
    if (plain[i + 3] !== '=') bytes.push(bits & 255)
  }
  return new TextDecoder().decode(new Uint8Array(bytes))
}
