import type { World } from '../../../kernel/index.ts'
import type { ApiResource } from '../api/apiResource.ts'
import { formatSelector, type LabelSelector, selectorFromObject } from '../api/labels.ts'
import { byText, type Loose, objectAt, objectsAt, textAt } from '../api/loose.ts'
import { list } from '../apiserver/read.ts'
import { type Container, containersOf } from '../kubelet/container.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { Ask } from './ask.ts'
import { Problem, stop } from './problem.ts'
import { readOne } from './reading.ts'
import { resourceNamed, select } from './select.ts'

/** The pod that `POD` or `TYPE/NAME` means for exec, logs, attach and port-forward: of a workload, its first ready one. */
export function podNamed(ask: Ask, arg: string): ObjectEntity {
  const cut = arg.indexOf('/')
  const resource = resourceNamed(ask, cut < 0 ? 'pods' : arg.slice(0, cut))
  const name = cut < 0 ? arg : arg.slice(cut + 1)
  if (resource.kind === 'Pod') return podEntity(ask, name)
  const found = select(ask, [`${resource.plural}${resource.group === '' ? '' : `.${resource.group}`}/${name}`], {})
  const [error] = found.errors
  if (error) throw new Problem(error.full)
  const object = found.targets[0]?.object as unknown as Loose
  const pods = podsOf(ask, resource, object)
  const [pod] = pods
  if (!pod) return stop(`timed out waiting for the condition`)
  return pod
}

/** A pod by name, or NotFound. */
export function podEntity(ask: Ask, name: string): ObjectEntity {
  const answer = readOne(ask.world, resourceNamed(ask, 'pods'), ask.namespace, name)
  if (!answer.ok) throw new Problem(`Error from server (NotFound): ${answer.status.message}`)
  return ask.world.get(`k8s.Pod/${ask.namespace}/${name}`) as ObjectEntity
}

/** The selector text of what a workload or Service selects; undefined when it selects no pods. */
export function selectorTextOf(object: Loose): string | undefined {
  const selector = objectAt(object, 'spec', 'selector')
  if (!selector) return undefined
  if (selector.matchLabels === undefined && selector.matchExpressions === undefined)
    return Object.entries(selector)
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(',')
  const answer = selectorFromObject(selector as LabelSelector)
  return answer.ok ? formatSelector(answer.selector) : undefined
}

/** The pods of a workload, the most useful first: ready before not, older before newer. Models: polymorphichelpers attachablepodforobject.go */
export function podsOf(ask: Ask, resource: ApiResource, object: Loose): readonly ObjectEntity[] {
  const text = selectorTextOf(object)
  if (text === undefined) return stop(`cannot attach to *v1.${resource.kind}: selector is empty`)
  const answer = list(ask.world, resourceNamed(ask, 'pods'), { namespace: ask.namespace, labelSelector: text })
  if (!answer.ok) return []
  return [...answer.entities].sort(
    (a, b) =>
      Number(b.state === 'Ready') - Number(a.state === 'Ready') ||
      byText(a.metadata.creationTimestamp, b.metadata.creationTimestamp) ||
      byText(a.metadata.name, b.metadata.name),
  )
}

/** Names of a pod's containers, init ones first. */
export function containerNames(pod: ObjectEntity): {
  readonly init: readonly string[]
  readonly main: readonly string[]
  readonly ephemeral: readonly string[]
} {
  const names = (field: string) => objectsAt(pod.spec, field).map((one) => textAt(one, 'name'))
  return { init: names('initContainers'), main: names('containers'), ephemeral: names('ephemeralContainers') }
}

/** A container of a pod as the kubelet has it. */
export function containerNamed(world: World, pod: ObjectEntity, name: string): Container | undefined {
  return containersOf(world, pod).find((one) => one.name === name)
}

/** The container that a command means when none is named, and the remark that kubectl makes about it. */
export function defaultContainer(pod: ObjectEntity): { readonly name: string; readonly remark: string } {
  const annotated = pod.metadata.annotations?.['kubectl.kubernetes.io/default-container']
  const { init, main, ephemeral } = containerNames(pod)
  if (annotated !== undefined && main.includes(annotated)) return { name: annotated, remark: '' }
  const name = main[0] ?? ''
  const all = [...main, ...init.map((one) => `${one} (init)`), ...ephemeral.map((one) => `${one} (ephem)`)]
  return { name, remark: all.length > 1 ? `Defaulted container "${name}" out of: ${all.join(', ')}\n` : '' }
}
