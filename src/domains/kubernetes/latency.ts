/**
 * How long the hops of the mechanism take, in virtual ms. A controller's whole latency (watch event, queue, work) is put before
 * its look; its writes then take effect at once, so that it never acts on a view that lacks its own last write.
 */
export const LATENCY = {
  /** API server to a watching controller, through its informer and work queue, until it has decided. */
  controller: 5,
  /** One scheduling cycle of the scheduler, from the queue to the binding. */
  scheduler: 4,
  /** API server to a kubelet until it has begun to act. */
  kubelet: 20,
  /** A change in the runtime until the kubelet has written it into the pod's status. */
  statusReport: 30,
  /** A change of an EndpointSlice until every kube-proxy has rewritten its rules. */
  proxy: 40,
} as const
