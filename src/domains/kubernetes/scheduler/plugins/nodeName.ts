import { definePlugin, unresolvable } from '../plugin.ts'

const refusal = unresolvable("node(s) didn't match the requested node name")

/** Honours a pod that already names its node. */
export const nodeName = definePlugin({
  name: 'NodeName',
  source: 'nodename/node_name.go',
  filterSays: 'A pod that names a node fits only that node.',
  filter({ pod }, _state, info) {
    return !pod.spec.nodeName || pod.spec.nodeName === info.name ? undefined : refusal
  },
})
