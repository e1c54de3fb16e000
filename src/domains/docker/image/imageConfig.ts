/** A health check as an image's configuration has it. Times in nanoseconds, as the API shows them. Models: HealthcheckConfig of moby. */
export interface Healthcheck {
  /** `['CMD', ...]`, `['CMD-SHELL', line]` or `['NONE']`. */
  readonly Test?: readonly string[]
  readonly Interval?: number
  readonly Timeout?: number
  readonly StartPeriod?: number
  readonly StartInterval?: number
  readonly Retries?: number
}

/** What an image says about its containers, in the names that `docker inspect` prints. Models: ContainerConfig of moby/docker-image-spec. */
export interface DockerConfig {
  readonly User?: string
  /** `80/tcp`. */
  readonly ExposedPorts?: { readonly [port: string]: { readonly [none: string]: never } }
  /** `NAME=value`. */
  readonly Env?: readonly string[]
  readonly Entrypoint?: readonly string[]
  readonly Cmd?: readonly string[]
  readonly Healthcheck?: Healthcheck
  readonly Volumes?: { readonly [path: string]: { readonly [none: string]: never } }
  readonly WorkingDir?: string
  readonly Labels?: { readonly [name: string]: string }
  /** Instructions for whoever builds upon it. */
  readonly OnBuild?: readonly string[]
  readonly StopSignal?: string
  readonly Shell?: readonly string[]
}

/** The variables of a configuration by name. */
export function envTable(config: DockerConfig): { readonly [name: string]: string } {
  return Object.fromEntries(
    (config.Env ?? []).map((one) => {
      const cut = one.indexOf('=')
      return cut < 0 ? [one, ''] : [one.slice(0, cut), one.slice(cut + 1)]
    }),
  )
}

/** `80` is `80/tcp`; port ranges are every port of them. */
export function exposed(ports: readonly number[]): DockerConfig['ExposedPorts'] {
  return Object.fromEntries(ports.map((port) => [`${port}/tcp`, {}]))
}
