import type { Emission, Json } from '../../../kernel/index.ts'
import type { Ask } from '../cli/ask.ts'
import type { Command, CommandFlag, Reply } from '../cli/command.ts'
import { enter } from '../cli/exec.ts'
import { Problem } from '../cli/problem.ts'
import { type Container, isAlive } from '../container/container.ts'
import { removeContainer, stopContainer } from '../container/orders.ts'
import { fetching } from '../registry/fetching.ts'
import { buildLines } from './build.ts'
import { checkServices, chosen, containersOf, oneOf, serviceOf } from './containers.ts'
import { projectOf } from './globals.ts'
import { type Progress, tellProgress } from './progress.ts'
import { containerName, imageName, words } from './serviceSpec.ts'
import { mapping, shape } from './shape.ts'
import { begin, goUp, UP_FLAGS, type Upping } from './up.ts'

const TIMEOUT: CommandFlag = { name: 'timeout', short: 't', type: 'int', says: 'Specify a shutdown timeout in seconds' }

interface Acting {
  readonly ids: readonly string[]
  readonly began: number
}

/** Containers of the services that were named, or of all. */
function those(ask: Ask): readonly Container[] {
  const project = projectOf(ask)
  checkServices(project, ask.args)
  return containersOf(ask.world, ask.engine, project.name).filter(
    (one) => ask.args.length === 0 || ask.args.includes(serviceOf(one)),
  )
}

/** A command that asks containers for something and waits until they are so. */
function acting(
  name: string,
  summary: string,
  did: string,
  act: (ask: Ask, container: Container) => readonly Emission[],
  over: (container: Container | undefined) => boolean,
  flags: readonly CommandFlag[] = [],
): Command {
  return {
    path: `compose ${name}`,
    summary,
    usage: '[OPTIONS] [SERVICE...]',
    flags,
    run(ask) {
      const ids: string[] = []
      for (const container of those(ask)) {
        const emit = act(ask, container)
        if (emit.length === 0) continue
        ask.emit(emit)
        ids.push(container.id)
      }
      return {
        wait: { after: 1, changeOf: ['docker.Container'] },
        state: { ids, began: ask.world.now } as unknown as Json,
      }
    },
    resume(ask, state) {
      const { ids, began } = state as unknown as Acting
      const all = ids.map((id) => [id, ask.world.get(id) as Container | undefined] as const)
      if (!all.every(([, one]) => over(one))) return { wait: { changeOf: ['docker.Container'] }, state }
      const done = all.map(
        ([id, one]): Progress => ({
          what: `Container ${one?.name ?? id.slice(id.lastIndexOf('/') + 1)}`,
          did,
          ms: ask.world.now - began,
        }),
      )
      tellProgress(ask, done)
      return { exit: 0 }
    },
  }
}

function graceOf(ask: Ask): { readonly grace?: number } {
  const seconds = ask.number('timeout')
  return seconds === undefined ? {} : { grace: seconds * 1000 }
}

const dead = (container: Container | undefined): boolean => !container || !isAlive(container)

function again(ask: Ask, extra: Partial<Upping> = {}): Reply {
  return goUp(ask, { ...begin(ask), ...extra })
}

/** A command that is `up` in part. */
function upLike(
  name: string,
  summary: string,
  step: Upping['step'],
  flags: readonly CommandFlag[],
  forced: readonly string[],
): Command {
  const command: Command = {
    path: `compose ${name}`,
    summary,
    usage: '[OPTIONS] [SERVICE...]',
    flags,
    run: (ask) => again(withFlags(ask, forced), { step }),
    resume: (ask, state) => goUp(withFlags(ask, forced), state as unknown as Upping),
  }
  return command
}

