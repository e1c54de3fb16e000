import { defineOperation, type Operation, pageOf } from '../core/index.ts'
import { capabilitiesOf } from './capabilities.ts'
import { shownParameters } from './changeSetOperations.ts'
import { parseTemplate } from './checkTemplate.ts'
import { dated, invalid, liveStack, noStack } from './ordering.ts'
import { exportsOf, findStack, resourceNamed, resourcesOf, STACK, type Stack, type StackResource } from './records.ts'
import { onStack } from './stackOperations.ts'
import { importersOf } from './stacks.controller.ts'
import { type Template, TemplateProblem } from './template.ts'
import type * as api from './types.generated.ts'

const DRIFT = { StackDriftStatus: 'NOT_CHECKED' }

function shownStack(stack: Stack) {
  return {
    StackId: stack.stackId,
    StackName: stack.name,
    ChangeSetId: stack.changeSetId,
    Description: stack.wanted.template.description,
    Parameters: stack.wanted.parameters.length > 0 ? shownParameters(stack.wanted) : undefined,
    CreationTime: dated(stack.created),
    DeletionTime: stack.deleted === undefined ? undefined : dated(stack.deleted),
    LastUpdatedTime: stack.updated === undefined ? undefined : dated(stack.updated),
    RollbackConfiguration: {},
    StackStatus: stack.state,
    StackStatusReason: stack.reason === 'User Initiated' ? undefined : stack.reason,
    DisableRollback: stack.onFailure === 'DO_NOTHING',
    NotificationARNs: stack.wanted.notificationArns,
    TimeoutInMinutes: stack.timeoutMinutes,
    Capabilities: stack.wanted.capabilities.length > 0 ? stack.wanted.capabilities : undefined,
    Outputs: stack.outputs.length > 0 ? stack.outputs : undefined,
    RoleARN: stack.roleArn,
    Tags: stack.wanted.tags,
    EnableTerminationProtection: stack.terminationProtection,
    DriftInformation: DRIFT,
  }
}

function shownResource(stack: Stack, one: StackResource) {
  return {
    StackName: stack.name,
    StackId: stack.stackId,
    LogicalResourceId: one.logicalId,
    PhysicalResourceId: one.physicalId,
    ResourceType: one.type,
    Timestamp: dated(one.updated),
    ResourceStatus: one.state,
    ResourceStatusReason: one.reason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  }
}

function summary(template: Template) {
  const { capabilities, reason } = capabilitiesOf(template)
  return {
    Description: template.description,
    Capabilities: capabilities.length > 0 ? capabilities : undefined,
    CapabilitiesReason: reason,
    DeclaredTransforms: template.transforms.length > 0 ? template.transforms : undefined,
  }
}

function read(body: string | undefined): Template | ReturnType<typeof invalid> {
  if (body === undefined) return invalid('Either Template URL or Template Body must be specified.')
  try {
    return parseTemplate(body)
  } catch (problem) {
    if (problem instanceof TemplateProblem) return invalid(problem.message)
    throw problem
  }
}

/** Everything that happened to a stack, newest first. */
function eventsOf(stack: Stack, resources: readonly StackResource[]): readonly api.StackEvent[] {
  const own = stack.told.map((told) => ({
    told,
    logicalId: stack.name,
    physicalId: stack.stackId,
    type: 'AWS::CloudFormation::Stack',
  }))
  const others = resources.flatMap(({ told, logicalId, type }) =>
    told.map((one) => ({ told: one, logicalId, physicalId: one.physicalId ?? '', type })),
  )
  return [...own, ...others]
    .sort((a, b) => b.told.at - a.told.at || b.told.id - a.told.id)
    .map(({ told, logicalId, physicalId, type }) => ({
      StackId: stack.stackId,
      EventId:
        type === 'AWS::CloudFormation::Stack'
          ? eventId(stack, told.id)
          : `${logicalId}-${told.status}-${timeId(told.at)}`,
      StackName: stack.name,
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      Timestamp: dated(told.at),
      ResourceStatus: told.status,
      ResourceStatusReason: told.reason,
      ResourceProperties: told.properties === undefined ? undefined : JSON.stringify(told.properties),
    }))
}

