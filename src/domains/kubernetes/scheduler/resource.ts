import type { QuantityText } from './objects.ts'

/** A quantity's integer value, rounded up (bytes, pods, devices). Text that is no quantity counts as 0, as it cannot pass the API. */
export function integerOf(text: QuantityText | undefined): number {
  return text === undefined ? 0 : parsed(text).value
}

/** A quantity in thousandths, rounded up (millicores). */
export function milliOf(text: QuantityText | undefined): number {
  return text === undefined ? 0 : parsed(text).milli
}

interface Parsed {
  readonly value: number
  readonly milli: number
}

const memo = new Map<QuantityText, Parsed>()
const nothing: Parsed = { value: 0, milli: 0 }
const form = /^([+-]?)(\d*)(?:\.(\d*))?(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]?|[eE][+-]?\d+)$/
const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }
const binary: Readonly<Record<string, bigint>> = {
  Ki: 1n << 10n,
  Mi: 1n << 20n,
  Gi: 1n << 30n,
  Ti: 1n << 40n,
  Pi: 1n << 50n,
  Ei: 1n << 60n,
}

function parsed(text: QuantityText): Parsed {
  const known = memo.get(text)
  if (known) return known
  const fresh = parse(String(text))
  if (memo.size > 20_000) memo.clear()
  memo.set(text, fresh)
  return fresh
}

function parse(text: string): Parsed {
  const match = form.exec(text)
  if (!match) return nothing
  const [, sign, whole = '', fraction = '', suffix = ''] = match
  if (whole === '' && fraction === '') return nothing
  let digits = BigInt(`${whole}${fraction}`)
  let exponent = -fraction.length
  const factor = binary[suffix]
  if (factor !== undefined) digits *= factor
  else exponent += decimal[suffix] ?? Number.parseInt(suffix.slice(1), 10)
  if (sign === '-') digits = -digits
  return { value: scaled(digits, exponent), milli: scaled(digits, exponent + 3) }
}

/** digits * 10^exponent, rounded away from zero as upstream's `Value` and `MilliValue` do. */
function scaled(digits: bigint, exponent: number): number {
  if (exponent >= 0) return Number(digits * 10n ** BigInt(Math.min(exponent, 40)))
  const divisor = 10n ** BigInt(-exponent)
  const quotient = digits / divisor
  if (quotient * divisor === digits) return Number(quotient)
  return Number(digits < 0n ? quotient - 1n : quotient + 1n)
}

/** Whether the scheduler tracks a resource by name beyond cpu, memory, ephemeral-storage and pods. */
export function isScalarResource(name: string): boolean {
  return (
    isExtendedResource(name) ||
    name.startsWith('hugepages-') ||
    name.includes('kubernetes.io/') ||
    name.startsWith('attachable-volumes-')
  )
}

/** An extended resource: a domain of its own, outside kubernetes.io, and no quota name. */
export function isExtendedResource(name: string): boolean {
  return name.includes('/') && !name.includes('kubernetes.io/') && !name.startsWith('requests.')
}
