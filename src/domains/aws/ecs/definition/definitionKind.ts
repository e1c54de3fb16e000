import { defineKind, type Fields } from '../../../../kernel/index.ts'
import { definitionFace } from '../faces/definitionFace.ts'
import { definitionLifecycle } from './definition.lifecycle.ts'
import type { TaskDefinition } from './taskDefinition.ts'

/** A revision of a task definition. */
export const definitionKind = defineKind<TaskDefinition>({
  kind: 'aws.ecs.TaskDefinition',
  lifecycle: definitionLifecycle,
  delays: { deletion: () => 3_600_000 },
  apply: {
    Tagged: (_definition, event) => event.data as Fields,
    Deregistered: (_definition, event) => ({ deregisteredAt: event.at }),
    Deleted: (_definition, event) => ({ deleteRequestedAt: event.at }),
  },
  face: definitionFace,
  tell: {
    Registered: (event) => {
      const { family, revision, spec } = event.data as TaskDefinition
      const images = spec.containerDefinitions.map(({ image }) => `\`${image}\``).join(', ')
      return `Revision ${revision} of [${family}](${event.to}) is registered: ${images}.`
    },
    Deregistered: (event) =>
      `The revision [${event.to.slice(event.to.lastIndexOf('/') + 1)}](${event.to}) is deregistered.`,
  },
})
