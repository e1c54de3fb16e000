/**
 * An amount of a resource: `unscaled * 10^scale`, with the notation it was written in. Immutable; a text that was already
 * canonical (by the parser's quick test) is kept and printed unchanged, as upstream does.
 * Models: staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go (and amount.go, scale_int.go, suffix.go)
 */
export class Quantity {
  readonly unscaled: bigint
  readonly scale: number
  readonly format: QuantityFormat
  /** True when upstream would hold the amount in arbitrary precision rather than in an int64. */
  readonly wide: boolean
  private text: string | undefined
  private units: number | undefined
  private thousandths: number | undefined

  constructor(unscaled: bigint, scale: number, format: QuantityFormat, wide = false, text?: string) {
    this.unscaled = unscaled
    this.scale = scale
    this.format = format
    this.wide = wide
    this.text = text
  }

  /** The text that the API server would print. */
  toString(): string {
    if (this.text === undefined) this.text = render(this)
    return this.text
  }

  /** The amount in whole units, rounded away from zero. Exact up to 2^53. */
  get integer(): number {
    if (this.units === undefined) this.units = Number(scaledValue(this, 0))
    return this.units
  }

  /** The amount in thousandths, rounded away from zero. Exact up to 2^53. */
  get milli(): number {
    if (this.thousandths === undefined) this.thousandths = Number(scaledValue(this, -3))
    return this.thousandths
  }
}

/** The three notations: `12Mi`, `12M`, `12e6`. */
export type QuantityFormat = 'BinarySI' | 'DecimalSI' | 'DecimalExponent'

/** What a refused text is refused with: the API server's own words. */
export const quantityErrors = {
  form: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  number: 'unable to parse numeric part of quantity',
  suffix: "unable to parse quantity's suffix",
} as const

/** Parses a text, or says why not in the API server's words. Answers are remembered by text. */
export function readQuantity(text: string | number): { ok: true; quantity: Quantity } | { ok: false; error: string } {
  const key = typeof text === 'number' ? numberText(text) : text
  let answer = memo.get(key)
  if (answer === undefined) {
    const parsed = parse(key)
    answer = typeof parsed === 'string' ? { ok: false, error: parsed } : { ok: true, quantity: parsed }
    if (memo.size >= MEMO_LIMIT) memo.clear()
    memo.set(key, answer)
  }
  return answer
}

/** Parses a text as `readQuantity` does; undefined when it is not a quantity. */
export function parseQuantity(text: string | number): Quantity | undefined {
  const answer = readQuantity(text)
  return answer.ok ? answer.quantity : undefined
}

/** The canonical text: no precision lost, no fraction, the largest suffix. */
export function canonical(quantity: Quantity): string {
  return quantity.toString()
}

/** Whole units, rounded away from zero (`Value()`); 0 when an int64 cannot hold it, as upstream. */
export function integerValue(quantity: Quantity): number {
  return quantity.integer
}

/** Thousandths, rounded away from zero (`MilliValue()`): millicores of a CPU quantity. */
export function milliValue(quantity: Quantity): number {
  return quantity.milli
}

/** `ceil(quantity / 10^scale)` in an int64, exactly as `ScaledValue` computes it, overflow included. */
export function scaledValue(quantity: Quantity, scale: number): bigint {
  const { unscaled, scale: own, wide } = quantity
  const shift = own - scale
  if (unscaled === 0n) return 0n
  if (shift === 0) return wide ? BigInt.asIntN(64, unscaled) : unscaled
  if (shift > 0) {
    if (shift > 19 && !wide) return 0n
    const result = (wide ? BigInt.asIntN(64, unscaled) : unscaled) * power(Math.min(shift, 19))
    if (wide) return BigInt.asIntN(64, result)
    return result > MAX_INT64 || result < MIN_INT64 ? 0n : result
  }
  if (-shift > digits(unscaled)) return unscaled > 0n ? 1n : wide ? 0n : -1n
  const divisor = power(-shift)
  const quotient = unscaled / divisor
  if (unscaled % divisor === 0n) return BigInt.asIntN(64, quotient)
  return BigInt.asIntN(64, unscaled > 0n ? quotient + 1n : wide ? quotient : quotient - 1n)
}

