import { type Domain, defineKind, type Kind } from '../../kernel/index.ts'
import { resourceTable } from './api/resourceTable.ts'
import { clusterKind } from './cluster/clusterUp.ts'
import { withFace } from './faces/index.ts'
import { kubernetesFacts } from './facts.ts'
import { lintManifest } from './lintManifest.ts'
import { exportCluster } from './live/exportCluster.ts'
import { readPodMetrics } from './metrics/metricsServer.ts'
import { connectLoad } from './metrics/podLoad.ts'
import { flows, networkControllers, networkDerived, networkKinds, trafficKinds } from './networkside.ts'
import { nodeControllers, nodeDerived, nodeKinds } from './nodeside.ts'
import { objectKind } from './object/objectKind.ts'
import { requeue } from './scheduling/requeue.controller.ts'
import { scheduler } from './scheduling/scheduler.controller.ts'
import { schedulerSnapshot } from './scheduling/schedulerSnapshot.ts'
import { schedulingQueue } from './scheduling/schedulingQueue.ts'
import { workloadControllers, workloadDerived, workloadKinds } from './workloads.ts'

const behaving: readonly Kind[] = [clusterKind, ...nodeKinds, ...workloadKinds, ...networkKinds, ...trafficKinds]
const declared = new Set(behaving.map((kind) => kind.kind))
connectLoad((world, pod) => flows(world).load.get(pod) ?? { requestsPerSecond: 0 })

/** Every other kind of the API is stored and shown, and does nothing yet. */
const stored = [...new Set(resourceTable.map((resource) => resource.kind))]
  .filter((kind) => !declared.has(`k8s.${kind}`))
  .map((kind) => objectKind(kind))

/** Kubernetes 1.35: API server, controllers, scheduler, kubelets, network, and kubectl to speak with them. */
export const kubernetesDomain: Domain = {
  name: 'kubernetes',
  kinds: [...behaving, ...stored].map(withFace).map(defineKind),
  controllers: [...nodeControllers, ...workloadControllers(readPodMetrics), ...networkControllers, scheduler, requeue],
  derived: [
    ...nodeDerived,
    ...workloadDerived,
    ...networkDerived,
    schedulerSnapshot as never,
    schedulingQueue as never,
  ],
  views: [],
  files: [
    {
      extensions: ['yaml', 'yml', 'json'],
      has: /^\s*"?apiVersion"?\s*:/m,
      otherwise: true,
      line: (path) => `kubectl apply -f ${path}`,
    },
  ],
  lint: lintManifest,
  exports: exportCluster,
  facts: kubernetesFacts,
}
