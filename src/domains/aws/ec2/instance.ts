import type { Entity, World } from '../../../kernel/index.ts'
import { zoneId } from '../../places/index.ts'
import { type InstanceType, instanceType } from './instanceTypes.ts'
import type { Tag } from './tag.ts'

/** A virtual machine: the fields of the API's `Instance`, with what other descriptions say of it. */
export interface Instance extends Entity {
  readonly region: string
  readonly InstanceId: string
  readonly ImageId: string
  readonly InstanceType: string
  readonly Placement: { readonly AvailabilityZone: string; readonly Tenancy: string; readonly GroupName: string }
  readonly SubnetId: string
  readonly VpcId: string
  readonly PrivateIpAddress: string
  readonly PrivateDnsName: string
  readonly PublicIpAddress?: string | undefined
  readonly PublicDnsName: string
  readonly SecurityGroups: readonly { readonly GroupId: string; readonly GroupName: string }[]
  readonly KeyName?: string | undefined
  readonly IamInstanceProfile?: { readonly Arn: string; readonly Id: string } | undefined
  readonly Architecture: string
  /** ms since the world began. */
  readonly launched: number
  readonly reservation: string
  readonly AmiLaunchIndex: number
  /** The script that its first boot runs, decoded. */
  readonly userData?: string | undefined
  readonly Tags: readonly Tag[]
  readonly spot?: boolean | undefined
  readonly DisableApiTermination?: boolean | undefined
  /** Who launched it, where that is not a person: the name of an Auto Scaling group. */
  readonly StateReason?: { readonly Code: string; readonly Message: string } | undefined
  /** What fails, and since when (ms since the world began); set by `Crashed`. */
  readonly impaired?: { readonly check: 'system' | 'instance'; readonly since: number } | undefined
  /** Told of the network interface: its id. */
  readonly interfaceId: string
  readonly volumeId: string
}

export const INSTANCE = 'aws.ec2.Instance'

/** Entity id of an instance: `aws.ec2.Instance/us-east-1/i-0abc`. */
export function instanceEntityId(region: string, id: string): string {
  return `${INSTANCE}/${region}/${id}`
}

/** The instance of an id. */
export function findInstance(world: World, region: string, id: string): Instance | undefined {
  return world.get(instanceEntityId(region, id)) as Instance | undefined
}

/** Whether what runs on it can be reached: it is running, its machine works and its zone has not gone dark. */
export function instanceWorks(instance: Instance, world: World): boolean {
  return (
    instance.state === 'running' &&
    instance.impaired === undefined &&
    world.get(zoneId(instance.Placement.AvailabilityZone))?.state !== 'Dark'
  )
}

/** What its type offers. */
export function typeOf(instance: Pick<Instance, 'InstanceType'>): InstanceType {
  return instanceType(instance.InstanceType) ?? FALLBACK
}

/** Instances are only made of known types; this stands for one that was taken out of the table. */
const FALLBACK: InstanceType = {
  name: 'unknown',
  vcpus: 2,
  memoryMiB: 4096,
  interfaces: 3,
  addressesPerInterface: 6,
  architecture: 'x86_64',
}

/** Until both status checks have passed after a start, in ms. */
const INITIALIZING = 120_000
/** Until a failed check is told, in ms: checks run every minute. */
const NOTICED = 60_000

/** What the status checks say now: `ok`, `initializing`, `impaired` or `not-applicable`, for each of both, and from when on it changes. */
export function statusChecks(instance: Instance, now: number): { readonly system: string; readonly instance: string } {
  if (instance.state !== 'running') return { system: 'not-applicable', instance: 'not-applicable' }
  const fine = now - instance.since < INITIALIZING ? 'initializing' : 'ok'
  const { impaired } = instance
  const failing = impaired !== undefined && now - impaired.since >= NOTICED
  return {
    system: failing && impaired.check === 'system' ? 'impaired' : fine,
    instance: failing ? 'impaired' : fine,
  }
}

/** Settings of the ECS agent that its user data write into `/etc/ecs/ecs.config`: `ECS_CLUSTER` and the like. */
export function ecsSettings(userData: string | undefined): { readonly [name: string]: string } {
  const settings: { [name: string]: string } = {}
  for (const [, name = '', double, single, plain] of (userData ?? '').matchAll(
    /\b(ECS_[A-Z0-9_]+)=(?:"([^"]*)"|'([^']*)'|(\{[^\n]*\}|\[[^\n]*\]|[^\s;>"']*))/g,
  ))
    settings[name] = double ?? single ?? plain ?? ''
  return settings
}
