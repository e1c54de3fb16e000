import { findImage } from '../domains/containerd/index.ts'
import { findResource } from '../domains/kubernetes/api/resources.ts'
import { find, type ObjectEntity } from '../domains/kubernetes/object/object.ts'
import { definitionsFor } from './definitions.ts'
import { type KubectlCall, kubectlCalls } from './kubectlCall.ts'
import { masked } from './mask.ts'
import { needsOf } from './needs.ts'
import { withOwners } from './owners.ts'
import { withOwnNames } from './ownNames.ts'
import type { Page, PageStep } from './page.ts'
import { type Presumed, presumedBy } from './presumed.ts'
import { Props } from './props.ts'
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
  private readonly props: Props
  private namespace = 'default'
  private readonly failing: boolean

  constructor(stage: Stage, page: Page) {
    this.stage = stage
    this.page = page
    this.props = new Props(stage)
    this.failing = page.steps.some(({ output }) =>
      /ErrImagePull|ImagePullBackOff|Failed to pull|ConfigError/.test(output ?? ''),
    )
  }

  /** Sets the stage for a step as it will be typed; `texts` are the files that it refers to. */
  set(step: PageStep, line: string, texts: readonly string[]): void {
    const calls = kubectlCalls(line)
    if (calls.length === 0) return
    const output = step.output ?? ''
    const before = this.props.made.size
    for (const crd of definitionsFor(texts, this.stage.world)) this.props.make('CustomResourceDefinition', crd)
    if (!this.failing) this.pushImages([...texts, output, line])
    this.strike(step, calls)
    this.turnNodes(output)
    if (isLookingOn(line) && this.createsAfter(step)) return
    for (const call of calls) if (call.verb !== 'config') this.props.ensureNamespace(call.namespace)
    for (const call of calls) if (call.verb === 'apply') this.applyBefore(call, output)
    const there = presumedBy(line, step.output, this.stage.world).map((one) => this.placed(one))
    for (const one of there) this.props.bindClaim(one, output)
    const lacking = withOwners(
      this.lacking(there),
      (kind, namespace, name) => find(this.stage.world, kind, namespace, name) !== undefined,
    )
    for (const one of [...lacking].sort((a, b) => rank(a) - rank(b))) this.props.bring(one)
    if (!this.failing) for (const need of needsOf(this.stage.world)) this.props.make(String(need.kind), need)
    if (this.props.made.size > before) this.settle()
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
        this.props.addLabels(same, one)
        return false
      }
      const form = masked(name)
      if (!form.includes('<')) return true
      for (const each of this.stage.world.all(`k8s.${resource.kind}`) as Iterable<ObjectEntity>) {
        if (taken.has(each) || each.metadata.namespace !== namespace || masked(each.metadata.name) !== form) continue
        taken.add(each)
        this.props.addLabels(each, one)
        return false
      }
      return true
    })
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
      const namespace = this.props.made.get(`${kind}/${name}`) ?? (there ? own : undefined)
      if (namespace === undefined) continue
      this.props.made.delete(`${kind}/${name}`)
      const where = namespace === '' ? '' : ` -n ${namespace}`
      this.stage.run(`kubectl delete ${plural} ${name}${where} --grace-period=1`)
      this.stage.pass(5000)
    }
  }

  /** A node that is documented to be cordoned now was not before, and the other way round. */
  private turnNodes(output: string): void {
    for (const [, shown = '', un] of output.matchAll(/^(?:node\/|node )?"?([^\s"]+)"? (un)?cordoned$/gm)) {
      const name = withOwnNames(`kubectl ${shown}`, this.stage.world).slice('kubectl '.length)
      const node = find(this.stage.world, 'Node', undefined, name)
      const off = (node?.spec as { readonly unschedulable?: boolean } | undefined)?.unschedulable === true
      if (node && off !== (un !== undefined)) this.stage.run(`kubectl ${un ? 'cordon' : 'uncordon'} ${name}`)
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
    const trees = (treesOf(shown.output.replaceAll(/^(?:---\n)?(?=apiVersion:)/gm, '---\n')) ?? []) as readonly Shape[]
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
      this.props.ensureNamespace(namespace)
      const annotations = { ...(metadata.annotations as Shape), ...(verb === 'configured' ? { stage: 'set' } : {}) }
      this.props.make(String(object.kind), { ...object, metadata: { ...metadata, annotations } }, 'apply')
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
