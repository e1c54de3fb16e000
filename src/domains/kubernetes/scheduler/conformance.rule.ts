import type { Json, JsonObject } from '../../../kernel/json.ts'
import { defineRule } from '../../../kernel/rule.ts'
import { type KubeObject, objectsFrom } from './clusterObjects.ts'
import type { ClusterNode, Pod } from './objects.ts'
import { scoreWith } from './plugin.rule.ts'
import type { Cycle, Plugin, Rejection } from './plugin.ts'
import { pluginNamed } from './profile.ts'
import { Snapshot } from './snapshot.ts'

/** One plugin asked about one pod in a small cluster. */
export interface PluginCase {
  readonly plugin: string
  readonly args?: JsonObject
  readonly nodes: readonly ClusterNode[]
  /** Pods already on nodes. */
  readonly pods?: readonly Pod[]
  readonly pod: Pod
  readonly namespaces?: readonly KubeObject[]
  readonly objects?: readonly KubeObject[]
  /** Names of nodes that exist but are no candidates any more. */
  readonly infeasible?: readonly string[]
}

/** What the filter said, by node name. */
export interface FilterVerdicts {
  readonly filter: Readonly<Record<string, NodeVerdict>>
  /** PreFilter returned Skip: the filter was not run. */
  readonly skipped?: true
}

/** A node's verdict; `at` where PreFilter refused before any node was looked at. */
export type NodeVerdict = { readonly ok: true } | ({ readonly ok: false; readonly at?: 'PreFilter' } & Rejection)

/** What the score said, by node name. */
export interface ScoreVerdicts {
  readonly scores: Readonly<Record<string, number>>
  readonly stage: 'raw' | 'normalized'
  /** PreScore returned Skip: the plugin adds nothing. */
  readonly skipped?: true
}

/** Models: PreFilter and Filter of one plugin, pkg/scheduler/framework/plugins of kubernetes/kubernetes v1.35. */
export const filterRule = defineRule<PluginCase, FilterVerdicts>({
  id: 'k8s.scheduler.filter',
  says: 'A node is feasible for a pod when every filter plugin lets it pass; each says why not.',
  source: 'kubernetes/kubernetes v1.35 pkg/scheduler/framework/plugins',
  decide(given) {
    const plugin = known(given)
    const cycle = cycleOf(given)
    const filter: Record<string, NodeVerdict> = {}
    const names = candidates(given)
    const before = plugin.preFilter ? plugin.preFilter(cycle) : ({ kind: 'run', state: undefined } as const)
    if (before.kind === 'skip') {
      for (const name of names) filter[name] = { ok: true }
      return { filter, skipped: true }
    }
    for (const name of names) {
      const info = cycle.snapshot.node(name)
      if (before.kind === 'reject') filter[name] = { ok: false, ...before.rejection, at: 'PreFilter' }
      else {
        const rejection = info && plugin.filter?.(cycle, before.state, info)
        filter[name] = rejection ? { ok: false, ...rejection } : { ok: true }
      }
    }
    return { filter }
  },
})

/** Models: PreScore, Score and NormalizeScore of one plugin, pkg/scheduler/framework/plugins of kubernetes/kubernetes v1.35. */
export const scoreRule = defineRule<PluginCase, ScoreVerdicts>({
  id: 'k8s.scheduler.score',
  says: 'Among feasible nodes the highest weighted sum of plugin scores, each from 0 to 100, wins.',
  source: 'kubernetes/kubernetes v1.35 pkg/scheduler/framework/plugins',
  decide(given) {
    const plugin = known(given)
    const cycle = cycleOf(given)
    const infos = candidates(given).flatMap((name) => cycle.snapshot.node(name) ?? [])
    const lists = scoreWith(plugin, { cycle, infos })
    const scores: Record<string, number> = {}
    infos.forEach((info, i) => {
      scores[info.name] = lists?.normalized[i] ?? 0
    })
    const stage = plugin.normalize ? 'normalized' : 'raw'
    return lists ? { scores, stage } : { scores, stage, skipped: true }
  },
})

function known(given: PluginCase): Plugin {
  const plugin = pluginNamed(given.plugin)
  if (!plugin) throw new Error(`no scheduler plugin ${given.plugin}`)
  return plugin
}

function candidates(given: PluginCase): readonly string[] {
  return given.nodes.map((node) => node.metadata.name).filter((name) => !given.infeasible?.includes(name))
}

function cycleOf(given: PluginCase): Cycle {
  const snapshot = new Snapshot()
  for (const node of given.nodes) snapshot.addNode(node)
  for (const pod of given.pods ?? []) snapshot.addPod(pod)
  const args: Record<string, JsonObject | undefined> = { [given.plugin]: given.args }
  const named = (list: readonly KubeObject[] | undefined, kind: string) =>
    (list ?? []).map((object) => ({ ...object, kind: (object.kind as Json | undefined) ? object.kind : kind }))
  const objects = objectsFrom([...named(given.namespaces, 'Namespace'), ...(given.objects ?? [])])
  return { pod: given.pod, snapshot, objects, args }
}
