/**
 * How many feasible nodes are enough. Below 100 nodes all are looked at; above, a percentage that shrinks with the cluster.
 * Models: pkg/scheduler/schedule_one.go numFeasibleNodesToFind. A percentage of 0 is the adaptive default.
 */
export function feasibleNodesToFind(nodes: number, percentage = 0): number {
  if (nodes < 100 || percentage >= 100) return nodes
  const adaptive = percentage > 0 ? percentage : Math.max(5, 50 - Math.trunc(nodes / 125))
  return Math.max(100, Math.trunc((nodes * adaptive) / 100))
}
