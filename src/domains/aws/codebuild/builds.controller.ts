import type { Answer, Controller, Emission, World } from '../../../kernel/index.ts'
import type { Process, Stride } from '../../../shell/index.ts'
import { installEngine } from '../../docker/index.ts'
import { FETCHING } from './batch.ts'
import { BEGAN } from './build.lifecycle.ts'
import { BUILD, type Build, isOver, type PhaseRecord } from './build.ts'
import { commandsOf, exportedBy, nextCommand, startCommand } from './commands.ts'
import { artifactsOf } from './handover.ts'
import { type BuildPhase, codebuildPhases } from './phases.rule.ts'
import { reportEmissions } from './report.ts'
import { fetchSource } from './source.ts'

/**
 * Takes builds through their phases: fetches the source, runs the commands one after another, hands the artifacts on.
 * Models: the CodeBuild agent
 */
export const buildsController: Controller = {
  name: 'codebuild',
  watches: { [BUILD]: '*', 'shell.Process': ['Exited'] },
  wakes(event, world) {
    if (event.kind === 'shell.Process') {
      const { host, exitCode } = event.data as Stride
      return host.startsWith(`${BUILD}/`) && (world.get(host) as Build | undefined)?.state !== undefined
        ? `${host}\n${event.to}\n${exitCode}`
        : undefined
    }
    return event.type === 'FilesChanged' ? undefined : event.to
  },
  delay: (id, world) => DELAYS[(world.get(id) as Build | undefined)?.state ?? ''] ?? 0,
  reconcile(id, world) {
    const [to = '', process, code] = id.split('\n')
    const build = world.get(to) as Build | undefined
    if (!build) return undefined
    if (process !== undefined) return commandEnded(build, process, Number(code))
    if (isOver(build)) return end(build, world)
    const timeout = (build.settings.timeoutInMinutes ?? 60) * 60_000
    if (world.now - build.started >= timeout) return [{ to: build.id, type: 'TimedOut', data: { ended: world.now } }]
    return step(build, world) ?? [{ again: timeout - (world.now - build.started) }]
  },
}

/** How long the work of a phase takes besides its commands, in ms. */
const DELAYS: { readonly [phase: string]: number } = { DOWNLOAD_SOURCE: 2000, UPLOAD_ARTIFACTS: 1000, FINALIZING: 1000 }

function step(build: Build, world: World): readonly Answer[] | undefined {
  switch (build.state) {
    case 'DOWNLOAD_SOURCE': {
      const source = fetchSource(build, world)
      if ('statusCode' in source) return fail(build, world, source)
      const daemon = daemonOf(build)
      return [
        ...(daemon ? [daemon] : []),
        { to: build.id, type: 'SourceFetched', data: { ...source, ...(daemon ? { daemon: daemon.to } : {}) } },
        ...(build.batch?.identifier === FETCHING
          ? [begin(build, world, 'FINALIZING', { status: 'SUCCEEDED' }, {})]
          : move(build, world)),
      ]
    }
    case 'INSTALL':
    case 'PRE_BUILD':
    case 'BUILD':
    case 'POST_BUILD':
      return runPhase(build, world)
    case 'UPLOAD_ARTIFACTS': {
      const handed = artifactsOf(build)
      const reports = reportEmissions(build, world)
      if ('message' in handed)
        return [...reports, ...fail(build, world, { statusCode: 'CLIENT_ERROR', message: handed.message })]
      return [...reports, ...move(build, world, { artifacts: handed.artifacts })]
    }
    case 'FINALIZING': {
      const failed = build.phases.some(({ status }) => status === 'FAILED')
      return [{ to: build.id, type: failed ? 'Failed' : 'Succeeded', data: { ended: world.now } }]
    }
    default:
      return undefined
  }
}

/** The Docker engine of a privileged build, on its own machine. */
function daemonOf(build: Build): Emission | undefined {
  const { privilegedMode, computeType = '' } = build.settings.environment ?? {}
  if (!privilegedMode) return undefined
  const [cpuMilli, memory] = MACHINES[computeType.replace('BUILD_GENERAL1_', '')] ?? [2000, 3 * GIB]
  return installEngine({ host: `codebuild/${build.uuid}`, cpuMilli, memory, ip: '172.31.255.10', owner: build.id })
}

