/** One thing that is measured, in a process of its own. */
export interface BenchCase {
  readonly who: 'orrery' | 'webernetes'
  /** `ready`: from apply to all pods Ready. `rolling`: from a new image to all pods of the new one Ready and no others there. */
  readonly what: 'ready' | 'rolling'
  readonly nodes: number
  readonly deployments: number
  /** Of each Deployment. */
  readonly replicas: number
}

/** What was measured. Times in real ms but for `virtualMs`; counts from the first line given to the last pod Ready. */
export interface BenchResult {
  readonly ms: number
  readonly virtualMs: number
  readonly ready: number
  /** Absent where the other one does not count any. */
  readonly events?: number
  readonly placements?: number
  /** Heap after a collection, with the world still there, in MB. */
  readonly heapMb: number
}

/** How many pods a case has. */
export function podsOf({ deployments, replicas }: BenchCase): number {
  return deployments * replicas
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
