import type { Entity, World } from '../../../kernel/index.ts'
import { arnOf, defineOperation, type Operation, refuse } from '../core/index.ts'
import type * as api from './types.generated.ts'

export const CREDENTIALS = 'aws.codebuild.SourceCredentials'

/** An access to GitHub, Bitbucket or GitLab. The token itself is not kept: nothing ever shows it again. */
interface SourceCredentials extends Entity {
  readonly region: string
  readonly info: api.SourceCredentialsInfo
}

/** Operations on the accounts of source providers. Models: AWS CodeBuild API, ImportSourceCredentials */
export const credentialOperations: readonly Operation[] = [
  defineOperation<api.ImportSourceCredentialsInput>('ImportSourceCredentials', ({ input, world, region }) => {
    const { serverType, authType, username } = input
    if (authType === 'BASIC_AUTH' && serverType !== 'BITBUCKET')
      return refuse('InvalidInputException', `Auth type ${authType} is not supported for server type ${serverType}`)
    if (authType === 'BASIC_AUTH' && username === undefined)
      return refuse('InvalidInputException', 'Username is required for auth type BASIC_AUTH')
    const arn = arnOf('codebuild', region, `token/${serverType.toLowerCase().replaceAll('_', '-')}`)
    const id = `${CREDENTIALS}/${region}/${serverType}`
    const known = world.get(id)
    if (known && input.shouldOverwrite === false)
      return refuse('ResourceAlreadyExistsException', `Access token with server type ${serverType} already exists.`)
    const shown = authType === 'CODECONNECTIONS' || authType === 'SECRETS_MANAGER' ? { resource: input.token } : {}
    const data = { region, info: { arn, serverType, authType, ...shown } }
    return {
      output: { arn },
      emit: [known ? { to: id, type: 'Changed', data } : { to: id, kind: CREDENTIALS, type: 'Created', data }],
    }
  }),
  defineOperation<api.DeleteSourceCredentialsInput>('DeleteSourceCredentials', ({ input, world, region }) => {
    const found = credentialsIn(world, region).find(({ info }) => info.arn === input.arn)
    if (!found) return refuse('ResourceNotFoundException', `Source credentials ${input.arn} could not be found`)
    return { output: { arn: input.arn }, emit: [{ to: found.id, type: 'Deleted' }] }
  }),
  defineOperation<object>('ListSourceCredentials', ({ world, region }) => ({
    output: { sourceCredentialsInfos: credentialsIn(world, region).map(({ info }) => info) },
  })),
]

function credentialsIn(world: World, region: string): readonly SourceCredentials[] {
  return [...world.all(CREDENTIALS)].map((entity) => entity as SourceCredentials).filter((one) => one.region === region)
}
