import type { ContainerSpec, NetworkWish } from '../container/containerSpec.ts'

/** What a service is to be. Immutable and shared by reference by its tasks. */
export interface ServiceSpec {
  readonly name: string
  readonly labels: { readonly [name: string]: string }
  readonly mode: 'replicated' | 'global' | 'replicated-job' | 'global-job'
  /** Of replicated ones; of a job how often it is to complete. */
  readonly replicas: number
  /** How many tasks of a job may run at once. */
  readonly maxConcurrent?: number | undefined
  readonly task: TaskTemplate
  readonly update: UpdateConfig
  readonly rollback: UpdateConfig
  readonly endpointMode: 'vip' | 'dnsrr'
  readonly ports: readonly ServicePort[]
}

/** What each task of a service is made of. */
export interface TaskTemplate {
  /** As it was written. */
  readonly image: string
  /** Digest that a registry gave for it when the service was made. */
  readonly digest?: string | undefined
  /** Everything of the container but its image, networks, ports and limits. */
  readonly container: Omit<ContainerSpec, 'image' | 'networks' | 'ports' | 'memory' | 'cpuMilli'>
  readonly noHealth?: true | undefined
  readonly networks: readonly NetworkWish[]
  readonly secrets: readonly FileReference[]
  readonly configs: readonly FileReference[]
  readonly limits: Resources
  readonly reservations: Resources
  readonly restart: RestartCondition
  readonly placement: Placement
  readonly force: number
}

/** A secret or config as a file of the container. */
export interface FileReference {
  readonly name: string
  readonly target: string
  readonly uid: string
  readonly gid: string
  readonly mode: number
}

export interface Resources {
  readonly cpuMilli?: number | undefined
  /** Bytes. */
  readonly memory?: number | undefined
  readonly pids?: number | undefined
}

/** Times in ms. A window of 0 is all time, 0 attempts are without end. */
export interface RestartCondition {
  readonly condition: 'any' | 'on-failure' | 'none'
  readonly delay: number
  readonly maxAttempts: number
  readonly window: number
}

export interface Placement {
  /** `node.role == manager`. */
  readonly constraints: readonly string[]
  /** Descriptors of `spread=`. */
  readonly preferences: readonly string[]
  /** 0 is without end. */
  readonly maxReplicas: number
}

/** Times in ms. A parallelism of 0 is all at once. */
export interface UpdateConfig {
  readonly parallelism: number
  readonly delay: number
  readonly order: 'stop-first' | 'start-first'
  readonly failureAction: 'pause' | 'continue' | 'rollback'
  readonly monitor: number
  readonly maxFailureRatio: number
}

export interface ServicePort {
  /** 0 is for the swarm to choose. */
  readonly published: number
  readonly target: number
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  readonly mode: 'ingress' | 'host'
}

export const NO_UPDATE: UpdateConfig = {
  parallelism: 1,
  delay: 0,
  order: 'stop-first',
  failureAction: 'pause',
  monitor: 5000,
  maxFailureRatio: 0,
}

export const RESTART: RestartCondition = { condition: 'any', delay: 5000, maxAttempts: 0, window: 0 }
