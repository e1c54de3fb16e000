import { defineIndex, defineKind, type Fields, type PastEvent } from '../../../kernel/index.ts'
import { instanceFace } from './instance.face.ts'
import { instanceLifecycle } from './instance.lifecycle.ts'
import { INSTANCE, type Instance } from './instance.ts'

/** How long things take, in ms: seen on real instances of common types. */
const LAUNCH = 14_000
const LAUNCH_SPREAD = 12_000
const SHUTDOWN = 25_000
const FORGET = 3_600_000

/** The kind of virtual machines. Born by `Launched` with the fields of `Instance`. */
export const instanceKind = defineKind<Instance>({
  kind: INSTANCE,
  lifecycle: instanceLifecycle,
  delays: {
    launch: ({ id, entry }, world) => LAUNCH + Math.floor(world.draw('launch', id, entry) * LAUNCH_SPREAD),
    shutdown: ({ id, entry }, world) => SHUTDOWN + Math.floor(world.draw('shutdown', id, entry) * 10_000),
    forget: () => FORGET,
  },
  apply: {
    Changed: (_instance, event) => (event.data ?? {}) as Fields,
    Stopped: (_instance, event) => ({
      StateReason: reason(event, 'Client.UserInitiatedShutdown'),
      impaired: undefined,
    }),
    Terminated: (_instance, event) => ({
      StateReason: reason(event, 'Client.UserInitiatedShutdown'),
      impaired: undefined,
    }),
    Started: (_instance, event) => ({ ...(event.data as Fields), StateReason: undefined, launched: event.at }),
    Crashed: (instance, event) =>
      instance.impaired
        ? {}
        : {
            impaired: {
              check: (event.data as { readonly check?: string } | undefined)?.check ?? 'system',
              since: event.at,
            },
          },
    Recovered: () => ({ impaired: undefined }),
    Rebooted: () => ({ impaired: undefined }),
  },
  face: instanceFace,
  tell: {
    Launched: (event, instance) =>
      `A \`${instance?.InstanceType ?? ''}\` is launched as [${nameOf(event.to)}](${event.to}) in ${instance?.Placement.AvailabilityZone ?? ''}.`,
    'after.launch': (event) => `[${nameOf(event.to)}](${event.to}) is running.`,
    Terminated: (event) => `[${nameOf(event.to)}](${event.to}) is terminated.`,
    Crashed: (event) => `The machine under [${nameOf(event.to)}](${event.to}) fails.`,
    Recovered: (event) => `[${nameOf(event.to)}](${event.to}) works again.`,
  },
})

function reason(event: Pick<PastEvent, 'data'>, code: string): { readonly Code: string; readonly Message: string } {
  const given = (event.data as { readonly reason?: string } | undefined)?.reason
  return { Code: code, Message: given ?? `${code}: User initiated shutdown` }
}

function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}

/** Instances by private and by public address. */
export const instancesByAddress = defineIndex('ec2.instancesByAddress', [INSTANCE], (entity) => {
  const { PrivateIpAddress, PublicIpAddress, state } = entity as Instance
  if (state === 'terminated') return undefined
  return PublicIpAddress === undefined ? [PrivateIpAddress] : [PrivateIpAddress, PublicIpAddress]
})
