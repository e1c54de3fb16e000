import type { Emission, World } from '../../../kernel/index.ts'
import type { Reference } from '../../containerd/index.ts'

/** What a registry says to a push or a pull: nothing when it may happen, else its own words. */
export type Permission = { readonly allowed: true } | { readonly allowed: false; readonly error: string }

/**
 * A registry that knows who may do what, and what becomes of an image that arrives: Amazon ECR and the like declare themselves. Images that
 * are in it are `containerd.Image` records all the same, so that every runtime can pull them.
 */
export interface Registry {
  readonly name: string
  /** Whether a registry's host is this one: `123456789012.dkr.ecr.eu-west-1.amazonaws.com`. */
  matches(host: string): boolean
  pull(world: World, reference: Reference, engine: string): Permission
  push(world: World, reference: Reference, engine: string): Permission
  /** What happens besides when an image has arrived: scans, events, lifecycle policies. */
  stored?(world: World, reference: Reference, digest: string, bytes: number): readonly Emission[]
  /** Who a login is; words why it is refused. */
  login?(world: World, host: string, user: string, password: string): Permission
}

const registries: Registry[] = []

/** Declares a registry; of several that match a host the first counts. */
export function defineRegistry(registry: Registry): Registry {
  registries.push(registry)
  return registry
}

/** The registry behind a host, if somebody declared it. */
export function registryOf(host: string): Registry | undefined {
  return registries.find((registry) => registry.matches(host))
}
