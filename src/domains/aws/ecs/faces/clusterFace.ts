import type { Face } from '../../../../kernel/index.ts'
import { regionId } from '../../../places/index.ts'
import { type Cluster, describeCluster } from '../cluster/cluster.ts'
import { regionFlag } from './words.ts'

/** A cluster: a frame around its services, its Fargate tasks, and tasks that have no place yet. */
export const clusterFace: Face<Cluster> = {
  label: 'ECS cluster',
  plural: 'ECS clusters',
  pictogram: 'cluster',
  shape: 'frame',
  rank: 1,
  within: (cluster, world) =>
    cluster.state === 'INACTIVE' ? null : world.get(regionId(cluster.region)) ? regionId(cluster.region) : undefined,
  look(cluster, world) {
    const {
      registeredContainerInstancesCount,
      runningTasksCount = 0,
      pendingTasksCount = 0,
      activeServicesCount,
    } = describeCluster(world, cluster)
    return {
      title: cluster.clusterName,
      note: 'ECS',
      tone: pendingTasksCount > 0 ? 'prog' : 'ok',
      word: 'Active',
      detail: pendingTasksCount > 0 ? `${pendingTasksCount} tasks pending` : undefined,
      figures: [`${runningTasksCount} running`],
      facts: [
        ['container instances', String(registeredContainerInstancesCount)],
        ['running tasks', String(runningTasksCount)],
        ['pending tasks', String(pendingTasksCount)],
        ['services', String(activeServicesCount)],
        ['capacity providers', cluster.capacityProviders.join(', ') || 'none'],
      ],
    }
  },
  actions: ({ clusterName, region }) => [
    {
      id: 'instances',
      label: 'Add three instances',
      line: `lab ecs instances --cluster ${clusterName} --count 3 --type m5.large${regionFlag(region)}`,
    },
    {
      id: 'delete',
      label: 'Delete',
      line: `aws ecs delete-cluster --cluster ${clusterName}${regionFlag(region)}`,
      sort: 'danger',
    },
  ],
  marks: { Created: 'state' },
  palette: [
    {
      id: 'ecs-cluster',
      label: 'ECS cluster',
      pictogram: 'cluster',
      group: 'AWS containers',
      into: [],
      line: (_into, _world, n) => ({ line: `aws ecs create-cluster --cluster-name cluster-${n}` }),
    },
    {
      id: 'ecs-instance',
      label: 'Container instance',
      pictogram: 'instance',
      group: 'AWS containers',
      into: ['aws.ecs.Cluster', 'place.Zone'],
      line(into, world) {
        const zone = into?.kind === 'place.Zone' ? into.id.slice('place.Zone/'.length) : undefined
        const cluster =
          into?.kind === 'aws.ecs.Cluster'
            ? (into as Cluster)
            : ([...world.all('aws.ecs.Cluster')].find(({ state }) => state === 'ACTIVE') as Cluster | undefined)
        if (!cluster) return { refuse: 'Make an ECS cluster first: an instance registers with one.' }
        return {
          line: `lab ecs instances --cluster ${cluster.clusterName} --count 1 --type m5.large${zone === undefined ? '' : ` --zone ${zone}`}${regionFlag(cluster.region)}`,
        }
      },
    },
  ],
}
