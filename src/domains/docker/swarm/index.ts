import type { Controller, Derived, Kind } from '../../../kernel/index.ts'
import { agentController } from './agent.controller.ts'
import { allocatorController } from './allocator.controller.ts'
import { configKind, secretKind } from './blob.ts'
import { blobFace } from './faces/blobFace.ts'
import { nodeFace } from './faces/nodeFace.ts'
import { serviceFace } from './faces/serviceFace.ts'
import { swarmFace } from './faces/swarmFace.ts'
import { taskFace } from './faces/taskFace.ts'
import { lockController } from './lock.controller.ts'
import { nodeKind, nodesByEngine } from './node.ts'
import { orchestratorController } from './orchestrator.controller.ts'
import { raftController } from './raft.controller.ts'
import { schedulerController } from './scheduler.controller.ts'
import { serviceKind } from './service.ts'
import { swarmKind } from './swarm.ts'
import { taskKind, tasksByNode, tasksByService, waitingTasks } from './task.ts'

/** What swarm mode brings into the docker domain. */
export const swarmKinds: readonly Kind[] = [
  { ...swarmKind, face: swarmFace } as Kind,
  { ...nodeKind, face: nodeFace } as Kind,
  { ...serviceKind, face: serviceFace } as Kind,
  { ...taskKind, face: taskFace } as Kind,
  { ...configKind, face: blobFace('config') } as Kind,
  { ...secretKind, face: blobFace('secret') } as Kind,
]

export const swarmControllers: readonly Controller[] = [
  lockController,
  raftController,
  orchestratorController,
  allocatorController,
  schedulerController,
  agentController,
]

export const swarmIndexes: readonly Derived<never>[] = [
  nodesByEngine as never,
  tasksByService as never,
  tasksByNode as never,
  waitingTasks as never,
]
