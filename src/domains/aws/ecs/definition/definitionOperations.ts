import { type ApiAnswer, type ApiCall, arnOf, defineOperation, type Operation, refuse } from '../../core/index.ts'
import { type FargateSize, fargateSize } from '../fargateSize.rule.ts'
import { apiTime, definitionArn, definitionId, lastPart } from '../names.ts'
import { pageOf } from '../paging.ts'
import type * as api from '../types.generated.ts'
import { definitionProblem } from './checkDefinition.ts'
import { settleDefinition } from './settleDefinition.ts'
import {
  arnOfDefinition,
  definitionNamed,
  describeDefinition,
  revisionsOfFamily,
  type TaskDefinition,
} from './taskDefinition.ts'

/** The operations about task definitions. Models: ECS API */
export const definitionOperations: readonly Operation[] = [
  defineOperation<api.RegisterTaskDefinitionRequest>('RegisterTaskDefinition', register, passedRoles),
  defineOperation<api.DeregisterTaskDefinitionRequest>('DeregisterTaskDefinition', ({ input, world, region }) => {
    if (!/:\d+$/.test(input.taskDefinition)) return refuse('InvalidParameterException', `Revision is missing.`)
    const definition = definitionNamed(world, region, input.taskDefinition)
    if (!definition) return refuse('ClientException', 'Unable to describe task definition.')
    if (definition.state === 'DELETE_IN_PROGRESS')
      return refuse('InvalidParameterException', 'The specified task definition is in the DELETE_IN_PROGRESS state.')
    const next: TaskDefinition = { ...definition, state: 'INACTIVE', deregisteredAt: world.now }
    return {
      output: { taskDefinition: describeDefinition(next) },
      emit: definition.state === 'ACTIVE' ? [{ to: definition.id, type: 'Deregistered' }] : [],
    }
  }),
  defineOperation<api.DescribeTaskDefinitionRequest>('DescribeTaskDefinition', ({ input, world, region }) => {
    const definition = definitionNamed(world, region, input.taskDefinition)
    if (!definition) return refuse('ClientException', 'Unable to describe task definition.')
    return {
      output: {
        taskDefinition: describeDefinition(definition),
        tags: input.include?.includes('TAGS') ? definition.tags : [],
      },
    }
  }),
  defineOperation<api.ListTaskDefinitionsRequest>('ListTaskDefinitions', ({ input, world, region }) => {
    const { familyPrefix, status = 'ACTIVE', sort = 'ASC' } = input
    const found = all(world, region).filter(
      (one) => one.state === status && (familyPrefix === undefined || one.family === familyPrefix),
    )
    found.sort((a, b) => (a.family === b.family ? a.revision - b.revision : a.family < b.family ? -1 : 1))
    if (sort === 'DESC') found.reverse()
    const page = pageOf(found.map(arnOfDefinition), input)
    return 'error' in page ? page : { output: { taskDefinitionArns: page.items, ...page.more } }
  }),
  defineOperation<api.ListTaskDefinitionFamiliesRequest>('ListTaskDefinitionFamilies', ({ input, world, region }) => {
    const { familyPrefix = '', status = 'ACTIVE' } = input
    const families = new Map<string, boolean>()
    for (const { family, state } of all(world, region))
      if (family.startsWith(familyPrefix) && state !== 'DELETED')
        families.set(family, (families.get(family) ?? false) || state === 'ACTIVE')
    const found = [...families].flatMap(([family, active]) =>
      status === 'ALL' || active === (status === 'ACTIVE') ? [family] : [],
    )
    const page = pageOf(found.sort(), input)
    return 'error' in page ? page : { output: { families: page.items, ...page.more } }
  }),
  defineOperation<api.DeleteTaskDefinitionsRequest>('DeleteTaskDefinitions', remove),
]

function all(world: ApiCall['world'], region: string): TaskDefinition[] {
  return ([...world.all('aws.ecs.TaskDefinition')] as unknown as readonly TaskDefinition[]).filter(
    (one) => one.region === region,
  )
}

function register({ input, world, region, principal }: ApiCall<api.RegisterTaskDefinitionRequest>): ApiAnswer {
  const sized = (size: FargateSize) => world.decide(fargateSize, size).valid
  const problem = definitionProblem(input, sized)
  if (problem !== undefined) return refuse('ClientException', problem)
  const { family, tags = [] } = input
  const revision = (revisionsOfFamily(world, region, family).at(-1)?.revision ?? 0) + 1
  const id = definitionId(region, family, revision)
  const data = {
    region,
    family,
    revision,
    spec: settleDefinition(withRoles(input), sized),
    tags,
    registeredAt: world.now,
    registeredBy: principal.arn,
  }
  const born = { ...data, id, kind: 'aws.ecs.TaskDefinition', state: 'ACTIVE' } as TaskDefinition
  return {
    output: { taskDefinition: describeDefinition(born), ...(tags.length > 0 ? { tags } : {}) },
    emit: [{ to: id, kind: 'aws.ecs.TaskDefinition', type: 'Registered', data, ...sizedBy(input) }],
  }
}

/** The rule that a definition for Fargate has passed. */
function sizedBy({ requiresCompatibilities }: api.RegisterTaskDefinitionRequest): { readonly rule?: string } {
  return requiresCompatibilities?.includes('FARGATE') ? { rule: fargateSize.id } : {}
}

/** Roles that are given by name become ARNs of the account. */
function withRoles(input: api.RegisterTaskDefinitionRequest): api.RegisterTaskDefinitionRequest {
  const whole = (role: string | undefined) =>
    role === undefined || role === '' || role.startsWith('arn:') ? role : arnOf('iam', '', `role/${role}`)
  return { ...input, taskRoleArn: whole(input.taskRoleArn), executionRoleArn: whole(input.executionRoleArn) }
}

function passedRoles({ input }: ApiCall<api.RegisterTaskDefinitionRequest>) {
  const roles = [input.taskRoleArn, input.executionRoleArn].filter((role) => role?.startsWith('arn:')) as string[]
  return [
    { resource: '*' },
    ...[...new Set(roles)].map((resource) => ({
      action: 'iam:PassRole',
      resource,
      context: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
    })),
  ]
}

function remove({ input, world, region }: ApiCall<api.DeleteTaskDefinitionsRequest>): ApiAnswer {
  const deleted: TaskDefinition[] = []
  const failures: api.Failure[] = []
  for (const text of input.taskDefinitions) {
    const definition = definitionNamed(world, region, text)
    const arn = definition ? arnOfDefinition(definition) : definitionNameArn(region, text)
    if (!definition)
      failures.push({
        arn,
        reason:
          'The specified task definition does not exist. Specify a valid account, family, revision and try again.',
      })
    else if (definition.state === 'ACTIVE')
      failures.push({
        arn,
        reason: 'The specified task definition is still in ACTIVE status. Please deregister the target and try again.',
      })
    else deleted.push(definition)
  }
  return {
    output: {
      taskDefinitions: deleted.map((one) => ({
        ...describeDefinition({ ...one, state: 'DELETE_IN_PROGRESS' }),
        deleteRequestedAt: apiTime(world.now),
      })),
      failures,
    },
    emit: deleted.flatMap(({ id, state }) => (state === 'INACTIVE' ? [{ to: id, type: 'Deleted' }] : [])),
  }
}

function definitionNameArn(region: string, text: string): string {
  const [family = '', revision = '0'] = lastPart(text).split(':')
  return text.startsWith('arn:') ? text : definitionArn(region, family, Number(revision))
}
