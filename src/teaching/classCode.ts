/** Letters that cannot be mistaken for each other when read out or written on a board. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 5

/** A class's code from a number: five letters that name one set of variants. */
export function classCodeOf(number: number): string {
  let rest = Math.abs(Math.trunc(number)) % LETTERS.length ** LENGTH
  let text = ''
  for (let i = 0; i < LENGTH; i++) {
    text = (LETTERS[rest % LETTERS.length] ?? '') + text
    rest = Math.floor(rest / LETTERS.length)
  }
  return text
}

/** A code as it was meant: in capitals, with O and I as they look; undefined when it cannot be one. */
export function readClassCode(text: string): string | undefined {
  const code = text.trim().toUpperCase()
  return code.length === LENGTH && [...code].every((letter) => LETTERS.includes(letter)) ? code : undefined
}

/** The seed of one student's variant: the same for the same class, student and task, and near to nobody else's. 0 to 4095. */
export function variantOf(code: string, student: number, what: string): number {
  let hash = 0x811c9dc5
  for (const sign of `${code}/${student}/${what}`) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0
  return (hash ^ (hash >>> 13)) & 4095
}
