import { defineRule } from '../../../kernel/rule.ts'
import type { ClusterNode, PodSpec } from '../scheduler/objects.ts'
import { requiredNodeTest } from '../scheduler/selector.ts'
import { tolerates } from '../scheduler/toleration.ts'

/**
 * Whether a node gets a pod of a DaemonSet, and may keep one that it has.
 * Models: pkg/controller/daemon/daemon_controller.go NodeShouldRunDaemonPod
 */
export const daemonNodeFit = defineRule({
  id: 'k8s.daemonset.nodeFit',
  says: 'A node gets a daemon pod if its name, labels and taints allow it; a NoExecute taint also takes one away.',
  source: 'pkg/controller/daemon/daemon_controller.go NodeShouldRunDaemonPod',
  decide: fitsNode,
})

/** `spec` is that of the pods, with the tolerations that daemon pods get. */
export function fitsNode({ spec, node }: { readonly spec: PodSpec; readonly node: ClusterNode }): {
  readonly shouldRun: boolean
  readonly shouldContinue: boolean
} {
  const no = { shouldRun: false, shouldContinue: false }
  if (spec.nodeName && spec.nodeName !== node.metadata.name) return no
  const test = requiredNodeTest(spec)
  if (test && !test(node)) return no
  const untolerated = (node.spec?.taints ?? []).filter(
    (taint) => !spec.tolerations?.some((toleration) => tolerates(toleration, taint)),
  )
  if (untolerated.some((taint) => taint.effect === 'NoExecute')) return no
  return { shouldRun: !untolerated.some((taint) => taint.effect === 'NoSchedule'), shouldContinue: true }
}

/** Tolerations that every daemon pod gets; with the host's network one more. Models: pkg/controller/daemon/util/daemonset_util.go AddOrUpdateDaemonPodTolerations */
export function daemonTolerations(hostNetwork: boolean): PodSpec['tolerations'] {
  const keys = [
    ['not-ready', 'NoExecute'],
    ['unreachable', 'NoExecute'],
    ['disk-pressure', 'NoSchedule'],
    ['memory-pressure', 'NoSchedule'],
    ['pid-pressure', 'NoSchedule'],
    ['unschedulable', 'NoSchedule'],
    ...(hostNetwork ? [['network-unavailable', 'NoSchedule']] : []),
  ]
  return keys.map(([key, effect]) => ({
    key: `node.kubernetes.io/${key}`,
    operator: 'Exists',
    effect: effect as string,
  })) as PodSpec['tolerations']
}