/** The same question with switches on. */
function withFlags(
  ask: Ask,
  forced: readonly string[],
  args?: readonly string[],
  more: { readonly [name: string]: readonly string[] } = {},
): Ask {
  return Object.create(ask, {
    flag: { value: (name: string) => forced.includes(name) || ask.flag(name) },
    all: { value: (name: string) => more[name] ?? ask.all(name) },
    out: { value: (text: string) => ask.out(text) },
    err: { value: (text: string) => ask.err(text) },
    emit: { value: (emissions: readonly Emission[]) => ask.emit(emissions) },
    ...(args ? { args: { value: args } } : {}),
  }) as Ask
}

const build: Command = {
  path: 'compose build',
  summary: 'Build or rebuild services',
  usage: '[OPTIONS] [SERVICE...]',
  flags: [
    { name: 'build-arg', type: 'stringArray', says: 'Set build-time variables for services' },
    { name: 'no-cache', says: 'Do not use cache when building the image' },
    { name: 'pull', says: 'Always attempt to pull a newer version of the image' },
    { name: 'push', says: 'Push service images' },
    { name: 'quiet', short: 'q', says: 'Suppress the build output' },
    { name: 'with-dependencies', says: 'Also build dependencies (transitively)' },
  ],
  run: (ask) => buildNext(ask, 0),
  resume: (ask, state) =>
    (ask.call.child?.exitCode ?? 0) === 0
      ? buildNext(ask, (state as unknown as { at: number }).at)
      : { exit: ask.call.child?.exitCode ?? 1 },
}

function buildNext(ask: Ask, at: number): Reply {
  const project = projectOf(ask)
  const extra = [
    ...(ask.flag('no-cache') ? ['--no-cache'] : []),
    ...(ask.flag('quiet') ? ['-q'] : []),
    ...ask.all('build-arg').flatMap((arg) => ['--build-arg', arg]),
  ]
  const lines = buildLines(project, chosen(project, ask.args), extra)
  if (lines.length === 0) ask.err('WARN[0000] No services to build \n')
  const argv = lines[at]
  return argv ? { wait: { run: { argv } }, state: { at: at + 1 } as unknown as Json } : { exit: 0 }
}

const pull: Command = {
  path: 'compose pull',
  summary: 'Pull service images',
  usage: '[OPTIONS] [SERVICE...]',
  flags: [
    { name: 'ignore-buildable', says: 'Ignore images that can be built' },
    { name: 'ignore-pull-failures', says: 'Pull what it can and ignores images with pull failures' },
    { name: 'include-deps', says: 'Also pull services declared as dependencies' },
    { name: 'policy', type: 'string', says: 'Apply pull policy ("missing"|"always")' },
    { name: 'quiet', short: 'q', says: 'Pull without printing progress information' },
  ],
  run(ask) {
    const project = projectOf(ask)
    const done: Progress[] = []
    for (const name of chosen(project, ask.args)) {
      if (shape(project.services[name]).image === undefined) continue
      const plan = fetching(ask.world, ask.engine, imageName(project, name))
      if ('error' in plan) {
        if (ask.flag('ignore-pull-failures') || shape(project.services[name]).build !== undefined) continue
        throw new Problem(`Error response from daemon: ${plan.error}`)
      }
      done.push({ what: name, did: 'Pulled', ms: plan.ms })
    }
    return { wait: { after: Math.max(1, ...done.map(({ ms }) => ms)) }, state: { done } as unknown as Json }
  },
  resume(ask, state) {
    const project = projectOf(ask)
    const { done } = state as unknown as { done: readonly Progress[] }
    const seen = new Set<string>()
    for (const { what } of done) {
      const image = imageName(project, what)
      const plan = fetching(ask.world, ask.engine, image)
      if (!('error' in plan) && !seen.has(image)) ask.emit(plan.emit)
      seen.add(image)
    }
    if (!ask.flag('quiet')) tellProgress(ask, done, 'Pulling')
    return { exit: 0 }
  },
}

