import type { Face, Kind } from '../../../kernel/index.ts'
import { nodeChanges, podAsks, podChanges } from './changes.ts'
import { clusterFace, componentFace, controllerFace, plainFace } from './clusterFace.ts'
import { containerFace } from './containerFace.ts'
import { componentFixes, deploymentFixes, nodeFixes, podFixes, serviceFixes } from './fixes.ts'
import { hpaFace } from './hpaFace.ts'
import { nodeFace } from './nodeFace.ts'
import { podFace } from './podFace.ts'
import { clientFace, ingressFace, serviceFace } from './serviceFace.ts'
import { cronJobFace, daemonSetFace, deploymentFace, jobFace, replicaSetFace, statefulSetFace } from './workloadFace.ts'

/** How each kind of the cluster looks. The order of kinds in the domain decides nothing here. */
const faces: Readonly<Record<string, Face<never>>> = {
  'k8s.Cluster': clusterFace,
  'k8s.Component': { ...componentFace, fixes: componentFixes },
  'k8s.Controller': { ...controllerFace, fixes: componentFixes },
  'k8s.Node': { ...nodeFace, fixes: nodeFixes, changes: nodeChanges },
  'k8s.Pod': { ...podFace, fixes: podFixes, changes: podChanges, asks: podAsks },
  'k8s.Container': containerFace,
  'k8s.Deployment': { ...deploymentFace, fixes: deploymentFixes },
  'k8s.ReplicaSet': replicaSetFace,
  'k8s.StatefulSet': statefulSetFace,
  'k8s.DaemonSet': daemonSetFace,
  'k8s.Job': jobFace,
  'k8s.CronJob': cronJobFace,
  'k8s.Service': { ...serviceFace, fixes: serviceFixes },
  'k8s.Ingress': ingressFace,
  'k8s.HorizontalPodAutoscaler': hpaFace,
  'traffic.Client': clientFace,
}

/** Gives a kind its face; an API kind without one of its own is found in lists by its name. */
export function withFace(kind: Kind): Kind {
  const face =
    kind.face ??
    faces[kind.kind] ??
    (kind.kind.startsWith('k8s.') ? plainFace(kind.kind.slice(4), kind.kind.slice(4).toLowerCase()) : undefined)
  return face ? { ...kind, face: face as Face } : kind
}
