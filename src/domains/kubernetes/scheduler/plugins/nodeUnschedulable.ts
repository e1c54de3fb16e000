import { definePlugin, unresolvable } from '../plugin.ts'
import { tolerates } from '../toleration.ts'

const taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }
const refusal = unresolvable('node(s) were unschedulable')

/** Keeps pods off cordoned nodes. */
export const nodeUnschedulable = definePlugin({
  name: 'NodeUnschedulable',
  source: 'nodeunschedulable/node_unschedulable.go',
  filterSays: 'A cordoned node takes only pods that tolerate node.kubernetes.io/unschedulable.',
  filter({ pod }, _state, info) {
    if (!info.node?.spec?.unschedulable) return undefined
    return pod.spec.tolerations?.some((toleration) => tolerates(toleration, taint)) ? undefined : refusal
  },
})
