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
    this.strike(output)
    if (isLookingOn(line) && this.createsAfter(step)) return
    for (const call of calls) if (call.verb !== 'config') this.ensureNamespace(call.namespace)
    for (const call of calls) if (call.verb === 'apply') this.applyBefore(call, output)
    const there = presumedBy(line, step.output, this.stage.world).map((one) => this.placed(one))
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
      if (find(this.stage.world, resource.kind, namespace, name)) return false
      const form = masked(name)
      if (!form.includes('<')) return true
      for (const each of this.stage.world.all(`k8s.${resource.kind}`) as Iterable<ObjectEntity>) {
        if (taken.has(each) || each.metadata.namespace !== namespace || masked(each.metadata.name) !== form) continue
        taken.add(each)
        return false
      }
      return true
    })
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

  /** Takes away what was made here and the step is documented to create itself. */
  private strike(output: string): void {
    for (const [, word = '', slashed, quoted] of output.matchAll(
      /^([a-z]+)(?:\.[a-z0-9.]+)?(?:\/(\S+)| "([^"]+)") created/gm,
    )) {
      const found = findResource(word)
      if ('error' in found) continue
      const key = `${found.resource.kind}/${slashed ?? quoted}`
      const namespace = this.made.get(key)
      if (namespace === undefined) continue
      this.made.delete(key)
      const where = namespace === '' ? '' : ` -n ${namespace}`
      this.stage.run(`kubectl delete ${found.resource.plural} ${slashed ?? quoted}${where} --grace-period=1`)
      this.stage.pass(5000)
    }
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
