import { findImage } from '../domains/containerd/index.ts'
import { findResource } from '../domains/kubernetes/api/resources.ts'
import { find, type ObjectEntity } from '../domains/kubernetes/object/object.ts'
import { definitionsFor } from './definitions.ts'
import { type KubectlCall, kubectlCalls } from './kubectlCall.ts'
import { masked } from './mask.ts'
import { minimalObject } from './minimalObject.ts'
import { needsOf } from './needs.ts'
import { withOwners } from './owners.ts'
import type { Page, PageStep } from './page.ts'
import { type Presumed, presumedBy } from './presumed.ts'
import type { Stage } from './stage.ts'
import { treesOf } from './trees.ts'

type Shape = Readonly<Record<string, unknown>>

/**
 * Brings about what a page takes for granted, before each step: what its command names and its documented output lists and the world
 * lacks. Only by lines that a person could give; what the step itself shows is still printed by the lab's kubectl.
 */
export class Scenery {
  private readonly stage: Stage
  private readonly page: Page
  /** Kind and name of what was made here and not by the page. */
  private readonly made = new Map<string, string>()
  private namespace = 'default'
  private readonly failing: boolean

  constructor(stage: Stage, page: Page) {
    this.stage = stage
    this.page = page
    this.failing = page.steps.some(({ output }) =>
      /ErrImagePull|ImagePullBackOff|Failed to pull|ConfigError/.test(output ?? ''),
    )
  }

  /** Sets the stage for a step as it will be typed; `texts` are the files that it refers to. */
  set(step: PageStep, line: string, texts: readonly string[]): void {
    const calls = kubectlCalls(line)
    if (calls.length === 0) return
    const output = step.output ?? ''
    const before = this.made.size
    for (const crd of definitionsFor(texts, this.stage.world)) this.make('CustomResourceDefinition', crd)
    if (!this.failing) this.pushImages([...texts, output, line])
    this.strike(step, calls)
    this.turnNodes(output)
    if (isLookingOn(line) && this.createsAfter(step)) return
    for (const call of calls) if (call.verb !== 'config') this.ensureNamespace(call.namespace)
    for (const call of calls) if (call.verb === 'apply') this.applyBefore(call, output)
    const there = presumedBy(line, step.output, this.stage.world).map((one) => this.placed(one))
    for (const one of there) this.bindClaim(one, output)
    const lacking = withOwners(
      this.lacking(there),
      (kind, namespace, name) => find(this.stage.world, kind, namespace, name) !== undefined,
    )
    for (const one of [...lacking].sort((a, b) => rank(a) - rank(b))) this.bring(one)
    if (!this.failing) for (const need of needsOf(this.stage.world)) this.make(String(need.kind), need)
    if (this.made.size > before) this.settle()
  }

  /** To be told after a step that may have changed the session's own namespace. */
  after(line: string): void {
    if (!/\bconfig (?:set-context|use-context)\b|\bkubens\b/.test(line)) return
    const { output } = this.stage.run("kubectl config view --minify -o jsonpath='{..namespace}'")
    this.namespace = /^[a-z0-9-]+$/.test(output.trim()) ? output.trim() : 'default'
  }

  private placed(one: Presumed): Presumed {
    return { ...one, namespace: one.resource.namespaced ? (one.namespace ?? this.namespace) : undefined }
  }

  /** Those that are not there: neither by their name nor, as often as they are listed, by one that reads the same but for what is generated. */
  private lacking(all: readonly Presumed[]): readonly Presumed[] {
    const taken = new Set<ObjectEntity>()
    const seen = new Set<string>()
    return all.filter((one) => {
      const { resource, namespace, name } = one
      const key = `${resource.kind}/${namespace}/${name}`
      if (seen.has(key) || resource.kind === 'Event') return false
      seen.add(key)
      const same = find(this.stage.world, resource.kind, namespace, name)
      if (same) {
        this.addLabels(same, one)
        return false
      }
      const form = masked(name)
      if (!form.includes('<')) return true
      for (const each of this.stage.world.all(`k8s.${resource.kind}`) as Iterable<ObjectEntity>) {
        if (taken.has(each) || each.metadata.namespace !== namespace || masked(each.metadata.name) !== form) continue
        taken.add(each)
        this.addLabels(each, one)
        return false
      }
      return true
    })
  }

  /** What was made here before gets the labels that it is selected or listed by now. */
  private addLabels(entity: ObjectEntity, { resource, labels, namespace }: Presumed): void {
    const given = Object.entries(labels).filter(([key, value]) => entity.metadata.labels?.[key] !== value)
    if (given.length === 0 || !this.isMade(entity, resource.kind)) return
    const where = namespace === undefined ? '' : ` -n ${namespace}`
    const pairs = given.map(([key, value]) => `${key}=${value}`).join(' ')
    this.stage.run(`kubectl label --overwrite ${resource.plural} ${entity.metadata.name}${where} ${pairs}`)
  }

