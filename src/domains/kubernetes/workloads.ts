import type { Controller, Derived, Kind } from '../../kernel/index.ts'
import { deploymentController } from './deployment/deployment.controller.ts'
import { deploymentKind } from './deployment/deploymentKind.ts'
import { objectKind } from './object/objectKind.ts'
import { orphans } from './replicaset/orphans.ts'
import { podTally } from './replicaset/podTally.ts'
import { replicaSetKind } from './replicaset/replicaSetKind.ts'
import { replicaSetController } from './replicaset/replicaset.controller.ts'

/** The kinds of workloads and of what governs them. */
export const workloadKinds: readonly Kind[] = [
  deploymentKind,
  replicaSetKind,
  objectKind('Namespace'),
  objectKind('ServiceAccount'),
  objectKind('ResourceQuota'),
  objectKind('LimitRange'),
  objectKind('PriorityClass'),
]

/** The loops of the controller-manager that look after them. */
export const workloadControllers: readonly Controller[] = [deploymentController, replicaSetController]

/** What they keep counted. */
export const workloadDerived: readonly Derived<never>[] = [podTally, orphans] as unknown as readonly Derived<never>[]
