import type { JsonObject } from '../../../kernel/index.ts'
import type { ObjectEntity } from '../object/object.ts'

/** One container as a pod's spec asks for it: the parts that the kubelet looks at. */
export interface ContainerSpec {
  readonly name: string
  readonly image: string
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never'
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  readonly workingDir?: string
  readonly env?: readonly EnvVar[]
  readonly envFrom?: readonly EnvFrom[]
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number; readonly protocol?: string }[]
  readonly resources?: { readonly limits?: Amounts; readonly requests?: Amounts }
  readonly livenessProbe?: Probe
  readonly readinessProbe?: Probe
  readonly startupProbe?: Probe
  readonly lifecycle?: { readonly postStart?: Handler; readonly preStop?: Handler; readonly stopSignal?: string }
  readonly restartPolicy?: string
  readonly volumeMounts?: readonly VolumeMount[]
  readonly securityContext?: { readonly runAsUser?: number; readonly runAsNonRoot?: boolean }
  readonly terminationMessagePath?: string
  readonly stdin?: boolean
  readonly tty?: boolean
}

export type Amounts = { readonly [resource: string]: string | number }

export interface EnvVar {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: {
    readonly configMapKeyRef?: KeyRef
    readonly secretKeyRef?: KeyRef
    readonly fieldRef?: { readonly fieldPath: string }
    readonly resourceFieldRef?: {
      readonly containerName?: string
      readonly resource: string
      readonly divisor?: string | number
    }
  }
}

export interface KeyRef {
  readonly name: string
  readonly key: string
  readonly optional?: boolean
}

export interface EnvFrom {
  readonly prefix?: string
  readonly configMapRef?: { readonly name: string; readonly optional?: boolean }
  readonly secretRef?: { readonly name: string; readonly optional?: boolean }
}

export interface VolumeMount {
  readonly name: string
  readonly mountPath: string
  readonly subPath?: string
  readonly readOnly?: boolean
}

/** A volume of a pod; one further field says of which sort. */
export interface Volume {
  readonly name: string
  readonly emptyDir?: JsonObject
  readonly hostPath?: { readonly path: string; readonly type?: string }
  readonly configMap?: VolumeSource
  readonly secret?: VolumeSource & { readonly secretName?: string }
  readonly downwardAPI?: { readonly items?: readonly DownwardItem[] }
  readonly projected?: {
    readonly sources?: readonly {
      readonly configMap?: VolumeSource
      readonly secret?: VolumeSource
      readonly downwardAPI?: { readonly items?: readonly DownwardItem[] }
      readonly serviceAccountToken?: { readonly path: string }
    }[]
  }
  readonly persistentVolumeClaim?: { readonly claimName: string; readonly readOnly?: boolean }
}

export interface VolumeSource {
  readonly name?: string
  readonly optional?: boolean
  readonly items?: readonly { readonly key: string; readonly path: string }[]
}

export interface DownwardItem {
  readonly path: string
  readonly fieldRef?: { readonly fieldPath: string }
  readonly resourceFieldRef?: {
    readonly containerName?: string
    readonly resource: string
    readonly divisor?: string | number
  }
}

export interface Handler {
  readonly exec?: { readonly command?: readonly string[] }
  readonly httpGet?: {
    readonly path?: string
    readonly port: number | string
    readonly host?: string
    readonly scheme?: string
    readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[]
  }
  readonly tcpSocket?: { readonly port: number | string; readonly host?: string }
  readonly sleep?: { readonly seconds: number }
}

export interface Probe extends Handler {
  readonly grpc?: { readonly port: number; readonly service?: string }
  readonly initialDelaySeconds?: number
  readonly periodSeconds?: number
  readonly timeoutSeconds?: number
  readonly successThreshold?: number
  readonly failureThreshold?: number
  readonly terminationGracePeriodSeconds?: number
}

/** The parts of a pod's spec that the kubelet looks at. */
export interface PodSpec {
  readonly nodeName?: string
  readonly containers: readonly ContainerSpec[]
  readonly initContainers?: readonly ContainerSpec[]
  /** Added to a running pod to look into it; never restarted. */
  readonly ephemeralContainers?: readonly ContainerSpec[]
  readonly volumes?: readonly Volume[]
  readonly restartPolicy?: 'Always' | 'OnFailure' | 'Never'
  readonly terminationGracePeriodSeconds?: number
  readonly activeDeadlineSeconds?: number
  readonly hostNetwork?: boolean
  readonly hostname?: string
  readonly subdomain?: string
  readonly serviceAccountName?: string
  readonly enableServiceLinks?: boolean
  readonly readinessGates?: readonly { readonly conditionType: string }[]
  readonly tolerations?: readonly {
    readonly key?: string
    readonly operator?: string
    readonly value?: string
    readonly effect?: string
    readonly tolerationSeconds?: number
  }[]
  readonly priority?: number
}

/** A pod's spec by its parts. */
export function specOf(pod: ObjectEntity): PodSpec {
  return pod.spec as unknown as PodSpec
}

/** What a container is to its pod: prepares it, rides along, is what it is for, or looks into it. */
export type ContainerRole = 'init' | 'sidecar' | 'main' | 'ephemeral'

/** The role of an init container: one that restarts always rides along. */
export function initRole(container: ContainerSpec): 'init' | 'sidecar' {
  return container.restartPolicy === 'Always' ? 'sidecar' : 'init'
}

/** Whether a container is started again after it ended so. */
export function restarts(role: ContainerRole, policy: PodSpec['restartPolicy'], exitCode: number): boolean {
  if (role === 'sidecar') return true
  if (role === 'ephemeral') return false
  if (policy === 'Never') return false
  if (role === 'init') return exitCode !== 0
  return policy !== 'OnFailure' || exitCode !== 0
}

/** The three sorts of probes. */
export type ProbeKind = 'startup' | 'liveness' | 'readiness'