/** -1, 0 or 1 as `a` is less than, equal to or greater than `b`. */
export function compareQuantity(a: Quantity, b: Quantity): -1 | 0 | 1 {
  if (a.scale === b.scale) return order(a.unscaled, b.unscaled)
  const signs = order(sign(a), sign(b))
  if (signs !== 0 || a.unscaled === 0n) return signs
  const magnitude = digits(a.unscaled) + a.scale - digits(b.unscaled) - b.scale
  if (Math.abs(magnitude) > 1) return magnitude > 0 === a.unscaled > 0n ? 1 : -1
  const low = Math.min(a.scale, b.scale)
  return order(a.unscaled * power(a.scale - low), b.unscaled * power(b.scale - low))
}

/** `a + b`, in the notation of `a` unless `a` is zero. */
export function addQuantity(a: Quantity, b: Quantity): Quantity {
  return sum(a, b, b.unscaled)
}

/** `a - b`, in the notation of `a` unless `a` is zero. */
export function subQuantity(a: Quantity, b: Quantity): Quantity {
  return sum(a, b, -b.unscaled)
}

/** A quantity of `value * 10^scale`; `scale` -3 makes millicores. `value` must be an integer. */
export function quantityOf(value: number | bigint, format: QuantityFormat = 'DecimalSI', scale = 0): Quantity {
  return new Quantity(BigInt(value), scale, format)
}

/** The canonical text of an integer in the given notation: `formatQuantity(1073741824, 'BinarySI')` is `1Gi`. */
export function formatQuantity(value: number | bigint, format: QuantityFormat = 'DecimalSI', scale = 0): string {
  return quantityOf(value, format, scale).toString()
}

/** Powers of ten; far beyond any amount that is meant. */
const MAX_SPREAD = 5000
const MEMO_LIMIT = 20_000
const MAX_INT64 = 2n ** 63n - 1n
const MIN_INT64 = -(2n ** 63n)
const memo = new Map<string, { ok: true; quantity: Quantity } | { ok: false; error: string }>()
const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }
const binary: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 }
const decimalByExponent = new Map(Object.entries(decimal).map(([suffix, exponent]) => [exponent, suffix]))
const binaryByExponent = new Map(Object.entries(binary).map(([suffix, exponent]) => [exponent, suffix]))
const powers: bigint[] = [1n]

function power(exponent: number): bigint {
  if (exponent > 64) return 10n ** BigInt(exponent)
  while (powers.length <= exponent) powers.push((powers.at(-1) ?? 1n) * 10n)
  return powers[exponent] ?? 1n
}

function digits(value: bigint): number {
  return (value < 0n ? -value : value).toString().length
}

function order(a: bigint | number, b: bigint | number): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0
}

function sign(quantity: Quantity): number {
  return order(quantity.unscaled, 0n)
}

function sum(a: Quantity, b: Quantity, other: bigint): Quantity {
  const format = a.unscaled === 0n ? b.format : a.format
  if (other === 0n) return new Quantity(a.unscaled, a.scale, format, a.wide)
  if (a.unscaled === 0n) return new Quantity(other, b.scale, format, b.wide)
  // Unlike Kubernetes, which would try: amounts so far apart that their sum has thousands of digits are not spelled out.
  if (Math.abs(a.scale - b.scale) > MAX_SPREAD)
    return a.scale > b.scale ? a : new Quantity(other, b.scale, format, b.wide)
  const low = Math.min(a.scale, b.scale)
  const total = a.unscaled * power(a.scale - low) + other * power(b.scale - low)
  return new Quantity(total, low, format, a.wide || b.wide || total > MAX_INT64 || total < MIN_INT64)
}

/** JSON numbers reach the parser as they were printed: Go and JavaScript agree but for exponents' plus sign and zeros. */
function numberText(value: number): string {
  return Object.is(value, -0) ? '0' : String(value)
}

