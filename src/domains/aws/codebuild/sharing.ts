import type { Entity, World } from '../../../kernel/index.ts'
import { defineOperation, type Operation, pageOf, parseArn, refuse } from '../core/index.ts'
import { findProject } from './build.ts'
import { reportGroupId } from './report.ts'
import type * as api from './types.generated.ts'

export const POLICY = 'aws.codebuild.ResourcePolicy'

/** Who else may use a project or a report group. */
interface ResourcePolicy extends Entity {
  readonly region: string
  readonly resourceArn: string
  readonly policy: string
}

/** Operations on what is shared with other accounts. Models: AWS CodeBuild User Guide, "Working with shared projects" */
export const sharingOperations: readonly Operation[] = [
  defineOperation<api.PutResourcePolicyInput>('PutResourcePolicy', ({ input, world, region }) => {
    if (!shareable(world, region, input.resourceArn))
      return refuse('ResourceNotFoundException', `Could not find resource ${input.resourceArn}`)
    if (!isObject(input.policy)) return refuse('InvalidInputException', 'Resource policy is not valid JSON')
    const id = `${POLICY}/${input.resourceArn}`
    const data = { region, resourceArn: input.resourceArn, policy: input.policy }
    return {
      output: { resourceArn: input.resourceArn },
      emit: [world.get(id) ? { to: id, type: 'Changed', data } : { to: id, kind: POLICY, type: 'Created', data }],
    }
  }),
  defineOperation<api.GetResourcePolicyInput>('GetResourcePolicy', ({ input, world }) => {
    const found = world.get(`${POLICY}/${input.resourceArn}`) as ResourcePolicy | undefined
    return found
      ? { output: { policy: found.policy } }
      : refuse('ResourceNotFoundException', `Resource ${input.resourceArn} does not have a resource policy`)
  }),
  defineOperation<api.DeleteResourcePolicyInput>('DeleteResourcePolicy', ({ input, world }) => {
    const id = `${POLICY}/${input.resourceArn}`
    return { output: {}, emit: world.get(id) ? [{ to: id, type: 'Deleted' }] : [] }
  }),
  defineOperation<api.ListSharedProjectsInput>('ListSharedProjects', ({ input, world, region }) => {
    const { items, nextToken } = shared(world, region, 'project/', input)
    return { output: { nextToken, projects: items } }
  }),
  defineOperation<api.ListSharedReportGroupsInput>('ListSharedReportGroups', ({ input, world, region }) => {
    const { items, nextToken } = shared(world, region, 'report-group/', input)
    return { output: { nextToken, reportGroups: items } }
  }),
]

function shared(world: World, region: string, prefix: string, input: api.ListSharedProjectsInput) {
  const arns = [...world.all(POLICY)]
    .map((entity) => entity as ResourcePolicy)
    .filter((one) => one.region === region && parseArn(one.resourceArn)?.resource.startsWith(prefix))
    .map(({ resourceArn }) => resourceArn)
    .sort()
  if (input.sortOrder === 'DESCENDING') arns.reverse()
  return pageOf(arns, input.nextToken, input.maxResults ?? 100)
}

function shareable(world: World, region: string, arn: string): boolean {
  const [sort, name = ''] = parseArn(arn)?.resource.split('/') ?? []
  if (sort === 'project') return findProject(world, region, name) !== undefined
  return sort === 'report-group' && world.get(reportGroupId(region, name)) !== undefined
}

function isObject(text: string): boolean {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null
  } catch {
    return false
  }
}
