import type { Emission, JsonObject, World } from '../../../kernel/index.ts'
import { applyDefaults } from '../api/defaults.ts'
import { copyJson, type Loose, objectAt } from '../api/loose.ts'
import {
  controllerReference,
  find,
  type KubeObject,
  type ObjectEntity,
  type ObjectMeta,
  type OwnerReference,
  objectId,
} from '../object/object.ts'
import { admitPod } from './admission/admitPod.ts'
import { limitRangesOf } from './admission/limitRanger.ts'
import { podSecurity } from './admission/podSecurity.ts'
import { defaultClass } from './admission/priority.ts'
import { QuotaLedger } from './admission/resourceQuota.ts'
import { drawnUid, generatedName, nowText } from './naming.ts'
import { qosClass } from './qosClass.ts'

/** What one pod has beyond its template. `name` instead of a generated one; the rest is added to the template's own. */
export interface PodDifference {
  readonly name?: string
  /** Base of the generated name, instead of the owner's name and a dash. */
  readonly generateName?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly finalizers?: readonly string[]
  /** Makes the pod's spec of the template's (defaulted, not yet admitted); such pods do not share it. */
  readonly spec?: (spec: Loose) => Loose
}

/** How the creation of a pod is told as a KubeEvent about its owner. */
export interface CreationReport {
  readonly source: string
  readonly message: (name: string) => string
}

/** A pod to be emitted, or the server's words for why it cannot be created. */
export type NewPod = { readonly name: string; readonly emission: Emission } | { readonly error: string }

/**
 * Makes the pods that one controller creates in one pass from one template: the fast way, without decoding or validation (the template
 * was validated with its owner). Defaults and admission are done once a template, and the pods share its parts; quotas are counted on
 * from pod to pod. Models: pkg/controller/controller_utils.go GetPodFromTemplate and the API server behind it
 */
export class NewPods {
  private readonly world: World
  private readonly owner: ObjectEntity
  private readonly namespace: string
  private readonly template: Loose
  private readonly reference: readonly OwnerReference[]
  private readonly generateName: string
  private readonly report: CreationReport | undefined
  private readonly names = new Set<string>()
  private ledger: QuotaLedger | undefined
  private closed: string | undefined

  constructor(world: World, owner: ObjectEntity, template: Loose, report?: CreationReport) {
    this.world = world
    this.owner = owner
    this.namespace = owner.metadata.namespace ?? 'default'
    this.template = template
    this.reference = referenceTo(owner)
    this.generateName = `${owner.metadata.name}-`
    this.report = report
    const namespace = find(world, 'Namespace', undefined, this.namespace)
    if (!namespace) this.closed = `namespaces "${this.namespace}" not found`
    else if (namespace.metadata.deletionTimestamp !== undefined)
      this.closed = `pods "<name>" is forbidden: unable to create new content in namespace ${this.namespace} because it is being terminated`
  }

