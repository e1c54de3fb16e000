import { type Files, resolvePath } from '../../../../shell/index.ts'
import { base64Of } from './base64.ts'
import { unreadable } from './cliError.ts'

/** Where an option's `file://` is read from. */
export interface Reading {
  readonly files: Files
  readonly cwd: string
  readonly home: string
  /** `--cli-binary-format raw-in-base64-out`: blobs are written as they are. */
  readonly raw: boolean
}

/** A word, or the text of the file that it names as `file://` or `fileb://`. Blobs come out in base64. Models: awscli/paramfile.py. */
export function parameterFile(word: string, option: string, reading: Reading, blob: boolean): string {
  const [, binary, name] = /^file(b?):\/\/(.*)$/s.exec(word) ?? []
  if (name === undefined) return blob && reading.raw ? base64Of(word) : word
  const path = name.startsWith('~/') ? `${reading.home}${name.slice(1)}` : name
  const found = reading.files.read(resolvePath(reading.cwd, path))
  if ('error' in found) {
    const number = found.error === 'Is a directory' ? 21 : found.error === 'Not a directory' ? 20 : 2
    throw unreadable(option, `Unable to load paramfile ${word}: [Errno ${number}] ${found.error}: '${path}'`)
  }
  return blob && (binary === 'b' || reading.raw) ? base64Of(found.text) : found.text
}
