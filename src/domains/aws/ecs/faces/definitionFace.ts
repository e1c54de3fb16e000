import type { Face } from '../../../../kernel/index.ts'
import { describeDefinition, type TaskDefinition } from '../definition/taskDefinition.ts'
import { taskShape } from '../task/taskShape.ts'
import { regionFlag } from './words.ts'

/** A revision of a task definition: found in the inspector and the outline, not drawn by itself. */
export const definitionFace: Face<TaskDefinition> = {
  label: 'Task definition',
  plural: 'Task definitions',
  pictogram: 'taskdefinition',
  shape: 'card',
  rank: 5,
  within: () => null,
  look(definition) {
    const { family, revision, spec, state } = definition
    const { cpu, memory } = taskShape(definition)
    return {
      title: `${family}:${revision}`,
      note: spec.containerDefinitions.map(({ image }) => image).join(', '),
      tone: state === 'ACTIVE' ? 'ok' : 'idle',
      word: state,
      facts: [
        ['network mode', spec.networkMode ?? 'bridge'],
        ['takes', `${cpu} CPU units, ${memory} MiB`],
        ['compatible with', (spec.compatibilities ?? []).join(', ')],
        ...spec.containerDefinitions.map(({ name, image }) => [String(name), String(image)] as const),
      ],
    }
  },
  actions: ({ family, revision, region, state }) =>
    state === 'ACTIVE'
      ? [
          {
            id: 'run',
            label: 'Run a task',
            line: `aws ecs run-task --task-definition ${family}:${revision}${regionFlag(region)}`,
          },
          {
            id: 'deregister',
            label: 'Deregister',
            line: `aws ecs deregister-task-definition --task-definition ${family}:${revision}${regionFlag(region)}`,
            sort: 'danger',
          },
        ]
      : [],
  source: {
    language: 'json',
    text: (definition) => written(definition),
    fresh: (definition, _world, copy) => written(definition, copy?.name.replace(/:\d+$/, '')),
    apply: ({ region }, file) =>
      `aws ecs register-task-definition --cli-input-json file://${file}${regionFlag(region)}`,
  },
  marks: { Registered: 'deploy' },
}

/** A definition as one registers it; a copy is of another family. */
function written(definition: TaskDefinition, family = definition.family): string {
  const {
    containerDefinitions,
    volumes,
    placementConstraints,
    networkMode,
    cpu,
    memory,
    taskRoleArn,
    executionRoleArn,
    requiresCompatibilities,
  } = describeDefinition(definition)
  return `${JSON.stringify({ family, networkMode, requiresCompatibilities, cpu, memory, taskRoleArn, executionRoleArn, containerDefinitions, volumes, placementConstraints }, null, 2)}\n`
}
