import { defineIndex, type Entity, type World } from '../../../../kernel/index.ts'
import { refuse } from '../../core/index.ts'
import { apiTime, definitionArn, definitionId, lastPart } from '../names.ts'
import type * as api from '../types.generated.ts'

/** One immutable revision of a task definition; `spec` is what was registered, with the service's defaults. */
export interface TaskDefinition extends Entity {
  readonly region: string
  readonly family: string
  readonly revision: number
  readonly spec: DefinitionSpec
  readonly tags: readonly api.Tag[]
  /** Virtual time. */
  readonly registeredAt: number
  readonly registeredBy: string
  readonly deregisteredAt?: number | undefined
  readonly deleteRequestedAt?: number | undefined
}

/** What a revision says: the API's own members, those that the service computes among them. */
export type DefinitionSpec = Pick<
  api.TaskDefinition,
  | 'taskRoleArn'
  | 'executionRoleArn'
  | 'networkMode'
  | 'volumes'
  | 'requiresAttributes'
  | 'placementConstraints'
  | 'compatibilities'
  | 'runtimePlatform'
  | 'requiresCompatibilities'
  | 'cpu'
  | 'memory'
  | 'inferenceAccelerators'
  | 'pidMode'
  | 'ipcMode'
  | 'proxyConfiguration'
  | 'ephemeralStorage'
  | 'enableFaultInjection'
> & { readonly containerDefinitions: readonly api.ContainerDefinition[] }

/** Revisions by region and family, deleted ones among them: numbers are not used twice. */
export const revisionsOf = defineIndex('aws.ecs.revisionsOf', ['aws.ecs.TaskDefinition'], (entity) => {
  const { region, family } = entity as TaskDefinition
  return `${region} ${family}`
})

/** The revisions of a family from the first. */
export function revisionsOfFamily(world: World, region: string, family: string): readonly TaskDefinition[] {
  return world.lookup(revisionsOf, `${region} ${family}`) as readonly TaskDefinition[]
}

/** A revision by `family`, `family:revision` or ARN: of a family its latest active one. */
export function definitionNamed(world: World, region: string, text: string): TaskDefinition | undefined {
  const [family = '', revision] = lastPart(text).split(':')
  if (revision !== undefined) {
    const found = world.get(definitionId(region, family, Number(revision))) as TaskDefinition | undefined
    return found?.state === 'DELETED' ? undefined : found
  }
  return revisionsOfFamily(world, region, family)
    .filter(({ state }) => state === 'ACTIVE')
    .at(-1)
}

/** A revision that tasks may be started of. */
export function usableDefinition(
  world: World,
  region: string,
  text: string,
): { readonly definition: TaskDefinition } | ReturnType<typeof refuse> {
  const definition = definitionNamed(world, region, text)
  if (!definition) return refuse('ClientException', 'TaskDefinition not found.')
  if (definition.state !== 'ACTIVE') return refuse('ClientException', 'TaskDefinition is inactive')
  return { definition }
}

export function arnOfDefinition({ region, family, revision }: TaskDefinition): string {
  return definitionArn(region, family, revision)
}

/** A revision as the API describes it. */
export function describeDefinition(definition: TaskDefinition): api.TaskDefinition {
  const { family, revision, spec, state, registeredAt, registeredBy, deregisteredAt, deleteRequestedAt } = definition
  return {
    taskDefinitionArn: arnOfDefinition(definition),
    containerDefinitions: spec.containerDefinitions,
    family,
    ...(spec.taskRoleArn ? { taskRoleArn: spec.taskRoleArn } : {}),
    ...(spec.executionRoleArn ? { executionRoleArn: spec.executionRoleArn } : {}),
    ...(spec.networkMode ? { networkMode: spec.networkMode } : {}),
    revision,
    volumes: spec.volumes ?? [],
    status: state,
    ...(spec.requiresAttributes?.length ? { requiresAttributes: spec.requiresAttributes } : {}),
    placementConstraints: spec.placementConstraints ?? [],
    compatibilities: spec.compatibilities ?? [],
    ...rest(spec),
    registeredAt: apiTime(registeredAt),
    ...(deregisteredAt === undefined ? {} : { deregisteredAt: apiTime(deregisteredAt) }),
    ...(deleteRequestedAt === undefined ? {} : { deleteRequestedAt: apiTime(deleteRequestedAt) }),
    registeredBy,
  }
}

const REST = [
  'runtimePlatform',
  'requiresCompatibilities',
  'cpu',
  'memory',
  'inferenceAccelerators',
  'pidMode',
  'ipcMode',
  'proxyConfiguration',
  'ephemeralStorage',
  'enableFaultInjection',
] as const

function rest(spec: DefinitionSpec): Partial<api.TaskDefinition> {
  return Object.fromEntries(REST.flatMap((key) => (spec[key] === undefined ? [] : [[key, spec[key]]])))
}
