/** A block of IPv4 addresses: its first one as a number, and how many there are. */
export interface Block {
  readonly first: number
  readonly size: number
}

/** Reads `10.0.0.0/16`; undefined when it is none. */
export function blockOf(text: string): Block | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text)
  if (!match) return undefined
  const parts = match.slice(1).map(Number)
  const [a = 0, b = 0, c = 0, d = 0, length = 0] = parts
  if ([a, b, c, d].some((part) => part > 255) || length > 32) return undefined
  const size = 2 ** (32 - length)
  const address = ((a * 256 + b) * 256 + c) * 256 + d
  return { first: Math.floor(address / size) * size, size }
}

/** A number as an address. */
export function addressOf(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')
}

/** Whether an address lies in a block. */
export function contains(block: string, address: string): boolean {
  const outer = blockOf(block)
  const inner = blockOf(address.includes('/') ? address : `${address}/32`)
  return outer !== undefined && inner !== undefined && within(outer, inner)
}

export function within(outer: Block, inner: Block): boolean {
  return inner.first >= outer.first && inner.first + inner.size <= outer.first + outer.size
}

export function overlap(a: Block, b: Block): boolean {
  return a.first < b.first + b.size && b.first < a.first + a.size
}
