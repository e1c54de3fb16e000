import type { Emission, World } from '../../../kernel/index.ts'
import { defineHost } from '../../../shell/host.ts'
import { type FileChanges, type FileTree, startProcess, withChanges } from '../../../shell/index.ts'
import { installedPrograms } from '../../../shell/installed.ts'
import type { AppSpec, ServerSpec } from './appSpec.ts'
import { machinePrograms } from './machinePrograms.ts'
import { AGENT, type Agent, agentId, type Bundle, type Deployment, type Group } from './records.ts'

/** How hooks run on an instance: with a shell, its usual tools and a package and service manager. */
defineHost({
  kind: AGENT,
  programs: () => new Map([...installedPrograms(), ...machinePrograms]),
  files: (host) => filesOf(host as Agent),
  change: (host, changes) => ({ to: host.id, type: 'FilesChanged', data: { changes }, by: host.id }),
  env: (host) => ({
    HOME: '/root',
    PATH: '/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin',
    ...(host as Agent).env,
  }),
  cwd: () => '/',
})

/** Directories that every machine has. */
const EMPTY: FileTree = Object.fromEntries(
  [
    '/bin',
    '/etc',
    '/home',
    '/home/ec2-user',
    '/opt',
    '/root',
    '/srv',
    '/tmp',
    '/usr',
    '/usr/bin',
    '/usr/local',
    '/usr/local/bin',
    '/var',
    '/var/lib',
    '/var/log',
  ].map((path) => [path, { dir: true, at: 0 }] as const),
)
const trees = new WeakMap<object, FileTree>()

/** Every file on an instance that CodeDeploy or its scripts have put there. */
export function filesOf(agent: Agent): FileTree {
  const known = trees.get(agent.written)
  if (known) return known
  const tree = withChanges(EMPTY, agent.written)
  trees.set(agent.written, tree)
  return tree
}

export function findAgent(world: World, region: string, instance: string): Agent | undefined {
  return world.get(agentId(region, instance)) as Agent | undefined
}

/** Brings the agent of an instance into being when it was not heard of yet. */
export function agentEmission(
  world: World,
  region: string,
  instance: string,
  owner: string | undefined,
): readonly Emission[] {
  if (findAgent(world, region, instance)) return []
  const data = {
    region,
    instance,
    written: {},
    processes: 0,
    env: {},
    cleanup: [],
    ...(owner === undefined ? {} : { owner }),
  }
  return [{ to: agentId(region, instance), kind: AGENT, type: 'Started', data }]
}

/** Where a deployment's bundle is unpacked. */
export function archiveOf(groupId: string, deployment: string): string {
  return `/opt/codedeploy-agent/deployment-root/${groupId}/${deployment}/deployment-archive`
}

const parents = (path: string): readonly string[] => {
  const parts = path.split('/').slice(1, -1)
  return parts.map((_part, i) => `/${parts.slice(0, i + 1).join('/')}`)
}

function put(
  changes: Record<string, FileChanges[string]>,
  path: string,
  text: string,
  at: number,
  mode?: number,
): void {
  for (const parent of parents(path)) changes[parent] ??= { dir: true, at }
  changes[path] = { text, at, ...(mode === undefined ? {} : { mode }) }
}

/** DownloadBundle: the files of the revision come to the instance. */
export function unpacked(files: Bundle, archive: string, at: number): FileChanges {
  const changes: Record<string, FileChanges[string]> = {}
  for (const [path, text] of Object.entries(files))
    put(changes, `${archive}/${path}`, text, at, text.startsWith('#!') ? 0o755 : undefined)
  return changes
}

/**
 * Install: files of the last installation go, those of the new one come; or why not.
 * Models: aws-codedeploy-agent lib/instance_agent/plugins/codedeploy/installer.rb
 */
