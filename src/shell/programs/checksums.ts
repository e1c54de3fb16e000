import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { readOptions } from '../options.ts'
import type { Program } from '../program.ts'
import { readInputs } from './inputs.ts'

function checksum(name: string, says: string, hash: (bytes: Uint8Array) => Uint8Array): Program {
  return {
    name,
    summary: `Print ${says} checksums.`,
    usage: '[OPTION]... [FILE]...',
    flags: [{ name: 'binary', short: 'b', says: 'read in binary mode' }],
    run(call) {
      const options = readOptions(this, call.argv)
      if ('exit' in options) return options
      const { inputs, errors } = readInputs(call, name, options.operands)
      const stdout = inputs
        .map((input) => `${bytesToHex(hash(new TextEncoder().encode(input.text)))}  ${input.name}\n`)
        .join('')
      return { exit: errors === '' ? 0 : 1, stdout, stderr: errors }
    },
  }
}

/** Models: GNU coreutils md5sum, sha1sum, sha256sum and sha512sum. */
export const checksums: readonly Program[] = [
  checksum('md5sum', 'MD5 (128-bit)', md5),
  checksum('sha1sum', 'SHA1 (160-bit)', sha1),
  checksum('sha256sum', 'SHA256 (256-bit)', sha256),
  checksum('sha512sum', 'SHA512 (512-bit)', sha512),
]