const exec: Command = {
  path: 'compose exec',
  summary: 'Execute a command in a running container',
  usage: '[OPTIONS] SERVICE COMMAND [ARGS...]',
  args: [2, Number.POSITIVE_INFINITY],
  stopsAtArgument: true,
  flags: [
    { name: 'detach', short: 'd', says: 'Detached mode: Run command in the background' },
    { name: 'env', short: 'e', type: 'stringArray', says: 'Set environment variables' },
    { name: 'index', type: 'int', says: 'Index of the container if service has multiple replicas' },
    { name: 'interactive', short: 'i', says: 'Keep STDIN open even if not attached' },
    { name: 'no-tty', short: 'T', says: 'Disable pseudo-TTY allocation' },
    { name: 'no-TTY', says: 'Disable pseudo-TTY allocation' },
    { name: 'privileged', says: 'Give extended privileges to the process' },
    { name: 'tty', short: 't', says: 'Allocate a pseudo-TTY' },
    { name: 'user', short: 'u', type: 'string', says: 'Run the command as this user' },
    { name: 'workdir', short: 'w', type: 'string', says: 'Path to workdir directory for this command' },
  ],
  run(ask) {
    const [service = '', ...argv] = ask.args
    const container = oneOf(ask, projectOf(ask), service)
    const tty = !ask.flag('no-tty') && !ask.flag('no-TTY') && ask.call.interactive
    return enter(withFlags(ask, tty ? ['tty', 'interactive'] : []), container, argv)
  },
  resume: (ask) => ({ exit: ask.call.child?.exitCode ?? 0 }),
}

/** `docker compose run` is `docker run` with what the service says. */
const run: Command = {
  path: 'compose run',
  summary: 'Run a one-off command on a service',
  usage: '[OPTIONS] SERVICE [COMMAND] [ARGS...]',
  args: [1, Number.POSITIVE_INFINITY],
  stopsAtArgument: true,
  flags: [
    { name: 'build', says: 'Build image before starting container' },
    { name: 'detach', short: 'd', says: 'Run container in background and print container ID' },
    { name: 'entrypoint', type: 'string', says: 'Override the entrypoint of the image' },
    { name: 'env', short: 'e', type: 'stringArray', says: 'Set environment variables' },
    { name: 'interactive', short: 'i', says: 'Keep STDIN open even if not attached (default true)' },
    { name: 'label', short: 'l', type: 'stringArray', says: 'Add or override a label' },
    { name: 'name', type: 'string', says: 'Assign a name to the container' },
    { name: 'no-deps', says: "Don't start linked services" },
    { name: 'no-TTY', short: 'T', says: 'Disable pseudo-TTY allocation' },
    { name: 'publish', short: 'p', type: 'stringArray', says: "Publish a container's port(s) to the host" },
    { name: 'quiet', short: 'q', says: "Don't print anything to STDOUT" },
    { name: 'quiet-pull', says: 'Pull without printing progress information' },
    { name: 'remove-orphans', says: 'Remove containers for services not defined in the Compose file' },
    { name: 'rm', says: 'Automatically remove the container when it exits' },
    { name: 'service-ports', short: 'P', says: "Run command with all service's ports enabled and mapped to the host" },
    { name: 'user', short: 'u', type: 'string', says: 'Run as specified username or uid' },
    { name: 'volume', short: 'v', type: 'stringArray', says: 'Bind mount a volume' },
    { name: 'workdir', short: 'w', type: 'string', says: 'Working directory inside the container' },
  ],
  run(ask) {
    const [service = ''] = ask.args
    const project = projectOf(ask, [service])
    checkServices(project, [service])
    if (ask.flag('no-deps')) return oneOff(ask)
    return runStep(ask, { ...begin(ask), built: [] })
  },
  resume(ask, state) {
    const at = state as unknown as Upping & { readonly ran?: boolean }
    if (at.ran) return { exit: ask.call.child?.exitCode ?? 0 }
    return runStep(ask, at)
  },
}

/** Brings up what the service needs, with the service itself at nought, then runs it. */
function runStep(ask: Ask, state: Upping): Reply {
  const [service = ''] = ask.args
  const reply = goUp(withFlags(ask, ['detach'], [service], { scale: [`${service}=0`] }), state)
  return 'exit' in reply && reply.exit === 0 ? oneOff(ask) : reply
}

