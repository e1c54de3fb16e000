import { defineLifecycle } from '../../../kernel/index.ts'

const leaves = { target: 'Terminating', description: 'The group takes it out of service for good.' } as const
const unhealthy = { description: 'A health check says that it is to be replaced.' } as const
const noted = { description: 'It is registered with target groups, or taken out of them.' } as const
const detached = { target: 'Gone', description: 'It is detached: it runs on, without the group.' } as const
const token = { description: 'Whoever works on the hook asks for more time.', reenter: true } as const

/**
 * The life of an instance in a group.
 * Models: EC2 Auto Scaling user guide, instance lifecycle; LifecycleState of the API
 */
export const memberLifecycle = defineLifecycle({
  id: 'autoscalingInstance',
  initial: 'Pending',
  delays: {
    continued: 'The heartbeat timeout of a hook whose default result is CONTINUE.',
    abandoned: 'The heartbeat timeout of a hook whose default result is ABANDON.',
  },
  states: {
    Pending: {
      description: 'It is being launched.',
      tags: ['prog'],
      on: {
        HookWaited: { target: 'Pending:Wait', description: 'A lifecycle hook keeps it out of service for now.' },
        EnteredService: { target: 'InService', description: 'It runs, and counts as healthy.' },
        LaunchFailed: { target: 'Gone', description: 'It could not be launched.' },
        TerminationBegan: leaves,
      },
    },
    'Pending:Wait': {
      description: 'It waits until the work of a lifecycle hook is done.',
      tags: ['prog'],
      on: {
        Heartbeat: { ...token, target: 'Pending:Wait' },
        Continued: { target: 'Pending:Proceed', description: 'The hook lets it go on.' },
        TerminationBegan: leaves,
      },
      after: {
        continued: { target: 'Pending:Proceed', description: 'Nobody answered in time: it goes on.' },
        abandoned: { target: 'Terminating', description: 'Nobody answered in time: it is given up.' },
      },
    },
    'Pending:Proceed': {
      description: 'Its hook is done.',
      tags: ['prog'],
      on: { EnteredService: { target: 'InService', description: 'It takes up its work.' }, TerminationBegan: leaves },
    },
    InService: {
      description: 'It does its work.',
      tags: ['ok'],
      on: {
        MarkedUnhealthy: unhealthy,
        TargetsChanged: noted,
        ProtectionSet: { description: 'Someone protects it from scaling in, or no longer.' },
        StandbyEntered: { target: 'Standby', description: 'Someone takes it out of service for a while.' },
        Detached: detached,
        TerminationBegan: leaves,
      },
    },
    Standby: {
      description: 'It runs, but does not count and gets no work.',
      tags: ['idle'],
      on: {
        TargetsChanged: noted,
        StandbyExited: { target: 'Pending', description: 'Someone puts it back into service.' },
        Detached: detached,
        TerminationBegan: leaves,
      },
    },
    Terminating: {
      description: 'It leaves its load balancers; requests under way are finished first.',
      tags: ['prog'],
      on: {
        TargetsChanged: noted,
        HookWaited: { target: 'Terminating:Wait', description: 'A lifecycle hook keeps it alive for now.' },
        Proceeded: { target: 'Terminating:Proceed', description: 'Nothing holds it any more.' },
      },
    },
    'Terminating:Wait': {
      description: 'It waits until the work of a lifecycle hook is done.',
      tags: ['prog'],
      on: {
        Heartbeat: { ...token, target: 'Terminating:Wait' },
        Continued: { target: 'Terminating:Proceed', description: 'The hook lets it go.' },
      },
      after: {
        continued: { target: 'Terminating:Proceed', description: 'Nobody answered in time: it goes.' },
        abandoned: { target: 'Terminating:Proceed', description: 'Nobody answered in time: it goes.' },
      },
    },
    'Terminating:Proceed': {
      description: 'Its machine is being terminated.',
      tags: ['prog'],
      on: { Terminated: { target: 'Gone', description: 'Its machine is gone.' } },
    },
    Gone: { description: 'It is no member of the group any more.', type: 'final' },
  },
})
