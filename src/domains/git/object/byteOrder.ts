/** Compares two texts as git compares names: by the bytes of their UTF-8, which is by code point. */
export function byteOrder(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const x = a.charCodeAt(at)
    const y = b.charCodeAt(at)
    if (x === y) continue
    const lone = (code: number): boolean => code >= 0xd800 && code < 0xe000
    return lone(x) === lone(y) ? x - y : lone(x) ? 1 : -1
  }
  return a.length - b.length
}
