import { EPOCH } from '../../../kernel/index.ts'
import { type CliCommand, hexId } from '../core/index.ts'

/**
 * `aws codecommit credential-helper get`: how git is given the credentials of the AWS CLI for HTTPS.
 * Models: awscli/customizations/codecommit.py. Unlike it, the password is no signature: the lab knows who calls without one.
 */
export const credentialHelper: CliCommand = {
  name: 'credential-helper',
  summary: 'Provide a SigV4 compatible user name and password for git smart HTTP',
  flags: [{ name: 'ignore-host-check', says: 'Optional parameter to allow to use with hosts that are not CodeCommit' }],
  operands: ['[<operation>]'],
  run(ask) {
    const [operation = 'get'] = ask.operands
    if (operation !== 'get') return { exit: 0 }
    const given = Object.fromEntries(
      (ask.call.stdin ?? '').split('\n').flatMap((line) => {
        const cut = line.indexOf('=')
        return cut < 0 ? [] : [[line.slice(0, cut), line.slice(cut + 1)]]
      }),
    )
    const host = given['host'] ?? ''
    if (!/^git-codecommit\.[\w-]+\.amazonaws\.com$/.test(host) && !ask.has('ignore-host-check')) return { exit: 0 }
    const { arn } = ask.principal
    const key = hexId(ask.world, 16, 'credential-helper', arn).toUpperCase()
    const stamp = new Date(EPOCH + ask.world.now).toISOString().slice(0, 19).replace(/[-:]/g, '')
    return { exit: 0, stdout: `username=AKIA${key}\npassword=${stamp}Z${hexId(ask.world, 64, arn, host)}\n` }
  },
}
