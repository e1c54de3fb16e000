import type { FaceFix, World } from '../../../kernel/index.ts'
import { familyOf, findImage, parseReference } from '../../containerd/index.ts'
import type { Component } from '../components/component.ts'
import type { Container } from '../kubelet/container.ts'
import { every, type ObjectEntity } from '../object/object.ts'
import { schedulingFixes } from './schedulingFixes.ts'
import { ownerOf, type TemplateOwner } from './templateOwner.ts'

/** Edits that may make a pod ready, by where it is stuck. */
export function podFixes(pod: ObjectEntity, world: World): readonly FaceFix[] {
  if (pod.state === 'Unscheduled') return schedulingFixes(pod, world)
  const owner = ownerOf(pod, world)
  const fixes: FaceFix[] = []
  const node = String(pod.spec?.nodeName ?? '')
  if (node !== '') fixes.push(...machineFixes(node, world))
  for (const container of world.ownedBy(pod.id) as readonly Container[]) {
    if (container.kind !== 'k8s.Container') continue
    fixes.push(...containerFixes(container, pod, owner, world))
  }
  return fixes
}

/** Edits that may bring a Deployment to its end. */
export function deploymentFixes(deployment: ObjectEntity, world: World): readonly FaceFix[] {
  const at = `deployment/${deployment.metadata.name} -n ${deployment.metadata.namespace}`
  if (deployment.spec?.paused === true) return [{ label: 'Resume the rollout', line: `kubectl rollout resume ${at}` }]
  const fixes: FaceFix[] = loopFixes(['deployment-controller', 'replicaset-controller'], world)
  for (const set of world.ownedBy(deployment.id))
    for (const pod of world.ownedBy(set.id) as readonly ObjectEntity[])
      if (pod.kind === 'k8s.Pod' && pod.state !== 'Ready' && pod.state !== 'Terminating')
        fixes.push(...podFixes(pod, world))
  if (world.ownedBy(deployment.id).length > 1)
    fixes.push({ label: 'Undo the rollout', line: `kubectl rollout undo ${at}` })
  return unique(fixes)
}

/** Edits that may bring a node back. */
export function nodeFixes(node: ObjectEntity, world: World): readonly FaceFix[] {
  const { name } = node.metadata
  const fixes = machineFixes(name, world)
  if (node.spec?.unschedulable === true) fixes.push({ label: `Uncordon ${name}`, line: `kubectl uncordon ${name}` })
  return fixes
}

/** Edits that may give a Service endpoints: selectors that match pods of its namespace. */
export function serviceFixes(service: ObjectEntity, world: World): readonly FaceFix[] {
  const { name, namespace } = service.metadata
  const fixes: FaceFix[] = loopFixes(['endpointslice-controller'], world)
  for (const deployment of every(world, 'Deployment')) {
    if (deployment.metadata.namespace !== namespace) continue
    const { matchLabels } = (deployment.spec?.selector ?? {}) as { readonly matchLabels?: object }
    if (!matchLabels) continue
    const patch = JSON.stringify([{ op: 'replace', path: '/spec/selector', value: matchLabels }])
    fixes.push({
      label: `Select the pods of ${deployment.metadata.name}`,
      line: `kubectl patch service/${name} -n ${namespace} --type=json -p '${patch}'`,
    })
  }
  return fixes.slice(0, 4)
}

/** How to start a part of the cluster again. */
export function componentFixes({ name, node }: Component): readonly FaceFix[] {
  const where = node === undefined ? '' : ` --node ${node}`
  return [{ label: `Start ${name}`, line: `lab heal component ${name}${where}` }]
}

function machineFixes(node: string, world: World): FaceFix[] {
  const fixes: FaceFix[] = []
  const state = world.get(`k8s.Machine/${node}`)?.state
  if (state === 'Down' || state === 'CutOff')
    fixes.push({ label: state === 'Down' ? `Boot ${node}` : `Join ${node} again`, line: `lab heal node ${node}` })
  for (const part of ['kubelet', 'containerd'])
    if (world.get(`k8s.Component/${part}/${node}`)?.state === 'Stopped')
      fixes.push({ label: `Start the ${part} of ${node}`, line: `lab heal component ${part} --node ${node}` })
  return fixes
}