function oneOff(ask: Ask): Reply {
  const [service = '', ...command] = ask.args
  const project = projectOf(ask, [service])
  const wish = shape(project.services[service])
  const env = [
    ...Object.entries(mapping(wish.environment)).map(([key, value]) => (value === null ? key : `${key}=${value}`)),
    ...ask.all('env'),
  ]
  const name =
    ask.text('name') ??
    `${containerName(project, service, 1).replace(/-1$/, '')}-run-${Math.floor(
      ask.world.draw('run', ask.world.revision) * 0xffffffff,
    )
      .toString(16)
      .padStart(8, '0')}ab3c`.slice(0, 63)
  const networks = Array.isArray(wish.networks) ? wish.networks.map(String) : Object.keys(shape(wish.networks))
  const network =
    wish.network_mode === undefined ? `${project.name}_${networks[0] ?? 'default'}` : String(wish.network_mode)
  const tty = ask.call.interactive && !ask.flag('no-TTY') && !ask.flag('detach')
  const argv = [
    'docker',
    'run',
    ...(ask.flag('rm') ? ['--rm'] : []),
    ...(ask.flag('detach') ? ['-d'] : tty ? ['-it'] : ['-i']),
    '--name',
    name,
    '--network',
    network,
    ...env.flatMap((pair) => ['-e', pair]),
    ...(Array.isArray(wish.volumes)
      ? wish.volumes.flatMap((mount) =>
          typeof mount === 'string' ? ['-v', namedVolume(project.name, mount, project.directory)] : [],
        )
      : []),
    ...ask.all('volume').flatMap((mount) => ['-v', mount]),
    ...ask.all('publish').flatMap((port) => ['-p', port]),
    ...(ask.flag('service-ports') && Array.isArray(wish.ports)
      ? wish.ports.flatMap((port) => (typeof port === 'string' ? ['-p', port] : []))
      : []),
    ...(ask.has('user') ? ['-u', ask.text('user') ?? ''] : []),
    ...(ask.has('workdir')
      ? ['-w', ask.text('workdir') ?? '']
      : typeof wish.working_dir === 'string'
        ? ['-w', wish.working_dir]
        : []),
    ...(ask.has('entrypoint') ? ['--entrypoint', ask.text('entrypoint') ?? ''] : []),
    '--label',
    `com.docker.compose.project=${project.name}`,
    '--label',
    `com.docker.compose.service=${service}`,
    '--label',
    'com.docker.compose.oneoff=True',
    imageName(project, service),
    ...(command.length > 0 ? command : (words(wish.command) ?? [])),
  ]
  return { wait: { run: { argv } }, state: { ran: true } as unknown as Json }
}

function namedVolume(project: string, mount: string, directory: string): string {
  const cut = mount.indexOf(':')
  const first = mount.slice(0, cut)
  if (cut < 0) return mount
  if (first.startsWith('.')) return `${directory}/${first}${mount.slice(cut)}`
  return /^[/~]/.test(first) ? mount : `${project}_${mount}`
}

/** A command of the engine's own on the container of a service. */
const cp: Command = {
  path: 'compose cp',
  summary: 'Copy files/folders between a service container and the local filesystem',
  usage: '[OPTIONS] SERVICE:SRC_PATH DEST_PATH|-\n\tdocker compose cp [OPTIONS] SRC_PATH|- SERVICE:DEST_PATH',
  args: [2, 2],
  flags: [
    { name: 'all', says: 'Include containers created by the run command' },
    { name: 'index', type: 'int', says: 'Index of the container if service has multiple replicas' },
  ],
  run(ask) {
    const project = projectOf(ask)
    const words = ask.args.map((text) => {
      const cut = text.indexOf(':')
      return cut > 0 && !/^[./]/.test(text) ? `${oneOf(ask, project, text.slice(0, cut)).name}${text.slice(cut)}` : text
    })
    return { wait: { run: { argv: ['docker', 'cp', ...words] } }, state: null as Json }
  },
  resume: (ask) => ({ exit: ask.call.child?.exitCode ?? 0 }),
}

