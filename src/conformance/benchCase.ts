/** One thing that is measured, in a process of its own. */
export type BenchCase = PodCase | TaskCase | ExecutionCase

/** Pods of Deployments on a Kubernetes cluster. */
export interface PodCase {
  readonly of: 'pods'
  readonly who: 'orrery' | 'webernetes'
  /** `ready`: from apply to all pods Ready. `rolling`: from a new image to all pods of the new one Ready and no others there. */
  readonly what: 'ready' | 'rolling'
  readonly nodes: number
  readonly deployments: number
  /** Of each Deployment. */
  readonly replicas: number
}

/** Tasks of ECS services on EC2 container instances in three zones: from the services' creation to all tasks RUNNING. */
export interface TaskCase {
  readonly of: 'tasks'
  readonly who: 'orrery'
  readonly instances: number
  readonly services: number
  /** Of each service. */
  readonly tasks: number
}

/** Executions of one pipeline in PARALLEL mode, a source and a build: from the first start to the last one Succeeded. */
export interface ExecutionCase {
  readonly of: 'executions'
  readonly who: 'orrery'
  readonly executions: number
}

/** What was measured. Times in real ms but for `virtualMs`; counts from the first line given to the last thing done. */
export interface BenchResult {
  readonly ms: number
  /** Time of the processor, the collector's threads included: more telling than `ms` where others use the machine too. */
  readonly cpuMs: number
  readonly virtualMs: number
  /** Pods Ready, tasks RUNNING, executions Succeeded. */
  readonly done: number
  /** Absent where the other one does not count any. */
  readonly events?: number
  readonly placements?: number
  /** Heap after a collection, with the world still there, in MB. */
  readonly heapMb: number
}

/** How many pods, tasks or executions a case has. */
export function wantedOf(one: BenchCase): number {
  if (one.of === 'executions') return one.executions
  return one.of === 'pods' ? one.deployments * one.replicas : one.services * one.tasks
}

/** The manifest of one Deployment of a case. */
export function deployment(name: string, replicas: number, image: string): object {
  const requests = { cpu: '10m', memory: '10Mi' }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'web', image, resources: { requests } }] },
      },
    },
  }
}
