import type { Entity, World } from '../../../kernel/index.ts'
import { type ApiCall, defineOperation, type Operation, parseArn, refuse } from '../core/index.ts'
import { clusterId, definitionId, instanceId, serviceId, taskId } from './names.ts'
import type * as api from './types.generated.ts'

type Tagged = Entity & { readonly tags?: readonly api.Tag[] }

/** The operations about tags. Models: ECS API TagResource */
export const tagOperations: readonly Operation[] = [
  defineOperation<api.ListTagsForResourceRequest>('ListTagsForResource', ({ input, world }) => {
    const found = resource(world, input.resourceArn)
    return 'error' in found ? found : { output: { tags: found.entity.tags ?? [] } }
  }),
  defineOperation<api.TagResourceRequest>('TagResource', (call) =>
    retag(call, (tags) => [
      ...tags.filter(({ key }) => !call.input.tags.some((tag) => tag.key === key)),
      ...call.input.tags,
    ]),
  ),
  defineOperation<api.UntagResourceRequest>('UntagResource', (call) =>
    retag(call, (tags) => tags.filter(({ key = '' }) => !call.input.tagKeys.includes(key))),
  ),
]

function retag(
  { input, world }: ApiCall<{ readonly resourceArn: string }>,
  change: (tags: readonly api.Tag[]) => readonly api.Tag[],
) {
  const found = resource(world, input.resourceArn)
  if ('error' in found) return found
  const { entity } = found
  const tags = change(entity.tags ?? [])
  if (tags.length > 50) return refuse('InvalidParameterException', 'Too many tags. At most 50 are allowed.')
  const type = entity.kind === 'aws.ecs.Task' || entity.kind === 'aws.ecs.TaskDefinition' ? 'Tagged' : 'Updated'
  return { output: {}, emit: [{ to: entity.id, type, data: { tags } }] }
}

function resource(world: World, text: string): { readonly entity: Tagged } | ReturnType<typeof refuse> {
  const arn = parseArn(text)
  if (arn?.service !== 'ecs') return refuse('InvalidParameterException', 'The specified ARN is not valid.')
  const [sort = '', a = '', b = ''] = arn.resource.split('/')
  const [family = '', revision = ''] = a.split(':')
  const ids: { readonly [sort: string]: string } = {
    cluster: clusterId(arn.region, a),
    service: serviceId(arn.region, b === '' ? 'default' : a, b === '' ? a : b),
    task: taskId(arn.region, b === '' ? 'default' : a, b === '' ? a : b),
    'container-instance': instanceId(arn.region, b === '' ? 'default' : a, b === '' ? a : b),
    'task-definition': definitionId(arn.region, family, Number(revision)),
    'capacity-provider': `aws.ecs.CapacityProvider/${arn.region}/${a}`,
  }
  const entity = world.get(ids[sort] ?? '')
  if (entity && entity.state !== 'INACTIVE') return { entity }
  return sort === 'cluster'
    ? refuse('ClusterNotFoundException', 'Cluster not found.')
    : refuse('InvalidParameterException', 'The specified resource was not found.')
}
