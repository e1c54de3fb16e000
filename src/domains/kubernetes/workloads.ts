import type { Controller, Derived, Kind } from '../../kernel/index.ts'
import { customResourceKind } from './apiserver/customResource.ts'
import { cronJobKind } from './cronjob/cronJobKind.ts'
import { cronJobController } from './cronjob/cronjob.controller.ts'
import { daemonSetKind } from './daemonset/daemonSetKind.ts'
import { daemonSetController } from './daemonset/daemonset.controller.ts'
import { deploymentController } from './deployment/deployment.controller.ts'
import { deploymentKind } from './deployment/deploymentKind.ts'
import { budgetKind } from './disruption/budgetKind.ts'
import { disruptionController } from './disruption/disruption.controller.ts'
import { claimProtectionController } from './garbage/claimProtection.controller.ts'
import { looseDependents } from './garbage/dependents.ts'
import { garbageController } from './garbage/garbage.controller.ts'
import { hpaController } from './hpa/hpa.controller.ts'
import { hpaKind } from './hpa/hpaKind.ts'
import { jobController } from './job/job.controller.ts'
import { jobKind } from './job/jobKind.ts'
import { ttlAfterFinishedController } from './job/ttlAfterFinished.controller.ts'
import type { ReadPodMetrics } from './metrics/podMetrics.ts'
import { namespaceController } from './namespace/namespace.controller.ts'
import { namespaceKind } from './namespace/namespaceKind.ts'
import { objectKind } from './object/objectKind.ts'
import { quotaController } from './quota/quota.controller.ts'
import { orphans } from './replicaset/orphans.ts'
import { podTally } from './replicaset/podTally.ts'
import { replicaSetKind, replicationControllerKind } from './replicaset/replicaSetKind.ts'
import { replicaSetController, replicationController } from './replicaset/replicaset.controller.ts'
import { rootCertificateController } from './serviceaccount/rootCertificate.controller.ts'
import { serviceAccountController } from './serviceaccount/serviceAccounts.controller.ts'
import { tokensController } from './serviceaccount/tokens.controller.ts'
import { statefulSetKind } from './statefulset/statefulSetKind.ts'
import { statefulSetController } from './statefulset/statefulset.controller.ts'
import { diskController } from './volume/disk.controller.ts'
import { diskKind } from './volume/diskKind.ts'
import { persistentVolumeController, podsByClaim } from './volume/persistentVolume.controller.ts'

/** The kinds of workloads and of what governs them. */
export const workloadKinds: readonly Kind[] = [
  deploymentKind,
  replicaSetKind,
  statefulSetKind,
  daemonSetKind,
  jobKind,
  cronJobKind,
  hpaKind,
  budgetKind,
  namespaceKind,
  customResourceKind,
  replicationControllerKind,
  objectKind('ServiceAccount'),
  objectKind('ControllerRevision'),
  objectKind('ResourceQuota'),
  objectKind('LimitRange'),
  objectKind('PriorityClass'),
  diskKind,
]

/** The loops of the controller-manager that look after them; `read` measures pods for the autoscaler. */
export function workloadControllers(read: ReadPodMetrics): readonly Controller[] {
  return [
    deploymentController,
    replicaSetController,
    statefulSetController,
    daemonSetController,
    jobController,
    ttlAfterFinishedController,
    cronJobController,
    hpaController(read),
    disruptionController,
    namespaceController,
    garbageController,
    quotaController,
    serviceAccountController,
    rootCertificateController,
    tokensController,
    claimProtectionController,
    persistentVolumeController,
    diskController,
    replicationController,
  ]
}

/** What they keep counted. */
export const workloadDerived: readonly Derived<never>[] = [
  podTally,
  orphans,
  looseDependents,
  podsByClaim,
] as unknown as readonly Derived<never>[]