function loopFixes(names: readonly string[], world: World): FaceFix[] {
  const parts = ['etcd', 'kube-apiserver', 'kube-controller-manager'].filter(
    (name) => world.get(`k8s.Component/${name}`)?.state === 'Stopped',
  )
  const loops = names.filter((name) => world.get(`k8s.Controller/${name}`)?.state === 'Stopped')
  return [...parts, ...loops].map((name) => ({ label: `Start ${name}`, line: `lab heal component ${name}` }))
}

function containerFixes(
  container: Container,
  pod: ObjectEntity,
  owner: TemplateOwner | undefined,
  world: World,
): FaceFix[] {
  const fixes: FaceFix[] = []
  const undo: FaceFix[] =
    owner?.entity.kind === 'k8s.Deployment'
      ? [{ label: 'Undo the rollout', line: `kubectl rollout undo ${owner.at}` }]
      : []
  if (container.faults?.length)
    fixes.push({
      label: 'Let its server answer as it should',
      line: `lab heal pod ${pod.metadata.name} -n ${pod.metadata.namespace}`,
    })
  const missing = /^(configmap|secret) "([^"]+)" not found/.exec(container.problem?.message ?? '')
  const lacking = /^couldn't find key (\S+) in (ConfigMap|Secret) [^/]+\/(\S+)/.exec(container.problem?.message ?? '')
  if (missing) fixes.push(create(missing[1] ?? '', missing[2] ?? '', keysOf(container, missing[2] ?? ''), pod))
  else if (lacking?.[2] === 'ConfigMap')
    fixes.push({
      label: `Give ${lacking[3]} the key ${lacking[1]}`,
      line: `kubectl patch configmap ${lacking[3]} -n ${pod.metadata.namespace} -p '{"data":{"${lacking[1]}":"value"}}'`,
    })
  else if (container.state === 'ImagePullBackOff' || container.state === 'Pulling')
    fixes.push(...undo, ...knownTags(container, owner, world))
  else if (container.state === 'CrashLoopBackOff' || container.state === 'Exited') {
    fixes.push(...undo)
    const limit = container.spec.resources?.limits?.memory
    if ((container.ended ?? container.last)?.reason === 'OOMKilled' && limit !== undefined && owner?.template)
      fixes.push({
        label: 'Allow it more memory',
        line: `kubectl set resources ${owner.at} -c ${container.name} --limits=memory=1Gi`,
      })
  } else if (container.state === 'Running' && !container.ready) fixes.push(...undo)
  return fixes
}

function create(kind: string, name: string, keys: readonly string[], pod: ObjectEntity): FaceFix {
  const literals = (keys.length > 0 ? keys : ['key']).map((key) => ` --from-literal=${key}=value`).join('')
  const generic = kind === 'secret' ? 'secret generic' : 'configmap'
  return {
    label: `Create the ${kind} ${name}`,
    line: `kubectl create ${generic} ${name} -n ${pod.metadata.namespace}${literals}`,
  }
}

/** Keys that a container's environment takes from a ConfigMap or Secret. */
function keysOf({ spec }: Container, name: string): readonly string[] {
  const env = (spec.env ?? []) as readonly {
    readonly valueFrom?: { readonly [source: string]: { readonly name?: string; readonly key?: string } }
  }[]
  return env.flatMap(({ valueFrom = {} }) =>
    Object.values(valueFrom).flatMap((ref) => (ref.name === name && ref.key !== undefined ? [ref.key] : [])),
  )
}

/** Tags of the same image that its registry has: that of an older template, and the newest. */
function knownTags({ spec, name }: Container, owner: TemplateOwner | undefined, world: World): FaceFix[] {
  if (!owner) return []
  const reference = parseReference(spec.image)
  const short = spec.image.replace(/[:@][^/]*$/, '')
  const candidates = [familyOf(reference?.name ?? '')?.latest, 'latest', 'stable']
    .filter((tag) => tag !== undefined)
    .map((tag) => `${short}:${tag}`)
    .filter((image) => !('error' in findImage(world, image)))
  return [...new Set(candidates)]
    .slice(0, 2)
    .map((image) => ({ label: `Use ${image}`, line: `kubectl set image ${owner.at} ${name}=${image}` }))
}

function unique(fixes: readonly FaceFix[]): readonly FaceFix[] {
  return [...new Map(fixes.map((fix) => [fix.line, fix])).values()]
}