  /** One more pod. `kubeEvents` and the like of the owner are the caller's to emit. */
  make(difference: PodDifference = {}): NewPod {
    const { world } = this
    const base = difference.generateName ?? this.generateName
    const name = difference.name ?? generatedName(world, base, this.names.size, (candidate) => this.isTaken(candidate))
    if (this.closed !== undefined) return { error: this.closed.replace('<name>', name) }
    const prepared = prepare(world, this.owner, this.template, difference.spec)
    if ('forbidden' in prepared) return { error: `pods "${name}" is forbidden: ${prepared.forbidden}` }
    const id = objectId('Pod', this.namespace, name)
    if (difference.name !== undefined && (world.get(id) || this.names.has(name)))
      return { error: `pods "${name}" already exists` }
    this.ledger ??= new QuotaLedger(world, this.namespace)
    if (!this.ledger.empty) {
      const quota = this.ledger.take('Pod', prepared.spec)
      if (quota !== undefined) return { error: `pods "${name}" is forbidden: ${quota}` }
    }
    this.names.add(name)
    const labels = difference.labels ? { ...prepared.labels, ...difference.labels } : prepared.labels
    const annotations = difference.annotations
      ? { ...prepared.annotations, ...difference.annotations }
      : prepared.annotations
    const finalizers = difference.finalizers ?? prepared.finalizers
    const metadata: ObjectMeta = {
      name,
      ...(difference.name === undefined || this.owner.kind === 'k8s.StatefulSet' ? { generateName: base } : {}),
      namespace: this.namespace,
      uid: drawnUid(world, id),
      creationTimestamp: nowText(world),
      generation: 1,
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
      ownerReferences: this.reference,
      ...(finalizers ? { finalizers } : {}),
    }
    const object: KubeObject = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata,
      spec: prepared.spec,
      status: prepared.status,
    }
    return { name, emission: { to: id, type: 'Created', kind: 'k8s.Pod', data: this.dataOf(object) } }
  }

  private isTaken(name: string): boolean {
    return this.names.has(name) || this.world.get(objectId('Pod', this.namespace, name)) !== undefined
  }

  private dataOf(object: KubeObject): object {
    const { report } = this
    if (!report) return { object }
    const { source } = report
    const message = report.message(object.metadata.name)
    return {
      object,
      kubeEvents: [{ type: 'Normal', reason: 'SuccessfulCreate', message, source, about: this.owner.id }],
    }
  }
}

interface Prepared {
  readonly spec: JsonObject
  readonly status: JsonObject
  readonly labels: Readonly<Record<string, string>> | undefined
  readonly annotations: Readonly<Record<string, string>> | undefined
  readonly finalizers: readonly string[] | undefined
  /** What it was made from: when one of them is another now, it is made anew. */
  readonly from: readonly unknown[]
}

const preparedPods = new WeakMap<object, Prepared>()
const references = new WeakMap<object, readonly OwnerReference[]>()

function referenceTo(owner: ObjectEntity): readonly OwnerReference[] {
  const key = owner.metadata
  let reference = references.get(key)
  if (!reference) {
    reference = [controllerReference(owner)]
    references.set(key, reference)
  }
  return reference
}

function prepare(
  world: World,
  owner: ObjectEntity,
  template: Loose,
  change: PodDifference['spec'],
): Prepared | { readonly forbidden: string } {
  const { uid, namespace = 'default' } = owner.metadata
  const account = String(objectAt(template, 'spec')?.serviceAccountName ?? 'default')
  const named = objectAt(template, 'spec')?.priorityClassName
  const from = [
    uid,
    find(world, 'ServiceAccount', namespace, account),
    find(world, 'Namespace', undefined, namespace)?.metadata.labels,
    typeof named === 'string' ? find(world, 'PriorityClass', undefined, named) : defaultClass(world),
    ...limitRangesOf(world, namespace),
  ]
  const known = change ? undefined : preparedPods.get(template)
  if (known && known.from.length === from.length && known.from.every((part, i) => part === from[i])) return known
  const given = copyJson(objectAt(template, 'spec') ?? {})
  const pod = applyDefaults({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: copyJson(objectAt(template, 'metadata') ?? {}),
    spec: change ? change(given) : given,
  })
  const spec = objectAt(pod, 'spec') ?? {}
  const admitted = admitPod(world, namespace, spec, uid)
  if ('forbidden' in admitted) return admitted
  const metadata = objectAt(pod, 'metadata')
  const security = podSecurity(world, namespace, metadata ?? {}, spec)
  if (security.forbidden !== undefined) return { forbidden: security.forbidden }
  const annotations = admitted.annotations
    ? { ...objectAt(metadata, 'annotations'), ...admitted.annotations }
    : objectAt(metadata, 'annotations')
  const prepared: Prepared = {
    spec: spec as JsonObject,
    status: { phase: 'Pending', qosClass: qosClass(world, spec) },
    labels: objectAt(metadata, 'labels') as Prepared['labels'],
    annotations: annotations as Prepared['annotations'],
    finalizers: metadata?.finalizers as Prepared['finalizers'],
    from,
  }
  if (!change) preparedPods.set(template, prepared)
  return prepared
}
