import type { World } from '../../../kernel/index.ts'
import type { ObjectEntity } from '../object/object.ts'

/** What has to be edited for a pod to become another: the workload whose template it is of, or the bare pod itself. */
export interface TemplateOwner {
  readonly entity: ObjectEntity
  /** `deployment/web -n shop`, as commands take it. */
  readonly at: string
  /** Whether it has a template, so that its pods are made anew. */
  readonly template: boolean
}

/** The topmost owner of a pod with a template of its own; undefined when that cannot be changed (a Job). */
export function ownerOf(pod: ObjectEntity, world: World): TemplateOwner | undefined {
  let entity = pod
  for (let i = 0; i < 4 && entity.owner !== undefined; i++) {
    const owner = world.get(entity.owner) as ObjectEntity | undefined
    if (!owner?.metadata) break
    entity = owner
  }
  const kind = entity.kind.slice('k8s.'.length)
  const at = `${kind.toLowerCase()}/${entity.metadata.name} -n ${entity.metadata.namespace}`
  if (kind === 'Pod') return { entity, at, template: false }
  return ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].includes(kind)
    ? { entity, at, template: true }
    : undefined
}

/** The line that patches the pod spec of an owner's template, or of the pod itself. */
export function patchLine(owner: TemplateOwner, spec: object): string {
  const patch = owner.template ? { spec: { template: { spec } } } : { spec }
  return `kubectl patch ${owner.at} --type=merge -p '${JSON.stringify(patch).replaceAll("'", "'\\''")}'`
}