export function installed(
  agent: Agent | undefined,
  spec: ServerSpec,
  files: Bundle,
  behavior: string,
  at: number,
): { readonly changes: FileChanges; readonly cleanup: readonly string[] } | { readonly error: string } {
  const there = agent ? filesOf(agent) : EMPTY
  const changes: Record<string, FileChanges[string]> = {}
  for (const path of agent?.cleanup ?? []) changes[path] = null
  const isThere = (path: string) => (path in changes ? changes[path] !== null : path in there)
  const cleanup: string[] = []
  for (const { source, destination } of spec.files) {
    const from = source.replace(/^\.?\/+/, '').replace(/\/$/, '')
    const found = Object.entries(files).filter(([path]) => from === '' || path === from || path.startsWith(`${from}/`))
    if (found.length === 0) return { error: `No such file or directory - ${source}` }
    for (const [path, text] of found) {
      const rest = path === from ? (path.split('/').at(-1) ?? path) : path.slice(from === '' ? 0 : from.length + 1)
      const to = `${destination.replace(/\/$/, '')}/${rest}`
      if (isThere(to)) {
        if (behavior === 'RETAIN') continue
        if (behavior !== 'OVERWRITE')
          return {
            error: `The deployment failed because a specified file already exists at this location: ${to}`,
          }
      }
      put(changes, to, text, at, modeOf(spec, to))
      cleanup.push(to)
    }
  }
  return { changes, cleanup }
}

function modeOf(spec: ServerSpec, path: string): number | undefined {
  const found = spec.permissions.find(({ object, pattern, mode }) => {
    if (mode === undefined || !path.startsWith(object.replace(/\/$/, ''))) return false
    const name = path.slice(path.lastIndexOf('/') + 1)
    return (
      pattern === '**' ||
      pattern === '*' ||
      new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(name)
    )
  })
  return found?.mode === undefined ? undefined : Number.parseInt(found.mode, 8)
}

/** Starts a hook's script on an instance. */
export function startScript(
  agent: Agent,
  path: string,
  text: string,
  env: { readonly [name: string]: string },
): { readonly process: string; readonly emit: readonly Emission[] } {
  const process = `${agent.id}/${agent.processes + 1}`
  const shell = /^#!.*\bbash\b/.test(text) ? 'bash' : 'sh'
  return {
    process,
    emit: [
      { to: agent.id, type: 'Prepared', data: { env, processes: agent.processes + 1 } },
      startProcess(process, { host: agent.id, argv: [shell, path], cwd: '/', role: 'own' }),
    ],
  }
}

/** The variables that every script sees. Models: AWS CodeDeploy User Guide, "Environment variable availability for hooks" */
export function scriptEnvironment(
  deployment: Deployment,
  group: Group,
  event: string,
): { readonly [name: string]: string } {
  return {
    APPLICATION_NAME: deployment.application,
    DEPLOYMENT_ID: deployment.deploymentId,
    DEPLOYMENT_GROUP_NAME: group.name,
    DEPLOYMENT_GROUP_ID: group.groupId,
    LIFECYCLE_EVENT: event,
  }
}

/** What a script of an event belongs to: the revision before for what stops it, the new one for all else. */
export function scriptsOf(
  agent: Agent | undefined,
  deployment: Deployment,
  group: Group,
  event: string,
): { readonly spec: AppSpec; readonly files: Bundle; readonly archive: string } | undefined {
  const isOld = ['ApplicationStop', 'BeforeBlockTraffic', 'AfterBlockTraffic'].includes(event)
  if (!isOld)
    return deployment.spec && deployment.files
      ? { spec: deployment.spec, files: deployment.files, archive: archiveOf(group.groupId, deployment.deploymentId) }
      : undefined
  const last = agent?.installed
  return last && { spec: last.spec, files: last.files, archive: archiveOf(group.groupId, last.deployment) }
}

/** The scripts of a target's event. */
export function hooksOf(spec: AppSpec | undefined, event: string): ServerSpec['hooks'][string] {
  return spec?.platform === 'Server' ? (spec.hooks[event] ?? []) : []
}
