import { defineOperation, type Operation, refuse, uuid } from '../core/index.ts'
import { dated, findProject, type Project } from './build.ts'
import { missing, onProject } from './projectAccess.ts'
import type * as api from './types.generated.ts'

const API_OF: { readonly [type: string]: string } = {
  GITHUB: 'https://api.github.com/repos/',
  GITHUB_ENTERPRISE: 'https://api.github.com/repos/',
  BITBUCKET: 'https://api.bitbucket.org/2.0/repositories/',
  GITLAB: 'https://gitlab.com/api/v4/projects/',
  GITLAB_SELF_MANAGED: 'https://gitlab.com/api/v4/projects/',
}

/** Operations on the webhooks by which GitHub and others start builds. They stand in the project. Models: AWS CodeBuild API, CreateWebhook */
export const webhookOperations: readonly Operation[] = [
  defineOperation<api.CreateWebhookInput>(
    'CreateWebhook',
    ({ input, world, region }) => {
      const project = findProject(world, region, input.projectName)
      if (!project) return missing(region, input.projectName)
      const { type = '', location = '' } = project.project.source ?? {}
      const host = API_OF[type]
      if (host === undefined)
        return refuse('InvalidInputException', `Webhooks are not supported for source type ${type}`)
      if (project.project.webhook)
        return refuse('ResourceAlreadyExistsException', `Webhook already exists for project ${input.projectName}`)
      const problem = filterProblem(input)
      if (problem !== undefined) return refuse('InvalidInputException', problem)
      const path = location.replace(/^https?:\/\/[^/]+\//, '').replace(/\.git$/, '')
      const { projectName: _name, ...settings } = input
      const webhook: api.Webhook = {
        url: `${host}${path}/hooks/${number(world.draw(project.id, 'webhook'))}`,
        payloadUrl: `https://codebuild.${region}.amazonaws.com/webhooks?t=${uuid(world, project.id, 'payload', world.now)}&v=1`,
        ...(type === 'GITHUB_ENTERPRISE' || input.manualCreation
          ? { secret: uuid(world, project.id, 'secret', world.now) }
          : {}),
        ...settings,
        lastModifiedSecret: dated(world.now),
        status: 'ACTIVE',
      }
      return { output: { webhook }, emit: [changed(project, webhook)] }
    },
    onProject,
  ),
  defineOperation<api.UpdateWebhookInput>(
    'UpdateWebhook',
    ({ input, world, region }) => {
      const project = findProject(world, region, input.projectName)
      const known = project?.project.webhook
      if (!project || !known) return project ? noWebhook(input.projectName) : missing(region, input.projectName)
      const problem = filterProblem(input)
      if (problem !== undefined) return refuse('InvalidInputException', problem)
      const { projectName: _name, rotateSecret, ...settings } = input
      const webhook: api.Webhook = {
        ...known,
        ...(settings.filterGroups ? { branchFilter: undefined } : {}),
        ...(settings.branchFilter === undefined ? {} : { filterGroups: undefined }),
        ...settings,
        ...(rotateSecret
          ? {
              lastModifiedSecret: dated(world.now),
              ...(known.secret === undefined ? {} : { secret: uuid(world, project.id, 'secret', world.now) }),
            }
          : {}),
      }
      return { output: { webhook }, emit: [changed(project, webhook)] }
    },
    onProject,
  ),
  defineOperation<{ readonly projectName: string }>(
    'DeleteWebhook',
    ({ input, world, region }) => {
      const project = findProject(world, region, input.projectName)
      if (!project) return missing(region, input.projectName)
      return project.project.webhook
        ? { output: {}, emit: [changed(project, undefined)] }
        : noWebhook(input.projectName)
    },
    onProject,
  ),
]

function changed(project: Project, webhook: api.Webhook | undefined) {
  return { to: project.id, type: 'Changed', data: { project: { ...project.project, webhook } } }
}

function noWebhook(name: string) {
  return refuse('ResourceNotFoundException', `Webhook could not be found for project ${name}`)
}

function number(drawn: number): number {
  return 100_000_000 + Math.floor(drawn * 100_000_000)
}

/** A group without an event says nothing; patterns are regular expressions. */
function filterProblem(input: api.UpdateWebhookInput): string | undefined {
  if (input.branchFilter !== undefined && input.filterGroups)
    return 'Invalid webhook: branchFilter and filterGroups cannot be used together'
  for (const group of input.filterGroups ?? []) {
    if (!group.some(({ type }) => type === 'EVENT' || type === 'WORKFLOW_NAME'))
      return 'A filter group must contain exactly one EVENT filter type'
    for (const { type, pattern } of group)
      if (type !== 'EVENT' && !compiles(pattern)) return `Invalid pattern: ${pattern}`
  }
  return undefined
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp
  } catch {
    return false
  }
}
