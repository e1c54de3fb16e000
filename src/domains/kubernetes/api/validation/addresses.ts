import type { Field } from './field.ts'

/** An address as its bytes, 4 or 16 of them; undefined when the text is no IP address. Leading zeros in IPv4 are taken, as Go's sloppy parser does. */
export function parseIp(text: string): readonly number[] | undefined {
  if (/^\d{1,}(\.\d+){3}$/.test(text)) {
    const parts = text.split('.').map(Number)
    return parts.every((part) => part <= 255) ? parts : undefined
  }
  return text.includes(':') ? parseIp6(text) : undefined
}

/** A CIDR as address bytes and prefix length; undefined when the text is none. */
export function parseCidr(text: string): { readonly bytes: readonly number[]; readonly length: number } | undefined {
  const slash = text.indexOf('/')
  if (slash < 0 || !/^\d{1,3}$/.test(text.slice(slash + 1))) return undefined
  const bytes = parseIp(text.slice(0, slash))
  const length = Number(text.slice(slash + 1))
  return bytes && length <= bytes.length * 8 ? { bytes, length } : undefined
}

/** Whether an address lies in a network of the same family. */
export function contains(
  network: { readonly bytes: readonly number[]; readonly length: number },
  ip: readonly number[],
): boolean {
  if (network.bytes.length !== ip.length) return false
  return ip.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, network.length - index * 8))
    const mask = (0xff << (8 - bits)) & 0xff
    return (byte & mask) === ((network.bytes[index] ?? 0) & mask)
  })
}

/** Models: IsValidIPForLegacyField. */
export function validateIp(field: Field): boolean {
  if (parseIp(field.text)) return true
  field.invalid('must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)', field.text)
  return false
}

/** Models: IsValidCIDRForLegacyField. */
export function validateCidr(field: Field, text = field.text): boolean {
  if (parseCidr(text)) return true
  field.invalid('must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)', text)
  return false
}

/** Models: ValidateEndpointIP: an address that traffic can be sent to. */
export function validateEndpointIp(field: Field): void {
  const ip = parseIp(field.text)
  if (!ip) {
    field.invalid('must be a valid IP address', field.text)
    return
  }
  const [a = 0, b = 0, c = 0] = ip
  const six = ip.length === 16
  const zeros = ip.slice(0, -1).every((byte) => byte === 0)
  if (zeros && ip[ip.length - 1] === 0) field.invalid(`may not be unspecified (${field.text})`)
  if (six ? zeros && ip[15] === 1 : a === 127) field.invalid('may not be in the loopback range (127.0.0.0/8, ::1/128)')
  if (six ? a === 0xfe && (b & 0xc0) === 0x80 : a === 169 && b === 254) {
    field.invalid('may not be in the link-local range (169.254.0.0/16, fe80::/10)')
  }
  if (six ? a === 0xff && (b & 0x0f) === 2 : a === 224 && b === 0 && c === 0) {
    field.invalid('may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)')
  }
}

function parseIp6(text: string): readonly number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const read = (half: string): number[] | undefined => {
    if (half === '') return []
    const out: number[] = []
    const groups = half.split(':')
    for (const [index, group] of groups.entries()) {
      if (group.includes('.') && index === groups.length - 1) {
        const four = parseIp(group)
        if (!four) return undefined
        out.push(...four)
      } else if (/^[0-9a-fA-F]{1,4}$/.test(group)) {
        const value = Number.parseInt(group, 16)
        out.push(value >> 8, value & 0xff)
      } else return undefined
    }
    return out
  }
  const head = read(halves[0] ?? '')
  const tail = halves.length === 2 ? read(halves[1] ?? '') : []
  if (!head || !tail) return undefined
  const missing = 16 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  return [...head, ...new Array<number>(missing).fill(0), ...tail]
}
