import type { FaceFix, World } from '../../../kernel/index.ts'
import { every, type ObjectEntity } from '../object/object.ts'
import { ownerOf, patchLine, type TemplateOwner } from './templateOwner.ts'

interface Taint {
  readonly key: string
  readonly value?: string
  readonly effect: string
}

interface PodSpec {
  readonly containers?: readonly {
    readonly name: string
    readonly resources?: { readonly requests?: { readonly [resource: string]: string } }
  }[]
  readonly nodeSelector?: { readonly [key: string]: string }
  readonly tolerations?: readonly object[]
  readonly affinity?: object
}

/** Edits that may find a node for a pod that no node takes, by what the scheduler found against each. */
export function schedulingFixes(pod: ObjectEntity, world: World): readonly FaceFix[] {
  if (world.get('k8s.Component/kube-scheduler')?.state === 'Stopped')
    return [{ label: 'Start the scheduler', line: 'lab heal component kube-scheduler' }]
  const said = reasons(pod)
  const owner = ownerOf(pod, world)
  const spec = (pod.spec ?? {}) as PodSpec
  const fixes: FaceFix[] = []
  if (said.includes('were unschedulable')) fixes.push(...uncordon(world))
  if (said.includes('untolerated taint')) fixes.push(...taints(world, owner, spec))
  if (said.includes('Insufficient')) fixes.push(...smaller(owner, spec, said))
  if (said.includes('node affinity/selector')) fixes.push(...selectors(world, owner, spec))
  if (said.includes('anti-affinity') || said.includes('affinity rules'))
    fixes.push(...dropFromTemplate(owner, 'affinity', 'Drop its affinity'))
  if (said.includes('topology spread'))
    fixes.push(...dropFromTemplate(owner, 'topologySpreadConstraints', 'Drop its spread constraints'))
  return [...fixes, ...moreNodes(spec)]
}

function reasons(pod: ObjectEntity): string {
  const { conditions = [] } = (pod.status ?? {}) as {
    readonly conditions?: readonly { readonly type: string; readonly message?: string }[]
  }
  const message = conditions.find(({ type }) => type === 'PodScheduled')?.message ?? ''
  return message.split('preemption:')[0] ?? ''
}

function uncordon(world: World): FaceFix[] {
  return [...every(world, 'Node')]
    .filter((node) => node.spec?.unschedulable === true)
    .slice(0, 2)
    .map(({ metadata: { name } }) => ({ label: `Uncordon ${name}`, line: `kubectl uncordon ${name}` }))
}

function taints(world: World, owner: TemplateOwner | undefined, spec: PodSpec): FaceFix[] {
  const found = new Map<string, { readonly taint: Taint; readonly node: string }>()
  for (const node of every(world, 'Node')) {
    for (const taint of (node.spec?.taints ?? []) as unknown as readonly Taint[])
      if (taint.effect !== 'PreferNoSchedule' && !taint.key.startsWith('node.kubernetes.io/'))
        found.set(`${taint.key}:${taint.effect}`, { taint, node: node.metadata.name })
  }
  return [...found.values()].slice(0, 2).flatMap(({ taint: { key, effect }, node }) => {
    const tolerations = [...(spec.tolerations ?? []), { key, operator: 'Exists', effect }]
    return [
      ...(owner ? [{ label: `Tolerate ${key}`, line: patchLine(owner, { tolerations }) }] : []),
      { label: `Remove the taint from ${node}`, line: `kubectl taint nodes ${node} ${key}:${effect}-` },
    ]
  })
}

function smaller(owner: TemplateOwner | undefined, spec: PodSpec, said: string): FaceFix[] {
  if (!owner?.template) return []
  const fixes: FaceFix[] = []
  for (const { name, resources } of spec.containers ?? []) {
    for (const resource of ['cpu', 'memory'] as const) {
      const asked = resources?.requests?.[resource]
      if (asked === undefined || !said.includes(`Insufficient ${resource}`)) continue
      for (const share of [2, 8]) {
        const less = resource === 'cpu' ? lessCpu(asked, share) : lessMemory(asked, share)
        if (less !== undefined)
          fixes.push({
            label: `Ask for ${less} ${resource} instead of ${asked}`,
            line: `kubectl set resources ${owner.at} -c ${name} --requests=${resource}=${less}`,
          })
      }
    }
  }
  return fixes
}

function lessCpu(asked: string, share: number): string | undefined {
  const milli = asked.endsWith('m') ? Number(asked.slice(0, -1)) : Number(asked) * 1000
  return milli >= share ? `${Math.floor(milli / share)}m` : undefined
}

function lessMemory(asked: string, share: number): string | undefined {
  const [, number = '', unit = ''] = /^([\d.]+)(Ki|Mi|Gi|Ti)?$/.exec(asked) ?? []
  const mebi = (Number(number) * ({ Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, Ti: 1024 ** 4 }[unit] ?? 1)) / 1024 ** 2
  return mebi >= share ? `${Math.floor(mebi / share)}Mi` : undefined
}

function selectors(world: World, owner: TemplateOwner | undefined, spec: PodSpec): FaceFix[] {
  const wanted = Object.entries(spec.nodeSelector ?? {})
  const fixes: FaceFix[] = []
  const node = [...every(world, 'Node')].find(({ state }) => state === 'Ready') ?? [...every(world, 'Node')][0]
  if (wanted.length > 0 && node) {
    const labels = wanted.map(([key, value]) => `${key}=${value}`).join(' ')
    fixes.push({
      label: `Label ${node.metadata.name} as it asks`,
      line: `kubectl label node ${node.metadata.name} ${labels} --overwrite`,
    })
    fixes.push(...dropFromTemplate(owner, 'nodeSelector', 'Drop its node selector'))
  }
  if (spec.affinity) fixes.push(...dropFromTemplate(owner, 'affinity', 'Drop its node affinity'))
  return fixes
}

function dropFromTemplate(owner: TemplateOwner | undefined, field: string, label: string): FaceFix[] {
  return owner?.template ? [{ label, line: patchLine(owner, { [field]: null }) }] : []
}

function moreNodes(spec: PodSpec): FaceFix[] {
  const labels = Object.entries(spec.nodeSelector ?? {})
    .map(([key, value]) => ` --label ${key}=${value}`)
    .join('')
  return [
    { label: 'Add a node', line: `lab node add${labels}` },
    { label: 'Add a large node', line: `lab node add --type m7g.4xlarge${labels}` },
  ]
}