  private bring(one: Presumed): void {
    const { resource, name, namespace, cells } = one
    this.ensureNamespace(namespace)
    if (resource.kind === 'Node') {
      this.bringNode(one)
      return
    }
    if (cells.STATUS === 'Terminating') return
    if (resource.kind === 'PersistentVolumeClaim' && (cells.STATUS ?? 'Bound') === 'Bound') {
      const found = findResource('pv')
      const volume = cells.VOLUME || `${name}-volume`
      if ('resource' in found && !find(this.stage.world, 'PersistentVolume', undefined, volume))
        this.make(
          'PersistentVolume',
          minimalObject({ ...one, resource: found.resource, name: volume, namespace: undefined, document: undefined }),
        )
    }
    if (this.make(resource.kind, minimalObject(one)) || !one.document) return
    this.make(resource.kind, minimalObject({ ...one, document: undefined }))
  }

  private bringNode({ name, cells, labels }: Presumed): void {
    const { output } = this.stage.run(`lab node add ${name} --type m7g.xlarge`)
    if (!output.includes('starts in')) return
    this.made.set(`Node/${name}`, '')
    this.stage.pass(40_000)
    const roles = (cells.ROLES ?? '').split(',').filter((role) => /^[a-z-]+$/.test(role))
    const given = [
      ...roles.map((role) => `node-role.kubernetes.io/${role}=`),
      ...Object.entries(labels).map(([key, value]) => `${key}=${value}`),
    ]
    if (given.length > 0) this.stage.run(`kubectl label --overwrite node ${name} ${given.join(' ')}`)
    if (cells.STATUS?.includes('SchedulingDisabled')) this.stage.run(`kubectl cordon ${name}`)
  }

  /** Creates an object and says whether it is there now. */
  private make(kind: string, object: Shape, verb = 'create'): boolean {
    const { name = '', namespace = '' } = object.metadata as { readonly name?: string; readonly namespace?: string }
    if (verb === 'create' && namespace !== '') this.ensureNamespace(namespace)
    this.stage.run(`kubectl ${verb} -f - <<'END_OF_STAGE'\n${JSON.stringify(object)}\nEND_OF_STAGE`)
    const there = find(this.stage.world, kind, namespace === '' ? undefined : namespace, name) !== undefined
    if (there) this.made.set(`${kind}/${name}`, namespace)
    return there
  }

  private ensureNamespace(name: string | undefined): void {
    if (name === undefined || !/^[a-z0-9-]+$/.test(name) || find(this.stage.world, 'Namespace', undefined, name)) return
    this.stage.run(`kubectl create namespace ${name}`)
    this.made.set(`Namespace/${name}`, '')
    this.stage.pass(1000)
  }

