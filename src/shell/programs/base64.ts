import { readOptions } from '../options.ts'
import { fail, type Program } from '../program.ts'
import { readInputs } from './inputs.ts'

/** Models: GNU coreutils base64. */
export const base64: Program = {
  name: 'base64',
  summary: 'Base64 encode or decode FILE, or standard input, to standard output.',
  usage: '[OPTION]... [FILE]',
  flags: [
    { name: 'decode', short: 'd', says: 'decode data' },
    { short: 'D', says: 'decode data, as on macOS' },
    { name: 'ignore-garbage', short: 'i', says: 'when decoding, ignore non-alphabet characters' },
    {
      name: 'wrap',
      short: 'w',
      value: 'COLS',
      says: 'wrap encoded lines after COLS character (default 76); 0 disables',
    },
  ],
  run(call) {
    const options = readOptions(this, call.argv)
    if ('exit' in options) return options
    const { inputs, errors } = readInputs(call, 'base64', options.operands.slice(0, 1))
    if (errors !== '') return fail(errors.trimEnd())
    const text = inputs[0]?.text ?? ''
    if (options.given['decode'] || options.given['D']) {
      const clean = text.replace(options.given['ignore-garbage'] ? /[^A-Za-z0-9+/=]/g : /\s/g, '')
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(clean) || clean.length % 4 === 1)
        return { exit: 1, stdout: decode(clean.replace(/[^A-Za-z0-9+/].*$/s, '')), stderr: 'base64: invalid input\n' }
      return { exit: 0, stdout: decode(clean) }
    }
    const wrap = Number(options.given['wrap'] ?? 76)
    if (!Number.isInteger(wrap) || wrap < 0) return fail(`base64: invalid wrap size: '${options.given['wrap']}'`)
    const encoded = btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    if (wrap === 0) return { exit: 0, stdout: encoded }
    return {
      exit: 0,
      stdout: (encoded.match(new RegExp(`.{1,${wrap}}`, 'g')) ?? []).map((line) => `${line}\n`).join(''),
    }
  },
}

function decode(text: string): string {
  const whole = text.replace(/=+$/, '')
  const usable = whole.length % 4 === 1 ? whole.slice(0, -1) : whole
  return new TextDecoder().decode(Uint8Array.from(atob(usable), (c) => c.charCodeAt(0)))
}
