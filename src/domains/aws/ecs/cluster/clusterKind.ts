import { defineKind, type Fields } from '../../../../kernel/index.ts'
import { clusterFace } from '../faces/clusterFace.ts'
import { clusterLifecycle } from './cluster.lifecycle.ts'
import type { Cluster } from './cluster.ts'

/** A cluster; `Updated` carries the fields to replace. */
export const clusterKind = defineKind<Cluster>({
  kind: 'aws.ecs.Cluster',
  lifecycle: clusterLifecycle,
  apply: {
    Updated: (_cluster, event) => event.data as Fields,
    Created: (_cluster, event) => event.data as Fields,
  },
  face: clusterFace,
  tell: {
    Created: (event) => `The cluster [${(event.data as Cluster).clusterName}](${event.to}) is created.`,
    Updated: (event, cluster) => `The cluster [${cluster?.clusterName}](${event.to}) is changed.`,
    Deleted: (event) => `The cluster \`${event.to.slice(event.to.lastIndexOf('/') + 1)}\` is deleted.`,
  },
})