/** Upstream's scanner is laxer than the expression in its error: `.`, `-` and a bare suffix are zero. */
function parse(text: string): Quantity | string {
  if (text === '') return quantityErrors.form
  if (text === '0') return new Quantity(0n, 0, 'DecimalSI', false, text)
  const scanned = /^([+-]?)(0*)([0-9]*)/.exec(text)
  const negative = scanned?.[1] === '-'
  const head = scanned?.[0] ?? ''
  const whole = scanned?.[3] || '0'
  const fraction = head.length < text.length ? /^\.([0-9]*)/.exec(text.slice(head.length)) : null
  const places = fraction?.[1] ?? ''
  const suffix = text.slice(head.length + (fraction?.[0].length ?? 0))
  if (!/^[eEinumkKMGTP]*[-+]?[0-9]*$/.test(suffix)) return quantityErrors.form

  const unit = interpret(suffix)
  if (unit === undefined) return quantityErrors.suffix
  const { exponent, format } = unit
  const binarySuffix = format === 'BinarySI'
  const room = !binarySuffix
    ? 18 - whole.length - places.length
    : places === ''
      ? 15 - whole.length - Math.trunc((exponent * 3) / 10) - 1
      : -1
  const shifted = whole + places
  const scale = (binarySuffix ? 0 : exponent) - places.length
  if (room >= 0 && scale >= -9) {
    const number = BigInt(shifted)
    const value = binarySuffix ? number << BigInt(exponent) : number
    const keep = binarySuffix
      ? exponent % 10 === 0 && (number & 7n) !== 0n
      : scale % 3 === 0 && !shifted.endsWith('000') && !shifted.startsWith('0')
    return new Quantity(negative ? -value : value, scale, format, false, keep ? text : undefined)
  }
  if (text.slice(0, text.length - suffix.length).replace(/[+\-.]/g, '') === '') return quantityErrors.number

  let amount = BigInt(shifted)
  let amountScale = scale
  if (binarySuffix) {
    amount <<= BigInt(exponent)
    amountScale = -places.length
  }
  let shown: QuantityFormat = format
  if (amount !== 0n && amountScale < -9) {
    // Finer than a nano rounds up: who asks for something gets something.
    const excess = -9 - amountScale
    const divisor = excess > shifted.length + 20 ? undefined : power(excess)
    amount = divisor === undefined ? 1n : (amount + divisor - 1n) / divisor
    amountScale = -9
  }
  if (binarySuffix) {
    const one = power(-amountScale)
    if (amount > MAX_INT64 * one) {
      amount = MAX_INT64
      amountScale = 0
    }
    if (amount > 0n && amount < power(-amountScale)) shown = 'DecimalSI'
  }
  return new Quantity(negative ? -amount : amount, amountScale, shown, true)
}

function interpret(suffix: string): { exponent: number; format: QuantityFormat } | undefined {
  const si = decimal[suffix]
  if (si !== undefined) return { exponent: si, format: 'DecimalSI' }
  const bits = binary[suffix]
  if (bits !== undefined) return { exponent: bits, format: 'BinarySI' }
  if (!/^[eE][-+]?[0-9]+$/.test(suffix)) return undefined
  const exponent = BigInt(suffix.slice(1).replace('+', ''))
  if (exponent > MAX_INT64 || exponent < MIN_INT64) return undefined
  return { exponent: Number(BigInt.asIntN(32, exponent)), format: 'DecimalExponent' }
}

function render(quantity: Quantity): string {
  const { unscaled, scale } = quantity
  if (unscaled === 0n) return '0'
  if (quantity.format === 'BinarySI') {
    const exact = scale >= 0 || (-scale <= digits(unscaled) && unscaled % power(-scale) === 0n)
    const value = exact ? (scale >= 0 ? unscaled * power(scale) : unscaled / power(-scale)) : 0n
    if (exact && (value >= 1024n || value <= -1024n)) return renderBinary(value)
  }
  let amount = unscaled
  let exponent = scale
  while (amount % 10n === 0n) {
    amount /= 10n
    exponent++
  }
  while (exponent % 3 !== 0) {
    amount *= 10n
    exponent--
  }
  // Unlike a fresh mind would: beyond `E` 1.35 has no suffix and prints none (mended upstream later).
  if (quantity.format !== 'DecimalExponent') return amount + (decimalByExponent.get(exponent) ?? '')
  return exponent === 0 ? amount.toString() : `${amount}e${exponent}`
}

function renderBinary(value: bigint): string {
  let amount = value
  let exponent = 0
  while (amount % 1024n === 0n) {
    amount /= 1024n
    exponent += 10
  }
  return amount + (binaryByExponent.get(exponent) ?? '')
}
