import type { Controller, Derived, Kind } from '../../kernel/index.ts'
import { componentsByNode } from './components/component.ts'
import { componentKind, controllerKind } from './components/componentKind.ts'
import { containersByNode, podsByNode, pullingByNode } from './kubelet/container.ts'
import './kubelet/containerHost.ts'
import { containerKind } from './kubelet/containerKind.ts'
import { kubeletController } from './kubelet/kubelet.controller.ts'
import { runtimeController } from './kubelet/runtime.controller.ts'
import { addressesByNode } from './kubelet/sandboxes.ts'
import { machineController } from './machine/machine.controller.ts'
import { machineKind } from './machine/machineKind.ts'
import { evictionController } from './node/eviction.controller.ts'
import { heartbeatController } from './node/heartbeat.controller.ts'
import { memoryDemand } from './node/memoryDemand.ts'
import { nodeKind } from './node/nodeKind.ts'
import { nodeLifecycleController } from './node/nodeLifecycle.controller.ts'
import { podGcController } from './node/podGc.controller.ts'
import { taintEvictionController } from './node/taintEviction.controller.ts'
import { nodesByZone } from './node/zones.ts'
import { podKind } from './pod/podKind.ts'

/** Kinds of what is on and about the nodes. */
export const nodeKinds: readonly Kind[] = [podKind, nodeKind, machineKind, componentKind, controllerKind, containerKind]

/** Controllers that run on the nodes or watch over them. */
export const nodeControllers: readonly Controller[] = [
  kubeletController,
  runtimeController,
  machineController,
  heartbeatController,
  evictionController,
  nodeLifecycleController,
  taintEvictionController,
  podGcController,
]

/** Indexes that they look things up in. */
export const nodeDerived = [
  componentsByNode,
  containersByNode,
  pullingByNode,
  podsByNode,
  nodesByZone,
  addressesByNode,
  memoryDemand,
] as unknown as readonly Derived<never>[]

/** Loops of the controller-manager among them, by name: each is an entity that can be stopped. */
export const nodeLoops = [nodeLifecycleController, taintEvictionController, podGcController].map(({ name }) => name)
