import { defineKind, type Entity, type Fields } from '../../../../kernel/index.ts'
import { agentFace } from '../faces/agentFace.ts'
import { instanceFace } from '../faces/instanceFace.ts'
import { agentLifecycle, containerInstanceLifecycle } from './containerInstance.lifecycle.ts'
import type { ContainerInstance } from './containerInstance.ts'

/** The ECS agent of one instance; its owner is the container instance that it registered. */
export interface Agent extends Entity {
  readonly region: string
  readonly ec2InstanceId: string
  readonly version: string
}

export const agentKind = defineKind<Agent>({
  kind: 'aws.ecs.Agent',
  lifecycle: agentLifecycle,
  face: agentFace,
  tell: {
    Installed: (event) => `The [ECS agent](${event.to}) starts, and registers its instance with the cluster.`,
    Stopped: (event) => `The [ECS agent](${event.to}) is stopped: the service hears nothing of its instance any more.`,
    Started: (event) => `The [ECS agent](${event.to}) starts, and is in touch with the service.`,
  },
})

/** A container instance; born by `Registered` with its fields. */
export const containerInstanceKind = defineKind<ContainerInstance>({
  kind: 'aws.ecs.ContainerInstance',
  lifecycle: containerInstanceLifecycle,
  delays: { forget: () => 3_600_000 },
  apply: {
    Updated: (_instance, event) => event.data as Fields,
    Registered: (_instance, event) => event.data as Fields,
    Drained: (_instance, event) => (event.data ?? {}) as Fields,
    Activated: () => ({ statusReason: undefined }),
  },
  face: instanceFace,
  tell: {
    Registered: (event) => {
      const { ec2InstanceId, zone, cluster } = event.data as ContainerInstance
      return `[${ec2InstanceId}](${event.to}) in ${zone} is registered with the cluster \`${cluster}\` by its agent.`
    },
    Drained: (event, instance) =>
      `[${instance?.ec2InstanceId}](${event.to}) is drained: services move their tasks elsewhere.`,
    Activated: (event, instance) => `[${instance?.ec2InstanceId}](${event.to}) takes tasks again.`,
    Deregistered: (event, instance) => `[${instance?.ec2InstanceId}](${event.to}) is deregistered from its cluster.`,
  },
})
