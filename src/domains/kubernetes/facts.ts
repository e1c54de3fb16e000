import { applyDefaults } from './api/defaults.ts'
import { type Loose, objectAt, objectsAt } from './api/loose.ts'
import { admitTolerations } from './apiserver/admission/tolerations.ts'
import { DOWNSCALE_STABILIZATION, SYNC_PERIOD } from './hpa/hpa.ts'
import { crashLoopPolicy } from './kubelet/backoff.rule.ts'
import { GRACE, HEARTBEAT } from './node/nodeKind.ts'

const container = { name: 'c', image: 'i', readinessProbe: { httpGet: { port: 80 } } }
const pod = applyDefaults({ apiVersion: 'v1', kind: 'Pod', spec: { containers: [container] } } as Loose)
const deployment = applyDefaults({ apiVersion: 'apps/v1', kind: 'Deployment', spec: {} } as Loose)
const job = applyDefaults({ apiVersion: 'batch/v1', kind: 'Job', spec: {} } as Loose)
const probe = objectAt(objectsAt(objectAt(pod, 'spec') ?? {}, 'containers')[0] ?? {}, 'readinessProbe')
const rolling = objectAt(deployment, 'spec', 'strategy', 'rollingUpdate')
const admitted: Loose = {}
admitTolerations(admitted)

const seconds = (value: unknown) => ({ ms: Number(value) * 1000 })
const share = (value: unknown) => ({ percent: Number.parseFloat(String(value)) })

/** Figures that a lesson may name, each from where the simulation itself takes it. */
export const kubernetesFacts = {
  'k8s.nodeMonitorGrace': { ms: GRACE },
  'k8s.heartbeat': { ms: HEARTBEAT },
  'k8s.evictionDelay': seconds(objectsAt(admitted, 'tolerations')[0]?.tolerationSeconds),
  'k8s.terminationGrace': seconds(objectAt(pod, 'spec')?.terminationGracePeriodSeconds),
  'k8s.probePeriod': seconds(probe?.periodSeconds),
  'k8s.probeTimeout': seconds(probe?.timeoutSeconds),
  'k8s.probeFailures': { count: Number(probe?.failureThreshold) },
  'k8s.crashBackOffFirst': { ms: crashLoopPolicy.initial },
  'k8s.crashBackOffMost': { ms: crashLoopPolicy.max },
  'k8s.crashBackOffForgotten': { ms: crashLoopPolicy.expiresAfter },
  'k8s.maxSurge': share(rolling?.maxSurge),
  'k8s.maxUnavailable': share(rolling?.maxUnavailable),
  'k8s.progressDeadline': seconds(objectAt(deployment, 'spec')?.progressDeadlineSeconds),
  'k8s.revisionHistory': { count: Number(objectAt(deployment, 'spec')?.revisionHistoryLimit) },
  'k8s.jobBackoffLimit': { count: Number(objectAt(job, 'spec')?.backoffLimit) },
  'k8s.hpaPeriod': { ms: SYNC_PERIOD },
  'k8s.hpaDownscaleWindow': { ms: DOWNSCALE_STABILIZATION },
} as const
