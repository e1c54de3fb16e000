/** Whether an address lies in a block; either may be IPv4 or IPv6, a block without a length is one address. */
export function insideCidr(address: string, block: string): boolean {
  const [base = '', length] = block.split('/')
  const [a, b] = [bits(address), bits(base)]
  if (a === undefined || b === undefined || a.length !== b.length) return false
  const count = length === undefined ? a.length : Number(length)
  return Number.isInteger(count) && count >= 0 && count <= a.length && a.slice(0, count) === b.slice(0, count)
}

function bits(address: string): string | undefined {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) {
    const parts = address.split('.').map(Number)
    return parts.some((part) => part > 255)
      ? undefined
      : parts.map((part) => part.toString(2).padStart(8, '0')).join('')
  }
  if (!address.includes(':')) return undefined
  const last = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address)
  const tail = last ? bits(last[2] ?? '') : undefined
  const text = last && tail !== undefined ? `${last[1]}${hex(tail.slice(0, 16))}:${hex(tail.slice(16))}` : address
  const [left = '', right, more] = text.split('::')
  if (more !== undefined) return undefined
  const head = left === '' ? [] : left.split(':')
  const end = right === undefined || right === '' ? [] : right.split(':')
  const gap = right === undefined ? 0 : 8 - head.length - end.length
  if (gap < 0 || (right === undefined && head.length !== 8)) return undefined
  const groups = [...head, ...Array.from({ length: gap }, () => '0'), ...end]
  if (groups.length !== 8 || groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('')
}

function hex(sixteen: string): string {
  return Number.parseInt(sixteen, 2).toString(16)
}
