import type { Emission, Entity, World } from '../../../kernel/index.ts'
import { arnOf, defineOperation, hexId, type Operation, pageOf, recordKind, refuse } from '../core/index.ts'
import { findPipeline } from './pipeline.ts'
import type * as api from './types.generated.ts'

export const WEBHOOK = 'aws.codepipeline.Webhook'

/** An address by which a source outside of AWS tells a pipeline of new revisions. */
interface Webhook extends Entity {
  readonly region: string
  readonly item: api.ListWebhookItem
  /** Whether the outside source was told of it. */
  readonly registered: boolean
}

export const webhookKind = recordKind({ kind: WEBHOOK, noun: 'a webhook of a pipeline' })

/** Operations on webhooks. Models: AWS CodePipeline API, PutWebhook */
export const webhookOperations: readonly Operation[] = [
  defineOperation<api.PutWebhookInput>('PutWebhook', ({ input, world, region }) => {
    const { webhook: definition, tags } = input
    const problem = webhookProblem(definition, world, region)
    if (problem) return problem
    const id = webhookId(region, definition.name)
    const known = world.get(id) as Webhook | undefined
    const item: api.ListWebhookItem = {
      definition,
      url: known?.item.url ?? `https://${region}.webhooks.aws/trigger?t=${hexId(world, 64, id)}&v=1`,
      arn: arnOf('codepipeline', region, `webhook:${definition.name}`),
      tags: tags ?? known?.item.tags ?? [],
    }
    const emission: Emission = known
      ? { to: id, type: 'Changed', data: { item } }
      : { to: id, kind: WEBHOOK, type: 'Created', data: { region, item, registered: false } }
    return { output: { webhook: item }, emit: [emission] }
  }),
  defineOperation<api.ListWebhooksInput>('ListWebhooks', ({ input, world, region }) => {
    const all = [...world.all(WEBHOOK)].map((entity) => entity as Webhook).filter((one) => one.region === region)
    const { items, nextToken } = pageOf(all, input.NextToken, input.MaxResults ?? 100)
    return { output: { webhooks: items.map(({ item }) => item), NextToken: nextToken } }
  }),
  defineOperation<{ readonly name: string }>('DeleteWebhook', ({ input, world, region }) => {
    const id = webhookId(region, input.name)
    return { output: {}, emit: world.get(id) ? [{ to: id, type: 'Deleted' }] : [] }
  }),
  registration('RegisterWebhookWithThirdParty', true),
  registration('DeregisterWebhookWithThirdParty', false),
]

function registration(name: string, registered: boolean): Operation {
  return defineOperation<{ readonly webhookName?: string }>(name, ({ input, world, region }) => {
    const id = webhookId(region, input.webhookName ?? '')
    return world.get(id)
      ? { output: {}, emit: [{ to: id, type: 'Changed', data: { registered } }] }
      : refuse('WebhookNotFoundException', `Webhook with name '${input.webhookName ?? ''}' was not found`)
  })
}

function webhookId(region: string, name: string): string {
  return `${WEBHOOK}/${region}/${name}`
}

/** The pipeline must be there, and its authentication must be configured as its type wants it. */
function webhookProblem(definition: api.WebhookDefinition, world: World, region: string) {
  if (!findPipeline(world, region, definition.targetPipeline))
    return refuse(
      'PipelineNotFoundException',
      `The pipeline '${definition.targetPipeline}' of the webhook does not exist`,
    )
  const { AllowedIPRange, SecretToken } = definition.authenticationConfiguration
  if (definition.authentication === 'GITHUB_HMAC' && SecretToken === undefined)
    return refuse('InvalidWebhookAuthenticationParametersException', 'GITHUB_HMAC needs a SecretToken')
  if (definition.authentication === 'IP' && AllowedIPRange === undefined)
    return refuse('InvalidWebhookAuthenticationParametersException', 'IP needs an AllowedIPRange')
  if (definition.authentication === 'UNAUTHENTICATED' && (SecretToken ?? AllowedIPRange) !== undefined)
    return refuse('InvalidWebhookAuthenticationParametersException', 'UNAUTHENTICATED takes no configuration')
  return undefined
}