  /**
   * Takes away what the step is documented to create itself: what was made here, and what the page made another way before, unless it
   * has deleted something meanwhile, which must show.
   */
  private strike(step: PageStep, calls: readonly KubectlCall[]): void {
    const earlier = this.page.steps.slice(0, this.page.steps.indexOf(step))
    const deletes = earlier.some(({ command }) => kubectlCalls(command).some(({ verb }) => verb === 'delete'))
    for (const [, word = '', slashed, quoted] of (step.output ?? '').matchAll(
      /^([a-z]+)(?:\.[a-z0-9.]+)?(?:\/(\S+)| "([^"]+)") created/gm,
    )) {
      const found = findResource(word)
      if ('error' in found) continue
      const { kind, namespaced, plural } = found.resource
      const name = slashed ?? quoted ?? ''
      const own = namespaced ? (calls[0]?.namespace ?? this.namespace) : ''
      const there = !deletes && find(this.stage.world, kind, namespaced ? own : undefined, name) !== undefined
      const namespace = this.made.get(`${kind}/${name}`) ?? (there ? own : undefined)
      if (namespace === undefined) continue
      this.made.delete(`${kind}/${name}`)
      const where = namespace === '' ? '' : ` -n ${namespace}`
      this.stage.run(`kubectl delete ${plural} ${name}${where} --grace-period=1`)
      this.stage.pass(5000)
    }
  }

  /** A node that is documented to be cordoned now was not before, and the other way round. */
  private turnNodes(output: string): void {
    for (const [, name = '', un] of output.matchAll(/^node\/(\S+) (un)?cordoned$/gm)) {
      const node = find(this.stage.world, 'Node', undefined, name)
      const off = (node?.spec as { readonly unschedulable?: boolean } | undefined)?.unschedulable === true
      if (node && off !== (un !== undefined)) this.stage.run(`kubectl ${un ? 'cordon' : 'uncordon'} ${name}`)
    }
  }

  /** Brings a volume to a claim that waits for one and is documented to have it. */
  private bindClaim({ resource, name, namespace, cells }: Presumed, output: string): void {
    if (resource.kind !== 'PersistentVolumeClaim') return
    const claim = find(this.stage.world, resource.kind, namespace, name)
    const { phase } = (claim?.status ?? {}) as { readonly phase?: string }
    const bound = cells.STATUS === 'Bound' || (cells.STATUS === undefined && /^Status:\s+Bound/m.test(output))
    if (!claim || phase !== 'Pending' || !bound) return
    const { resources, ...spec } = claim.spec as Shape & { readonly resources?: { readonly requests?: Shape } }
    const { accessModes, storageClassName, volumeMode } = spec
    this.make('PersistentVolume', {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: cells.VOLUME || `${name}-volume` },
      spec: {
        accessModes,
        storageClassName,
        volumeMode,
        capacity: { storage: cells.CAPACITY || resources?.requests?.storage || '1Gi' },
        hostPath: { path: `/mnt/${name}` },
        claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name },
      },
    })
  }

  /** Whether an object is of the stage's making, itself or by what was made. */
  private isMade(entity: ObjectEntity, kind: string): boolean {
    if (this.made.has(`${kind}/${entity.metadata.name}`)) return true
    return [...this.made].some(([key, namespace]) => {
      const name = key.slice(key.indexOf('/') + 1)
      return namespace === entity.metadata.namespace && entity.metadata.name.startsWith(`${name}-`)
    })
  }

  /** What an apply is documented to leave unchanged or to configure is applied before, the latter with an annotation that it has no more. */
  private applyBefore({ flags }: KubectlCall, output: string): void {
    const lines = [...output.matchAll(/^([a-z]+)(?:\.[a-z0-9.]+)?(?:\/(\S+)| "([^"]+)") (unchanged|configured)/gm)]
    const from =
      flags.filename !== undefined
        ? `-f ${flags.filename}`
        : flags.kustomize !== undefined
          ? `-k ${flags.kustomize}`
          : ''
    if (lines.length === 0 || from === '' || flags.filename === '-') return
    const where = flags.namespace === undefined ? '' : ` -n ${flags.namespace}`
    const shown = this.stage.run(`kubectl create ${from}${where} --dry-run=client -o yaml`)
    const trees = (treesOf(shown.output) ?? []) as readonly Shape[]
    const objects = trees.flatMap((tree) => (Array.isArray(tree.items) ? (tree.items as Shape[]) : [tree]))
    for (const [, word = '', slashed, quoted, verb] of lines) {
      const found = findResource(word)
      const name = slashed ?? quoted
      const object = objects.find(
        ({ kind, metadata }) =>
          'resource' in found && kind === found.resource.kind && (metadata as { name?: string }).name === name,
      )
      if (!object) continue
      const metadata = object.metadata as Shape
      const namespace = typeof metadata.namespace === 'string' ? metadata.namespace : undefined
      if (find(this.stage.world, String(object.kind), namespace, String(name))) continue
      this.ensureNamespace(namespace)
      const annotations = { ...(metadata.annotations as Shape), ...(verb === 'configured' ? { stage: 'set' } : {}) }
      this.make(String(object.kind), { ...object, metadata: { ...metadata, annotations } }, 'apply')
    }
  }

  private pushImages(texts: readonly string[]): void {
    for (const text of texts) {
      const found =
        /(?:\bimage:|\bImage(?:\(s\))?:|--image[= ])\s*["']?([\w./:@-]+)["']?(?:(?!\bimage:)[\s\S])*?(?=containerPort: (\d+)|\bimage:|$)/g
      for (const [, name = '', port] of text.matchAll(found)) {
        if (!/^[a-z0-9]/.test(name) || !('error' in findImage(this.stage.world, name))) continue
        this.stage.run(`lab image add ${name}${port ? ` --port ${port}` : ''}`)
      }
    }
  }

  /** Lets pods come up, half a minute at most. */
  private settle(): void {
    this.stage.pass(3000)
    for (let i = 0; i < 9; i++) {
      const waiting = [...(this.stage.world.all('k8s.Pod') as Iterable<ObjectEntity>)].some(
        ({ status }) => (status as { readonly phase?: string } | undefined)?.phase === 'Pending',
      )
      if (!waiting) break
      this.stage.pass(3000)
    }
    this.stage.pass(3000)
  }

  private createsAfter(step: PageStep): boolean {
    const [next] = this.page.steps.slice(this.page.steps.indexOf(step) + 1)
    return (
      next !== undefined &&
      kubectlCalls(next.command).some(({ verb }) => /^(?:apply|create|run|delete|scale|patch|set)$/.test(verb))
    )
  }
}

function isLookingOn(line: string): boolean {
  return / (?:-w|--watch)\b/.test(line)
}

/** What others stand upon comes first. */
function rank({ resource: { kind } }: Presumed): number {
  const at = ORDER.indexOf(kind)
  return kind === 'Pod' ? ORDER.length + 1 : at < 0 ? ORDER.length : at
}

const ORDER: readonly string[] = [
  'Namespace',
  'Node',
  'CustomResourceDefinition',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'ConfigMap',
  'Secret',
  'ServiceAccount',
  'Service',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
]
