import type { CliCommand } from '../core/index.ts'
import { password } from './authorization.ts'
import { registryHost } from './repository.ts'

/** What the tool makes of GetAuthorizationToken for docker. Models: awscli/customizations/ecr.py */
export const commands: readonly CliCommand[] = [
  {
    name: 'get-login-password',
    summary: 'To log in to an Amazon ECR registry: print a password for docker login',
    flags: [],
    run(ask) {
      ask.must('ecr', 'GetAuthorizationToken', {})
      return { exit: 0, stdout: `${password(ask.world, ask.region).text}\n` }
    },
  },
  {
    name: 'get-login',
    summary: 'Print a docker login command',
    flags: [
      { name: 'registry-ids', value: 'string', many: true, says: 'account ids of the registries' },
      { name: 'no-include-email', says: 'leave out the -e flag, which docker has no longer' },
      { name: 'include-email', says: 'print the -e flag' },
    ],
    run(ask) {
      ask.must('ecr', 'GetAuthorizationToken', {})
      const email = ask.has('no-include-email') ? '' : ' -e none'
      return {
        exit: 0,
        stdout: `docker login -u AWS -p ${password(ask.world, ask.region).text}${email} https://${registryHost(ask.region)}\n`,
      }
    },
  },
]
