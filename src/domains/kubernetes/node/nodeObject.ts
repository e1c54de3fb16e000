import { drawText, type JsonObject, type World } from '../../../kernel/index.ts'
import { drawnUid } from '../apiserver/naming.ts'
import { componentId } from '../components/component.ts'
import type { ImageStore } from '../kubelet/starting.ts'
import type { Machine } from '../machine/machine.ts'
import { type KubeObject, objectId, timestamp } from '../object/object.ts'

/** One taint of a node. */
export interface Taint {
  readonly key: string
  readonly value?: string
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute'
  readonly timeAdded?: string
}

export interface NodeSpec {
  readonly podCIDR?: string
  readonly podCIDRs?: readonly string[]
  readonly providerID?: string
  readonly unschedulable?: boolean
  readonly taints?: readonly Taint[]
}

export interface NodeCondition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly lastHeartbeatTime: string
  readonly lastTransitionTime: string
  readonly reason: string
  readonly message: string
}

/** The Node object that a kubelet registers for its machine. Models: pkg/kubelet/kubelet_node_status.go initialNode */
export function nodeObject(world: World, machine: Machine): KubeObject {
  const { name, zone, region, instanceType, podCIDR, labels, taints } = machine
  const now = timestamp(world.now)
  const spec: NodeSpec = {
    podCIDR,
    podCIDRs: [podCIDR],
    providerID: `lab://${zone}/${name}`,
    ...(taints.length > 0 ? { taints: taints as readonly Taint[] } : {}),
  }
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      uid: drawnUid(world, objectId('Node', undefined, name)),
      creationTimestamp: now,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/instance-type': instanceType,
        'beta.kubernetes.io/os': 'linux',
        'failure-domain.beta.kubernetes.io/region': region,
        'failure-domain.beta.kubernetes.io/zone': zone,
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': instanceType,
        'topology.kubernetes.io/region': region,
        'topology.kubernetes.io/zone': zone,
        ...labels,
      },
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: spec as unknown as JsonObject,
    status: nodeStatus(world, machine, undefined),
  }
}

/** What the kubelet reports of its machine when it is ready. `old` keeps times of transition. */
export function nodeStatus(world: World, machine: Machine, old: JsonObject | undefined, down?: string): JsonObject {
  const { name, ip, cpuMilli, memoryBytes, pods } = machine
  const reservedMemory = Math.min(Math.floor(memoryBytes / 16), 512 * 1024 ** 2) + 100 * 1024 ** 2
  const reservedCpu = Math.min(Math.floor(cpuMilli / 25), 200)
  const cpu = (milli: number): string => (milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`)
  const kib = (bytes: number): string => `${Math.floor(bytes / 1024)}Ki`
  const store = world.get(componentId('containerd', name)) as ImageStore | undefined
  return {
    capacity: {
      cpu: cpu(cpuMilli),
      'ephemeral-storage': '83873772Ki',
      'hugepages-1Gi': '0',
      'hugepages-2Mi': '0',
      memory: kib(memoryBytes),
      pods: String(pods),
    },
    allocatable: {
      cpu: cpu(cpuMilli - reservedCpu),
      'ephemeral-storage': '77298068148',
      'hugepages-1Gi': '0',
      'hugepages-2Mi': '0',
      memory: kib(memoryBytes - reservedMemory),
      pods: String(pods),
    },
    conditions: readyConditions(world, conditionsOf(old), down) as unknown as JsonObject[],
    addresses: [
      { type: 'InternalIP', address: ip },
      { type: 'Hostname', address: name },
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    nodeInfo: {
      machineID: drawText('0123456789abcdef', 32, world.seed, name, 'machine'),
      systemUUID: drawText('0123456789abcdef', 32, world.seed, name, 'system'),
      bootID: drawText('0123456789abcdef', 32, world.seed, name, 'boot', world.now),
      kernelVersion: '6.12.41+deb13-amd64',
      osImage: 'Debian GNU/Linux 13 (trixie)',
      containerRuntimeVersion: 'containerd://2.1.5',
      kubeletVersion: 'v1.35.0',
      kubeProxyVersion: '',
      operatingSystem: 'linux',
      architecture: 'amd64',
      swap: { capacity: 0 },
    },
    images: Object.entries(store?.images ?? {}).map(([image, bytes]) => ({ names: [image], sizeBytes: bytes })),
  }
}

/** The conditions of a Node's status. */
export function conditionsOf(status: JsonObject | undefined): readonly NodeCondition[] {
  return (status?.conditions ?? []) as unknown as readonly NodeCondition[]
}

/** Every condition Unknown, as the controller writes them when heartbeats stay away. */
export function unknownConditions(world: World, old: readonly NodeCondition[]): readonly NodeCondition[] {
  const now = timestamp(world.now)
  return old.map((condition) => ({
    ...condition,
    status: 'Unknown',
    lastTransitionTime: condition.status === 'Unknown' ? condition.lastTransitionTime : now,
    reason: 'NodeStatusUnknown',
    message: 'Kubelet stopped posting node status.',
  }))
}

const GOOD: readonly (readonly [type: string, status: 'True' | 'False', reason: string, message: string])[] = [
  ['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  ['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  ['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  ['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
]

function readyConditions(
  world: World,
  old: readonly NodeCondition[],
  down: string | undefined,
): readonly NodeCondition[] {
  const now = timestamp(world.now)
  return GOOD.map(([type, good, goodReason, goodMessage]) => {
    const bad = type === 'Ready' && down !== undefined
    const status = bad ? ('False' as const) : good
    const before = old.find((condition) => condition.type === type)
    return {
      type,
      status,
      lastHeartbeatTime: now,
      lastTransitionTime: before?.status === status ? before.lastTransitionTime : now,
      reason: bad ? 'KubeletNotReady' : goodReason,
      message: bad ? (down as string) : goodMessage,
    }
  })
}
