import { defineRule } from '../../../kernel/rule.ts'
import { addQuantity, compareQuantity, parseQuantity, type Quantity } from '../api/quantity.ts'

/**
 * A pod's quality of service class: who is evicted first when a node runs out of memory.
 * Models: pkg/apis/core/v1/helper/qos/qos.go ComputePodQOS
 */
export const podQos = defineRule({
  id: 'k8s.pod.qos',
  says: 'No cpu or memory requests or limits is BestEffort; limits for both in every container, equal to the requests, is Guaranteed; anything else is Burstable.',
  source: 'pkg/apis/core/v1/helper/qos/qos.go ComputePodQOS',
  decide: qosClass,
  vector: (input: { pod: QosPod }) => ({ qosClass: qosClass(input.pod) }),
})

/** The three classes, best protected first. */
export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort'

/** As much of a pod as the class depends on. */
export interface QosPod {
  readonly spec: {
    readonly containers?: readonly { readonly resources?: ResourceAmounts | undefined }[] | undefined
    readonly initContainers?: readonly { readonly resources?: ResourceAmounts | undefined }[] | undefined
    readonly resources?: ResourceAmounts | undefined
  }
}

/** `resources` of a container or, since 1.34, of the pod itself; the latter, when given, is all that counts. */
export interface ResourceAmounts {
  readonly requests?: Readonly<Record<string, string | number>> | undefined
  readonly limits?: Readonly<Record<string, string | number>> | undefined
}

/** Only cpu and memory count, and only amounts above zero; ephemeral containers do not. */
export function qosClass(pod: QosPod): QosClass {
  const { spec } = pod
  const sums: Sums = {}
  let guaranteed = true
  if (spec.resources) {
    add(sums, 'requests', spec.resources.requests)
    const found = add(sums, 'limits', spec.resources.limits)
    if (Object.keys(spec.resources.limits ?? {}).length > 0 && found < 2) guaranteed = false
  } else {
    for (const list of [spec.containers, spec.initContainers])
      for (const { resources } of list ?? []) {
        add(sums, 'requests', resources?.requests)
        if (add(sums, 'limits', resources?.limits) < 2) guaranteed = false
      }
  }
  const { cpuRequests, memoryRequests, cpuLimits, memoryLimits } = sums
  if (!cpuRequests && !memoryRequests && !cpuLimits && !memoryLimits) return 'BestEffort'
  return guaranteed && sameAmount(cpuRequests, cpuLimits) && sameAmount(memoryRequests, memoryLimits)
    ? 'Guaranteed'
    : 'Burstable'
}

interface Sums {
  cpuRequests?: Quantity
  cpuLimits?: Quantity
  memoryRequests?: Quantity
  memoryLimits?: Quantity
}

/** Adds the cpu and memory of one list; returns how many of the two were there. */
function add(sums: Sums, list: 'requests' | 'limits', amounts: ResourceAmounts['requests']): number {
  if (!amounts) return 0
  const requests = list === 'requests'
  let found = 0
  const cpu = positive(amounts.cpu)
  if (cpu) {
    found++
    if (requests) sums.cpuRequests = sums.cpuRequests ? addQuantity(sums.cpuRequests, cpu) : cpu
    else sums.cpuLimits = sums.cpuLimits ? addQuantity(sums.cpuLimits, cpu) : cpu
  }
  const memory = positive(amounts.memory)
  if (memory) {
    found++
    if (requests) sums.memoryRequests = sums.memoryRequests ? addQuantity(sums.memoryRequests, memory) : memory
    else sums.memoryLimits = sums.memoryLimits ? addQuantity(sums.memoryLimits, memory) : memory
  }
  return found
}

function positive(amount: string | number | undefined): Quantity | undefined {
  const quantity = amount === undefined ? undefined : parseQuantity(amount)
  return quantity && quantity.unscaled > 0n ? quantity : undefined
}

function sameAmount(request: Quantity | undefined, limit: Quantity | undefined): boolean {
  if (!request || !limit) return request === limit
  return request === limit || compareQuantity(request, limit) === 0
}