const timeId = (at: number) => new Date(dated(at)).toISOString()
const eventId = (stack: Stack, id: number) => {
  const uuid = stack.stackId.slice(stack.stackId.lastIndexOf('/') + 1)
  return `${id.toString(16).padStart(8, '0')}${uuid.slice(8)}`
}

/** Operations that only read. */
export const readOperations: readonly Operation[] = [
  defineOperation<api.DescribeStacksInput>(
    'DescribeStacks',
    ({ input, world, region }) => {
      if (input.StackName !== undefined) {
        const stack = findStack(world, region, input.StackName)
        return stack ? { output: { Stacks: [shownStack(stack)] } } : noStack(input.StackName)
      }
      const all = [...world.all(STACK)]
        .map((one) => one as Stack)
        .filter((one) => one.region === region && one.state !== 'DELETE_COMPLETE')
      const { items, nextToken } = pageOf(all.reverse(), input.NextToken, 100)
      return { output: { Stacks: items.map(shownStack), NextToken: nextToken } }
    },
    onStack,
  ),
  defineOperation<api.ListStacksInput>('ListStacks', ({ input, world, region }) => {
    const all = [...world.all(STACK)]
      .map((one) => one as Stack)
      .filter((one) => one.region === region && (input.StackStatusFilter?.includes(one.state) ?? true))
    const { items, nextToken } = pageOf(all.reverse(), input.NextToken, 100)
    return {
      output: {
        StackSummaries: items.map((stack) => {
          const shown = shownStack(stack)
          return {
            StackId: shown.StackId,
            StackName: shown.StackName,
            TemplateDescription: shown.Description,
            CreationTime: shown.CreationTime,
            LastUpdatedTime: shown.LastUpdatedTime,
            DeletionTime: shown.DeletionTime,
            StackStatus: shown.StackStatus,
            StackStatusReason: shown.StackStatusReason,
            DriftInformation: DRIFT,
          }
        }),
        NextToken: nextToken,
      },
    }
  }),
  defineOperation<api.DescribeStackEventsInput>(
    'DescribeStackEvents',
    ({ input, world, region }) => {
      const name = input.StackName ?? ''
      const stack = findStack(world, region, name)
      if (!stack) return invalid(`Stack [${name}] does not exist`)
      const { items, nextToken } = pageOf(eventsOf(stack, resourcesOf(world, stack)), input.NextToken, 100)
      return { output: { StackEvents: items, NextToken: nextToken } }
    },
    onStack,
  ),
  defineOperation<api.DescribeStackResourcesInput>(
    'DescribeStackResources',
    ({ input, world, region }) => {
      const stack =
        input.StackName !== undefined
          ? findStack(world, region, input.StackName)
          : [...world.all(STACK)]
              .map((one) => one as Stack)
              .find((one) => resourcesOf(world, one).some(({ physicalId }) => physicalId === input.PhysicalResourceId))
      if (!stack) {
        return input.StackName === undefined
          ? invalid(`Stack for ${input.PhysicalResourceId ?? ''} does not exist`)
          : noStack(input.StackName)
      }
      const found = resourcesOf(world, stack).filter(
        (one) => input.LogicalResourceId === undefined || one.logicalId === input.LogicalResourceId,
      )
      return {
        output: {
          StackResources: [...found]
            .sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1))
            .map((one) => shownResource(stack, one)),
        },
      }
    },
    onStack,
  ),
  defineOperation<api.DescribeStackResourceInput>(
    'DescribeStackResource',
    ({ input, world, region }) => {
      const stack = findStack(world, region, input.StackName)
      if (!stack) return invalid(`Stack '${input.StackName}' does not exist`)
      const found = resourceNamed(world, stack, input.LogicalResourceId)
      if (!found) return invalid(`Resource ${input.LogicalResourceId} does not exist for stack ${stack.name}`)
      const { Timestamp, ...shown } = shownResource(stack, found)
      const metadata = stack.wanted.template.resources[found.logicalId]?.Metadata
      return {
        output: {
          StackResourceDetail: { ...shown, LastUpdatedTimestamp: Timestamp, Metadata: JSON.stringify(metadata ?? {}) },
        },
      }
    },
    onStack,
  ),
  defineOperation<api.ListStackResourcesInput>(
    'ListStackResources',
    ({ input, world, region }) => {
      const stack = findStack(world, region, input.StackName)
      if (!stack) return noStack(input.StackName)
      const all = [...resourcesOf(world, stack)].sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1))
      const { items, nextToken } = pageOf(all, input.NextToken, 100)
      return {
        output: {
          StackResourceSummaries: items.map((one) => {
            const { Timestamp, StackName: _name, StackId: _id, ...shown } = shownResource(stack, one)
            return { ...shown, LastUpdatedTimestamp: Timestamp }
          }),
          NextToken: nextToken,
        },
      }
    },
    onStack,
  ),
  defineOperation<api.GetTemplateInput>(
    'GetTemplate',
    ({ input, world, region }) => {
      const stack = findStack(world, region, input.StackName ?? '')
      if (!stack) return noStack(input.StackName ?? '')
      return { output: { TemplateBody: stack.wanted.body, StagesAvailable: ['Original', 'Processed'] } }
    },
    onStack,
  ),
  defineOperation<api.ValidateTemplateInput>('ValidateTemplate', ({ input }) => {
    const template = read(input.TemplateBody)
    if ('error' in template) return template
    return {
      output: {
        Parameters: Object.entries(template.parameters).map(([ParameterKey, spec]) => ({
          ParameterKey,
          DefaultValue: spec.Default === undefined ? undefined : String(spec.Default),
          NoEcho: String(spec.NoEcho) === 'true',
          Description: spec.Description,
        })),
        ...summary(template),
      },
    }
  }),
  defineOperation<api.GetTemplateSummaryInput>('GetTemplateSummary', ({ input, world, region }) => {
    const stack = input.StackName === undefined ? undefined : liveStack(world, region, input.StackName)
    if (input.StackName !== undefined && !stack) return noStack(input.StackName)
    const template = stack ? stack.wanted.template : read(input.TemplateBody)
    if ('error' in template) return template
    return {
      output: {
        Parameters: Object.entries(template.parameters).map(([ParameterKey, spec]) => ({
          ParameterKey,
          DefaultValue: spec.Default === undefined ? undefined : String(spec.Default),
          ParameterType: spec.Type,
          NoEcho: String(spec.NoEcho) === 'true',
          Description: spec.Description,
          ParameterConstraints: spec.AllowedValues ? { AllowedValues: spec.AllowedValues.map(String) } : {},
        })),
        ...summary(template),
        ResourceTypes: Object.values(template.resources).map(({ Type }) => Type),
        Version: '2010-09-09',
        Metadata: template.metadata === undefined ? undefined : JSON.stringify(template.metadata),
      },
    }
  }),
  defineOperation<api.ListExportsInput>('ListExports', ({ input, world, region }) => {
    const all = exportsOf(world, region).map(({ name, value, stack }) => ({
      ExportingStackId: stack.stackId,
      Name: name,
      Value: value,
    }))
    const { items, nextToken } = pageOf(all, input.NextToken, 100)
    return { output: { Exports: items, NextToken: nextToken } }
  }),
  defineOperation<api.ListImportsInput>('ListImports', ({ input, world, region }) => {
    const names = importersOf(world, region, input.ExportName).map(({ name }) => name)
    return names.length === 0
      ? invalid(`Export '${input.ExportName}' is not imported by any stack.`)
      : { output: { Imports: names } }
  }),
]
