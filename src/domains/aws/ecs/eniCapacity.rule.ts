import { defineRule } from '../../../kernel/index.ts'

/**
 * How many tasks with a network interface of their own an instance can take.
 * Models: Amazon ECS developer guide, "Elastic network interface trunking"
 */
export const eniCapacity = defineRule({
  id: 'ecs.eniCapacity',
  says: 'Every awsvpc task takes an interface; the primary one of the instance, and with trunking the trunk, are not to be had.',
  source: 'Amazon ECS developer guide container-instance-eni.md',
  decide: ({ instanceEniLimit, trunking }: EniInput) => ({
    awsvpcTasks: Math.max(0, instanceEniLimit - (trunking ? 2 : 1)),
  }),
})

/** `instanceEniLimit` is the instance type's limit of interfaces: the raised one where trunking is on. */
export interface EniInput {
  readonly instanceEniLimit: number
  readonly trunking: boolean
}
