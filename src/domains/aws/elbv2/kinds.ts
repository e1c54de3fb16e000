import { type Derived, defineKind, defineLifecycle, type Fields, type Kind } from '../../../kernel/index.ts'
import { recordKind } from '../core/index.ts'
import { loadBalancerFace } from './loadBalancer.face.ts'
import { loadBalancerLifecycle } from './loadBalancer.lifecycle.ts'
import {
  balancersByPlace,
  below,
  byArn,
  deregistrationDelay,
  LISTENER,
  LOAD_BALANCER,
  type LoadBalancer,
  RULE,
  sendersTo,
  TARGET,
  TARGET_GROUP,
  type Target,
  type TargetGroup,
  targetsByAddress,
} from './records.ts'
import { targetLifecycle } from './target.lifecycle.ts'
import { targetGroupFace } from './targetGroup.face.ts'

/** Until a load balancer works, in ms: an application one sooner than a network one. */
const PROVISION = { application: 95_000, network: 120_000, gateway: 120_000 } as const
const PROVISION_SPREAD = 40_000

const balancerKind = defineKind<LoadBalancer>({
  kind: LOAD_BALANCER,
  lifecycle: loadBalancerLifecycle,
  delays: {
    provision: ({ id, Type }, world) => PROVISION[Type] + Math.floor(world.draw('provision', id) * PROVISION_SPREAD),
  },
  apply: { Changed: (_balancer, event) => (event.data ?? {}) as Fields },
  face: loadBalancerFace,
  tell: {
    Created: (event, balancer) => `The load balancer [${balancer?.LoadBalancerName ?? ''}](${event.to}) is asked for.`,
    'after.provision': (event, balancer) => `[${balancer?.LoadBalancerName ?? ''}](${event.to}) takes connections.`,
  },
})

const targetKind = defineKind<Target>({
  kind: TARGET,
  lifecycle: targetLifecycle,
  delays: {
    deregistration: ({ group }, world) => deregistrationDelay(world.get(group) as TargetGroup | undefined),
  },
  apply: {
    PutInUse: (_target, event) => ({ checksFrom: event.at, reason: undefined, turning: undefined }),
    TakenOutOfUse: (_target, event) => ({ ...(event.data as Fields), checksFrom: undefined, turning: undefined }),
    CheckTurned: (_target, event) => event.data as Fields,
    BecameHealthy: (_target, event) => event.data as Fields,
    BecameUnhealthy: (_target, event) => event.data as Fields,
    Deregistered: () => ({ reason: undefined, turning: undefined }),
    Registered: () => ({ reason: undefined, turning: undefined, checksFrom: undefined }),
  },
  tell: {
    Registered: ({ to }) =>
      `\`${addressOf(to)}\` is registered with [${groupOf(to)}](${TARGET_GROUP}/${to.split('/')[1]}/${groupOf(to)}).`,
    BecameHealthy: ({ to }) => `\`${addressOf(to)}\` passes its health checks: it gets requests.`,
    BecameUnhealthy: ({ to }, target) =>
      `\`${addressOf(to)}\` fails its health checks${target?.reason ? `: \`${target.reason.Description}\`` : ''}.`,
    Deregistered: ({ to }) => `\`${addressOf(to)}\` is deregistered and drains.`,
  },
})

/** The group's name in a target's id, which tells it when the target itself is gone. */
function groupOf(id: string): string {
  return id.split('/')[2] ?? ''
}

/** The address in a target's id. */
function addressOf(id: string): string {
  return id.split('/').slice(3).join('/')
}

/** A listener or a rule: its changes name the groups that it sent requests to before, which are no fields of it. */
function senderKind(kind: string, noun: string): Kind {
  return defineKind({
    kind,
    lifecycle: defineLifecycle({
      id: kind,
      initial: 'Present',
      states: {
        Present: {
          description: `There is ${noun} as it was asked for.`,
          tags: ['ok'],
          on: {
            Changed: { description: 'Someone changes what it does with requests.' },
            Deleted: { target: 'Gone', description: 'Someone deletes it.' },
          },
        },
        Gone: { description: 'It no longer exists.', type: 'final' },
      },
    }),
    apply: {
      Changed: (_sender, event) => {
        const { groups: _groups, ...fields } = event.data as Fields
        return fields
      },
    },
    tell: {
      Changed: (event) => `The weights or actions of [a ${noun.split(' ')[1] ?? noun}](${event.to}) change.`,
    },
  })
}

/** The kinds of load balancing. */
export const kinds: readonly Kind[] = [
  balancerKind,
  recordKind<TargetGroup>({
    kind: TARGET_GROUP,
    noun: 'a target group',
    face: targetGroupFace,
    tell: { Created: (event, group) => `The target group [${group?.TargetGroupName ?? ''}](${event.to}) is made.` },
  }),
  senderKind(LISTENER, 'a listener'),
  senderKind(RULE, 'a rule'),
  targetKind,
]

export const derived = [
  byArn,
  below,
  sendersTo,
  balancersByPlace,
  targetsByAddress,
] as unknown as readonly Derived<never>[]