const GIB = 1024 ** 3

/** CPU in thousandths of a core, and bytes, by compute type. */
const MACHINES: { readonly [type: string]: readonly [number, number] } = {
  SMALL: [2000, 3 * GIB],
  MEDIUM: [4000, 7 * GIB],
  LARGE: [8000, 15 * GIB],
  XLARGE: [36_000, 70 * GIB],
  '2XLARGE': [72_000, 145 * GIB],
}

function runPhase(build: Build, world: World): readonly Answer[] | undefined {
  if (world.ownedBy(build.id).some((entity) => (entity as Process).id === `${build.id}/${build.processes}`))
    return undefined
  const command = skipToFinally(build)
  if (typeof command === 'object') return [{ to: build.id, type: 'CommandRan', data: { ran: command.ran } }]
  if (command !== undefined)
    return [
      { to: build.id, type: 'CommandBegan', data: { command, processes: build.processes + 1 } },
      { ...startCommand(build, command), by: build.id },
    ]
  const exported = build.state === 'POST_BUILD' ? { exported: exportedBy(build) } : {}
  if (!build.failing) return move(build, world, exported)
  const goesOn = commandsOf(build)?.onFailure === 'CONTINUE'
  return fail(build, world, build.failing, goesOn, exported)
}

/** The next command; after a failure the commands that are left are passed over, and the finally block begins. */
function skipToFinally(build: Build): string | { readonly ran: number } | undefined {
  const spec = commandsOf(build)
  if (spec && build.failing && build.ran < spec.commands.length) return { ran: spec.commands.length }
  return nextCommand(build)
}

function commandEnded(build: Build, process: string, exitCode: number): readonly Answer[] | undefined {
  if (process !== `${build.id}/${build.processes}` || isOver(build)) return undefined
  const command = nextCommand(build)
  if (command === undefined) return undefined
  const failing = {
    statusCode: 'COMMAND_EXECUTION_ERROR',
    message: `Error while executing command: ${command}. Reason: exit status ${exitCode}`,
  }
  return [
    {
      to: build.id,
      type: 'CommandRan',
      by: process,
      data: { command, exitCode, ran: build.ran + 1, ...(exitCode === 0 ? {} : { failing: build.failing ?? failing }) },
    },
  ]
}

/** Ends the present phase well and begins the next. */
function move(build: Build, world: World, more: object = {}): readonly Emission[] {
  return [begin(build, world, nextPhase(world, build, null), { status: 'SUCCEEDED' }, more)]
}

/** Ends the present phase in failure and begins the one that the rule names. */
function fail(
  build: Build,
  world: World,
  context: { readonly statusCode?: string | undefined; readonly message?: string | undefined },
  goesOn = false,
  more: object = {},
): readonly Emission[] {
  const phase = nextPhase(world, build, goesOn ? null : (build.state as BuildPhase))
  const emission = begin(build, world, phase, { status: 'FAILED', context }, more)
  return [{ ...emission, rule: codebuildPhases.id, inputs: { failedPhase: build.state } }]
}

function nextPhase(world: World, build: Build, failedPhase: BuildPhase | null): BuildPhase {
  const { phases } = world.decide(codebuildPhases, { failedPhase })
  return (phases[phases.indexOf(build.state) + 1] ?? 'FINALIZING') as BuildPhase
}

function begin(
  build: Build,
  world: World,
  phase: BuildPhase,
  ended: Pick<PhaseRecord, 'status' | 'context'>,
  more: object,
): Emission {
  const phases = [
    ...build.phases.map((record) => (record.ended === undefined ? { ...record, ended: world.now, ...ended } : record)),
    { phase, began: world.now },
  ]
  return { to: build.id, type: BEGAN[phase], data: { phases, ran: 0, failing: undefined, ...more } }
}

/** Kills what still runs, and lets the next build of the project go. */
function end(build: Build, world: World): readonly Answer[] | undefined {
  const left = world.ownedBy(build.id).filter(({ kind }) => kind === 'shell.Process')
  const killed = left.map(({ id }) => ({ to: id, type: 'Signalled', data: { signal: 'KILL' }, by: build.id }))
  return killed.length > 0 ? killed : undefined
}
