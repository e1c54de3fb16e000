import { stringify } from 'yaml'
import { type Exported, type ExportedFile, type ExportedStep, STEP, type World } from '../../../kernel/index.ts'
import { trafficSteps } from '../../traffic/index.ts'
import { resourceTable } from '../api/resourceTable.ts'
import { CLUSTER, type Cluster } from '../cluster/clusterUp.ts'
import type { Machine } from '../machine/machine.ts'
import { apiKind, every, type ObjectEntity } from '../object/object.ts'
import { manifestOf } from './manifestOf.ts'
import { ownedByCluster } from './ownedByCluster.ts'

const FOLDER = 'kubernetes'
/** What others stand on comes first: a namespace before what is in it. */
const FIRST = ['Namespace', 'CustomResourceDefinition', 'PriorityClass', 'StorageClass', 'ServiceAccount']

/**
 * What was built in the cluster as manifests and a kustomization, for `kubectl apply -k`: one file an object, without what the API server
 * and controllers set, and without what they own.
 */
export function exportCluster(world: World): Exported {
  const objects = builtObjects(world)
  const files: ExportedFile[] = objects.map((object) => ({
    path: `${FOLDER}/${pathOf(object)}`,
    text: stringify(manifestOf(object), { lineWidth: 0, version: '1.1' }),
  }))
  if (files.length > 0)
    files.unshift({
      path: `${FOLDER}/kustomization.yaml`,
      text: stringify({
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        resources: objects.map(pathOf),
      }),
    })
  const apply: readonly ExportedStep[] =
    files.length > 0
      ? [{ order: STEP.running, says: 'What runs in the cluster', lines: [`kubectl apply -k ${FOLDER}`] }]
      : []
  return { files, steps: [...machineSteps(world), ...apply, ...trafficSteps(world)] }
}

/** Objects that someone built, what others stand on first, then by namespace, kind and name. */
export function builtObjects(world: World): readonly ObjectEntity[] {
  const seen = new Set<string>()
  const place = (object: ObjectEntity) => {
    const at = FIRST.indexOf(apiKind(object))
    return at < 0 ? FIRST.length : at
  }
  return resourceTable
    .flatMap(({ kind }) => {
      if (seen.has(kind)) return []
      seen.add(kind)
      return [...every(world, kind)].filter((object) => !ownedByCluster(object, world))
    })
    .sort((a, b) => place(a) - place(b) || (pathOf(a) < pathOf(b) ? -1 : 1))
}

function pathOf(object: ObjectEntity): string {
  const { namespace, name } = object.metadata
  const file = `${apiKind(object).toLowerCase()}-${name.replace(/[^\w.-]/g, '-')}.yaml`
  return namespace === undefined ? file : `${namespace}/${file}`
}

/** The lab's own machines, which a real cluster has by itself. */
function machineSteps(world: World): readonly ExportedStep[] {
  const cluster = world.get(CLUSTER) as Cluster | undefined
  if (!cluster) return []
  const machines = ([...world.all('k8s.Machine')] as Machine[]).sort((a, b) => a.number - b.number)
  const lines = [
    `lab cluster up --nodes 0 --zones ${zoneCount(machines, cluster)} --region ${cluster.region}${system(world)}`,
  ]
  for (const machine of machines) {
    const labels = Object.entries(machine.labels).map(([key, value]) => ` --label ${key}=${value}`)
    const taints = machine.taints.map(
      ({ key, value, effect }) => ` --taint ${value === undefined ? key : `${key}=${value}`}:${effect}`,
    )
    lines.push(
      `lab node add ${machine.name} --zone ${machine.zone} --type ${machine.instanceType} --cpu ${machine.cpuMilli}m --memory ${machine.memoryBytes} --pods ${machine.pods}${labels.join('')}${taints.join('')}`,
    )
  }
  return [
    {
      order: STEP.machines,
      says: 'The machines of the cluster, where there is none yet',
      lines: [
        'if ! kubectl get nodes > /dev/null 2>&1; then',
        ...[...lines, 'sleep 30'].map((line) => `  ${line}`),
        'fi',
      ],
      lab: true,
    },
  ]
}

function zoneCount(machines: readonly Machine[], { region }: Cluster): number {
  const letters = machines
    .filter(({ zone }) => zone.startsWith(region))
    .map(({ zone }) => zone.charCodeAt(zone.length - 1) - 96)
  return Math.min(6, Math.max(1, ...letters))
}

function system(world: World): string {
  return world.get('k8s.DaemonSet/kube-system/kube-proxy') ? ' --system on' : ' --system off'
}