const scale: Command = {
  path: 'compose scale',
  summary: 'Scale services',
  usage: '[SERVICE=REPLICAS...]',
  args: [1, Number.POSITIVE_INFINITY],
  flags: [{ name: 'no-deps', says: "Don't start linked services" }],
  run: (ask) => scaling(ask, begin(ask)),
  resume: (ask, state) => scaling(ask, state as unknown as Upping),
}

function scaling(ask: Ask, state: Upping): Reply {
  for (const text of ask.args) if (!/^[^=]+=\d+$/.test(text)) throw new Problem(`invalid scale specifier: ${text}`)
  const names = ask.args.map((text) => text.slice(0, text.indexOf('=')))
  return goUp(withFlags(ask, ['detach', 'no-recreate'], names, { scale: ask.args }), state)
}

/** What compose does with a project. */
export const actingCommands: readonly Command[] = [
  upLike('create', 'Creates containers for a service', 'build', UP_FLAGS, ['no-start']),
  upLike('start', 'Start services', 'start', UP_FLAGS, ['detach', 'no-recreate']),
  acting(
    'stop',
    'Stop services',
    'Stopped',
    (ask, one) => (isAlive(one) || one.state === 'restarting' ? stopContainer(ask.world, one, graceOf(ask)) : []),
    dead,
    [TIMEOUT],
  ),
  acting(
    'kill',
    'Force stop service containers',
    'Killed',
    (_ask, one) => (isAlive(one) ? [{ to: one.id, type: 'Killed', data: { exitCode: 137, manual: true } }] : []),
    dead,
    [
      { name: 'remove-orphans', says: 'Remove containers for services not defined in the Compose file' },
      { name: 'signal', short: 's', type: 'string', says: 'SIGNAL to send to the container (default "SIGKILL")' },
    ],
  ),
  acting(
    'pause',
    'Pause services',
    'Paused',
    (_ask, one) => (one.state === 'running' ? [{ to: one.id, type: 'Paused' }] : []),
    () => true,
  ),
  acting(
    'unpause',
    'Unpause services',
    'Unpaused',
    (_ask, one) => (one.state === 'paused' ? [{ to: one.id, type: 'Unpaused' }] : []),
    () => true,
  ),
  {
    ...acting(
      'restart',
      'Restart service containers',
      'Restarted',
      (ask, one) => (isAlive(one) ? stopContainer(ask.world, one, graceOf(ask)) : []),
      dead,
      [TIMEOUT, { name: 'no-deps', says: "Don't restart dependent services" }],
    ),
    resume(ask, state) {
      const at = state as unknown as Acting & Partial<Upping>
      if (at.step !== undefined)
        return goUp(withFlags(ask, ['detach', 'no-recreate', 'no-deps']), at as unknown as Upping)
      if (!at.ids.every((id) => dead(ask.world.get(id) as Container | undefined)))
        return { wait: { changeOf: ['docker.Container'] }, state }
      return goUp(withFlags(ask, ['detach', 'no-recreate', 'no-deps']), { ...begin(ask), step: 'start' })
    },
  },
  acting(
    'rm',
    'Removes stopped service containers',
    'Removed',
    (ask, one) =>
      isAlive(one) && !ask.flag('stop') ? [] : removeContainer(ask.world, one, { volumes: ask.flag('volumes') }),
    (one) => one === undefined,
    [
      { name: 'force', short: 'f', says: "Don't ask to confirm removal" },
      { name: 'stop', short: 's', says: 'Stop the containers, if required, before removing' },
      { name: 'volumes', short: 'v', says: 'Remove any anonymous volumes attached to containers' },
    ],
  ),
  build,
  pull,
  exec,
  run,
  cp,
  scale,
]
