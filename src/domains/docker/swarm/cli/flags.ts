import { type Ask, misuse } from '../../cli/ask.ts'
import { bytesOf, durationOf } from '../../cli/units.ts'

/** ms of a flag; refuses what is no duration in the words of Go's flag package. */
export function checkedDuration(ask: Ask, name: string): number | undefined {
  const text = ask.text(name)
  if (text === undefined) return undefined
  const ms = durationOf(text)
  if (ms === undefined)
    throw misuse(ask.command, `invalid argument "${text}" for "--${name}" flag: time: invalid duration "${text}"`)
  return ms
}

/** Thousandths of a core of a flag. */
export function checkedCpus(ask: Ask, name: string): number | undefined {
  const text = ask.text(name)
  if (text === undefined) return undefined
  if (!/^\d*\.?\d+$/.test(text))
    throw misuse(
      ask.command,
      `invalid argument "${text}" for "--${name}" flag: failed to parse ${text} as a rational number`,
    )
  return Math.round(Number(text) * 1000)
}

/** Bytes of a flag. */
export function checkedBytes(ask: Ask, name: string): number | undefined {
  const text = ask.text(name)
  if (text === undefined) return undefined
  const bytes = bytesOf(text)
  if (bytes === undefined)
    throw misuse(ask.command, `invalid argument "${text}" for "--${name}" flag: invalid size: '${text}'`)
  return bytes
}

/** A whole number that is not negative. */
export function checkedCount(ask: Ask, name: string): number | undefined {
  const text = ask.text(name)
  if (text === undefined) return undefined
  if (!/^\d+$/.test(text))
    throw misuse(
      ask.command,
      `invalid argument "${text}" for "--${name}" flag: strconv.ParseUint: parsing "${text}": invalid syntax`,
    )
  return Number(text)
}
