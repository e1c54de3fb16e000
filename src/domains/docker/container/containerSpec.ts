/** What a container is to be, given once when it is created. Immutable and shared by reference: a task definition's containers share one. */
export interface ContainerSpec {
  /** As it was written: `nginx:1.27`, `localhost:5000/web`. */
  readonly image: string
  /** What follows the image on the command line; the image's own when absent. */
  readonly command?: readonly string[] | undefined
  /** Replaces the image's entrypoint; an empty list takes it away. */
  readonly entrypoint?: readonly string[] | undefined
  readonly env?: { readonly [name: string]: string } | undefined
  readonly user?: string | undefined
  readonly workdir?: string | undefined
  readonly hostname?: string | undefined
  readonly labels?: { readonly [name: string]: string } | undefined
  readonly ports?: readonly PortMapping[] | undefined
  /** `--publish-all`: every exposed port at a port of the engine's choice. */
  readonly publishAll?: boolean | undefined
  readonly expose?: readonly string[] | undefined
  readonly mounts?: readonly Mount[] | undefined
  /** `bridge` when absent; `host`, `none`, `container:<name>`, `awsvpc` (an address of its own, given at creation), or a network's name. */
  readonly networkMode?: string | undefined
  readonly networks?: readonly NetworkWish[] | undefined
  readonly restart?: RestartPolicy | undefined
  readonly health?: HealthCheck | undefined
  /** Bytes. */
  readonly memory?: number | undefined
  readonly memoryReservation?: number | undefined
  /** Most CPU in thousandths of a core. */
  readonly cpuMilli?: number | undefined
  /** Weight when the machine is short; 1024 when absent. */
  readonly cpuShares?: number | undefined
  readonly pidsLimit?: number | undefined
  readonly stopSignal?: string | undefined
  /** ms; 10 s when absent. */
  readonly stopTimeout?: number | undefined
  readonly autoRemove?: boolean | undefined
  readonly tty?: boolean | undefined
  readonly stdin?: boolean | undefined
  /** A small init is process 1 and passes signals on. */
  readonly init?: boolean | undefined
  readonly privileged?: boolean | undefined
  readonly readOnly?: boolean | undefined
  /** Containers whose addresses and variables it is told, by name. */
  readonly links?: readonly { readonly name: string; readonly alias: string }[] | undefined
  readonly extraHosts?: readonly string[] | undefined
  readonly dns?: readonly string[] | undefined
  readonly capAdd?: readonly string[] | undefined
  readonly capDrop?: readonly string[] | undefined
  readonly platform?: string | undefined
  readonly logDriver?: string | undefined
  readonly logOptions?: { readonly [name: string]: string } | undefined
}

/** One published port. `host` 0 or absent is for the engine to choose. */
export interface PortMapping {
  readonly container: number
  readonly host?: number | undefined
  readonly hostIp?: string | undefined
  readonly protocol: 'tcp' | 'udp' | 'sctp'
}

export interface Mount {
  readonly type: 'volume' | 'bind' | 'tmpfs'
  /** Volume name, or path on the machine; absent for tmpfs. */
  readonly source?: string | undefined
  readonly target: string
  readonly readOnly?: boolean | undefined
  /** Id of the session whose files a bind mount shows. */
  readonly session?: string | undefined
}

export interface NetworkWish {
  readonly name: string
  readonly aliases?: readonly string[] | undefined
  readonly ip?: string | undefined
}

export interface RestartPolicy {
  readonly name: 'no' | 'always' | 'on-failure' | 'unless-stopped'
  /** Of `on-failure`; 0 is without end. */
  readonly max: number
}

/** Times in ms. */
export interface HealthCheck {
  /** `['CMD', ...]`, `['CMD-SHELL', line]`. */
  readonly test: readonly string[]
  readonly interval: number
  readonly timeout: number
  readonly startPeriod: number
  readonly startInterval: number
  readonly retries: number
}
