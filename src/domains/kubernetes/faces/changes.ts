import type { Entity, FaceFix, World } from '../../../kernel/index.ts'
import { every, type ObjectEntity } from '../object/object.ts'
import { ownerOf, patchLine } from './templateOwner.ts'

interface Taint {
  readonly key: string
  readonly value?: string
  readonly effect: string
}

/** Fields of a node by which the scheduler would have seen it otherwise. */
export function nodeChanges(node: ObjectEntity, _world: World, subject: Entity | undefined): readonly FaceFix[] {
  const { name, labels = {} } = node.metadata
  const changes: FaceFix[] = []
  const taints = (node.spec?.taints ?? []) as unknown as readonly Taint[]
  const own = taints.filter(({ key }) => !key.startsWith('node.kubernetes.io/'))
  for (const { key, value, effect } of own)
    changes.push({
      label: `Remove \`${key}${value ? `=${value}` : ''}\` from ${name}`,
      line: `kubectl taint nodes ${name} ${key}:${effect}-`,
    })
  const wanted = Object.entries(
    ((subject as ObjectEntity | undefined)?.spec?.nodeSelector ?? {}) as Record<string, string>,
  )
  for (const [key, value] of wanted)
    if (labels[key] !== value)
      changes.push({
        label: `Label ${name} \`${key}=${value}\``,
        line: `kubectl label node ${name} ${key}=${value} --overwrite`,
      })
  if (node.spec?.unschedulable === true) changes.push({ label: `Uncordon ${name}`, line: `kubectl uncordon ${name}` })
  else changes.push({ label: `Cordon ${name}`, line: `kubectl cordon ${name}` })
  return changes
}

/** Fields of a pod's template by which the scheduler would have seen the pod otherwise. */
export function podChanges(pod: ObjectEntity, world: World): readonly FaceFix[] {
  const owner = ownerOf(pod, world)
  if (!owner?.template) return []
  const changes: FaceFix[] = []
  const spec = (pod.spec ?? {}) as {
    readonly containers?: readonly {
      readonly name: string
      readonly resources?: { readonly requests?: { readonly cpu?: string } }
    }[]
    readonly tolerations?: readonly object[]
    readonly nodeSelector?: object
    readonly affinity?: object
    readonly topologySpreadConstraints?: readonly object[]
  }
  const [first] = spec.containers ?? []
  const cpu = first?.resources?.requests?.cpu
  const milli = cpu === undefined ? 0 : cpu.endsWith('m') ? Number(cpu.slice(0, -1)) : Number(cpu) * 1000
  if (first && milli >= 2)
    for (const other of [milli / 2, milli * 2])
      changes.push({
        label: `Ask for \`${Math.floor(other)}m\` CPU instead of \`${cpu}\``,
        line: `kubectl set resources ${owner.at} -c ${first.name} --requests=cpu=${Math.floor(other)}m`,
      })
  const taints = new Map<string, Taint>()
  for (const node of every(world, 'Node'))
    for (const taint of (node.spec?.taints ?? []) as unknown as readonly Taint[])
      if (!taint.key.startsWith('node.kubernetes.io/') && !taint.key.includes('control-plane'))
        taints.set(`${taint.key}:${taint.effect}`, taint)
  for (const { key, effect } of [...taints.values()].slice(0, 2))
    changes.push({
      label: `Tolerate \`${key}\``,
      line: patchLine(owner, { tolerations: [...(spec.tolerations ?? []), { key, operator: 'Exists', effect }] }),
    })
  for (const [field, label] of DROPPED)
    if (spec[field] !== undefined) changes.push({ label, line: patchLine(owner, { [field]: null }) })
  return changes
}

const DROPPED = [
  ['nodeSelector', 'Drop its node selector'],
  ['affinity', 'Drop its affinity'],
  ['topologySpreadConstraints', 'Drop its spread constraints'],
] as const

/** What a pod asks of the scheduler. */
export function podAsks(pod: ObjectEntity): readonly (readonly [string, string])[] {
  const spec = (pod.spec ?? {}) as {
    readonly containers?: readonly {
      readonly resources?: { readonly requests?: { readonly cpu?: string; readonly memory?: string } }
    }[]
    readonly tolerations?: readonly { readonly key?: string; readonly value?: string }[]
    readonly nodeSelector?: { readonly [key: string]: string }
    readonly affinity?: {
      readonly [sort: string]:
        | {
            readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly unknown[]
            readonly requiredDuringSchedulingIgnoredDuringExecution?: unknown
          }
        | undefined
    }
    readonly topologySpreadConstraints?: readonly {
      readonly topologyKey?: string
      readonly whenUnsatisfiable?: string
    }[]
  }
  const requests = (spec.containers ?? []).map(({ resources }) => resources?.requests)
  const cpu = requests.flatMap((one) => (one?.cpu === undefined ? [] : [one.cpu])).join(' + ')
  const memory = requests.flatMap((one) => (one?.memory === undefined ? [] : [one.memory])).join(' + ')
  const tolerated = (spec.tolerations ?? [])
    .filter(({ key }) => !key?.startsWith('node.kubernetes.io/'))
    .map(({ key, value }) => (key === undefined ? 'everything' : `${key}${value ? `=${value}` : ''}`))
  const needs = Object.entries(spec.nodeSelector ?? {}).map(([key, value]) => `${key}=${value}`)
  const affinities = Object.entries(spec.affinity ?? {}).filter(([, one]) => one)
  const sorts = (hard: boolean) =>
    affinities.flatMap(([sort, one]) =>
      (
        hard
          ? one?.requiredDuringSchedulingIgnoredDuringExecution
          : one?.preferredDuringSchedulingIgnoredDuringExecution
      )
        ? [sort.replace(/([A-Z])/g, ' $1').toLowerCase()]
        : [],
    )
  const spreads = (spec.topologySpreadConstraints ?? []).map(
    ({ topologyKey = '', whenUnsatisfiable }) =>
      `by ${topologyKey.slice(topologyKey.lastIndexOf('/') + 1)}, ${whenUnsatisfiable === 'ScheduleAnyway' ? 'soft' : 'hard'}`,
  )
  const wants = [...needs, ...sorts(true)]
  const asked = [cpu && `${cpu} CPU`, memory].filter(Boolean).join(', ')
  return [
    ['asks for', asked || 'no CPU or memory'],
    ['tolerates', tolerated.join(', ') || 'nothing'],
    ...(wants.length > 0 ? [['needs', wants.join(', ')] as const] : []),
    ...(sorts(false).length > 0 ? [['prefers', sorts(false).join(', ')] as const] : []),
    ...(spreads.length > 0 ? [['spreads', spreads.join('; ')] as const] : []),
  ]
}
