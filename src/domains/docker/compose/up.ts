import { type Emission, type Json, stable } from '../../../kernel/index.ts'
import { digestOf } from '../../containerd/index.ts'
import type { Ask } from '../cli/ask.ts'
import type { Command, CommandFlag, Reply } from '../cli/command.ts'
import { Problem } from '../cli/problem.ts'
import { type Container, isAlive } from '../container/container.ts'
import { logsOf } from '../container/logs.ts'
import { createContainer, removeContainer, startContainer, startTime, stopContainer } from '../container/orders.ts'
import { prepare } from '../engine/prepare.ts'
import { findLocalImage } from '../image/index.ts'
import { createNetwork, networkNamed } from '../network/network.ts'
import { fetching } from '../registry/fetching.ts'
import { createVolume, volumeId } from '../volume/volume.ts'
import { buildLines } from './build.ts'
import { checkServices, containersOf, ownLabels, serviceOf } from './containers.ts'
import { projectOf, textAt } from './globals.ts'
import { dependenciesOf, startOrder } from './load.ts'
import { type Progress, tellProgress } from './progress.ts'
import { fullName, type Project } from './project.ts'
import { containerName, imageName, scaleOf, serviceSpec } from './serviceSpec.ts'
import { list, shape } from './shape.ts'

/** Where an `up` is. Each resume looks at the world anew; what is kept is what to tell. */
export interface Upping {
  readonly step: 'build' | 'pull' | 'networks' | 'create' | 'recreate' | 'start' | 'attached' | 'stopping'
  readonly began: number
  readonly done: readonly Progress[]
  /** Services that were built already. */
  readonly built: readonly string[]
  /** Containers that are starting: entity id and when they are due. */
  readonly starting: { readonly [id: string]: number }
  readonly started: readonly string[]
  /** Lines shown, by container. */
  readonly shown?: { readonly [id: string]: number }
  readonly interrupts?: number
}

export const UP_FLAGS: readonly CommandFlag[] = [
  { name: 'abort-on-container-exit', says: 'Stops all containers if any container was stopped. Incompatible with -d' },
  {
    name: 'abort-on-container-failure',
    says: 'Stops all containers if any container exited with failure. Incompatible with -d',
  },
  { name: 'always-recreate-deps', says: 'Recreate dependent containers. Incompatible with --no-recreate.' },
  { name: 'attach', type: 'stringArray', says: 'Restrict attaching to the specified services' },
  { name: 'build', says: 'Build images before starting containers' },
  { name: 'detach', short: 'd', says: 'Detached mode: Run containers in the background' },
  { name: 'exit-code-from', type: 'string', says: 'Return the exit code of the selected service container' },
  { name: 'force-recreate', says: "Recreate containers even if their configuration and image haven't changed" },
  { name: 'menu', says: 'Enable interactive shortcuts when running attached' },
  { name: 'no-attach', type: 'stringArray', says: 'Do not attach (stream logs) to the specified services' },
  { name: 'no-build', says: "Don't build an image, even if it's policy" },
  { name: 'no-color', says: 'Produce monochrome output' },
  { name: 'no-deps', says: "Don't start linked services" },
  { name: 'no-log-prefix', says: "Don't print prefix in logs" },
  { name: 'no-recreate', says: "If containers already exist, don't recreate them" },
  { name: 'no-start', says: "Don't start the services after creating them" },
  { name: 'pull', type: 'string', says: 'Pull image before running ("always"|"missing"|"never")' },
  { name: 'quiet-build', says: 'Suppress the build output' },
  { name: 'quiet-pull', says: 'Pull without printing progress information' },
  { name: 'remove-orphans', says: 'Remove containers for services not defined in the Compose file' },
  {
    name: 'renew-anon-volumes',
    short: 'V',
    says: 'Recreate anonymous volumes instead of retrieving data from the previous containers',
  },
  { name: 'scale', type: 'scale', says: 'Scale SERVICE to NUM instances' },
  {
    name: 'timeout',
    short: 't',
    type: 'int',
    says: 'Use this timeout in seconds for container shutdown when attached',
  },
  { name: 'timestamps', says: 'Show timestamps' },
  { name: 'wait', says: 'Wait for services to be running|healthy. Implies detached mode.' },
  {
    name: 'wait-timeout',
    type: 'int',
    says: 'Maximum duration in seconds to wait for the project to be running|healthy',
  },
  { name: 'watch', short: 'w', says: 'Watch source code and rebuild/refresh containers when files are updated.' },
  { name: 'yes', short: 'y', says: 'Assume "yes" as answer to all prompts and run non-interactively' },
]

/** Models: docker/compose pkg/compose/up.go, convergence.go */
export const up: Command = {
  path: 'compose up',
  summary: 'Create and start containers',
  usage: '[OPTIONS] [SERVICE...]',
  flags: UP_FLAGS,
  run: (ask) => goUp(ask, begin(ask)),
  resume: (ask, state) => goUp(ask, state as unknown as Upping),
}

export function begin(ask: Ask): Upping {
  return { step: 'build', began: ask.world.now, done: [], built: [], starting: {}, started: [] }
}

/** Services that a command brings up: those named with all that they wait for, or all. */
function wanted(ask: Ask, project: Project): readonly string[] {
  checkServices(project, ask.args)
  const order = startOrder(project.services)
  if (ask.args.length === 0) return order
  const needed = new Set<string>()
  const visit = (name: string): void => {
    if (needed.has(name) || !project.services[name]) return
    needed.add(name)
    if (!ask.flag('no-deps')) for (const { service } of dependenciesOf(shape(project.services[name]))) visit(service)
  }
  for (const name of ask.args) visit(name)
  return order.filter((name) => needed.has(name))
}

function scale(ask: Ask, project: Project, name: string): number {
  const given = ask.all('scale').find((text) => text.startsWith(`${name}=`))
  return given === undefined ? scaleOf(shape(project.services[name])) : Number(given.slice(name.length + 1))
}

/** Goes on as far as it can at this instant. */
export function goUp(ask: Ask, state: Upping): Reply {
  const project = projectOf(ask, ask.args)
  if (Object.keys(project.services).length === 0) throw new Problem('no service selected')
  const services = wanted(ask, project)
  if (state.step === 'build') return build(ask, project, services, state)
  if (state.step === 'pull') return pulled(ask, project, services, state)
  if (state.step === 'networks') return networks(ask, project, services, state)
  if (state.step === 'create') return create(ask, project, services, state)
  if (state.step === 'recreate') return recreate(ask, project, services, state)
  if (state.step === 'start') return start(ask, project, services, state)
  if (state.step === 'stopping') return stopping(ask, project, state)
  return attached(ask, project, services, state)
}

const later = (state: Upping, ms: number): Reply => ({
  wait: { after: Math.max(1, ms) },
  state: state as unknown as Json,
  catches: true,
})

/** Builds what has a build and no image yet, one after another, by `docker build`. */
function build(ask: Ask, project: Project, services: readonly string[], state: Upping): Reply {
  if (state.built.length > 0 && (ask.call.child?.exitCode ?? 0) !== 0) return { exit: ask.call.child?.exitCode ?? 1 }
  const next = services.find((name) => {
    const service = shape(project.services[name])
    if (service.build === undefined || state.built.includes(name) || ask.flag('no-build')) return false
    return ask.flag('build') || !findLocalImage(ask.world, ask.engine, imageName(project, name))
  })
  if (next !== undefined) {
    const [argv] = buildLines(project, [next], [])
    return {
      wait: { run: { argv: argv ?? [] } },
      state: { ...state, built: [...state.built, next] } as unknown as Json,
    }
  }
  return pull(ask, project, services, state)
}

function pull(ask: Ask, project: Project, services: readonly string[], state: Upping): Reply {
  const always = ask.text('pull') === 'always'
  const missing = services.filter((name) => {
    const service = shape(project.services[name])
    if (service.build !== undefined && service.pull_policy === undefined) return false
    return (
      always || service.pull_policy === 'always' || !findLocalImage(ask.world, ask.engine, imageName(project, name))
    )
  })
  let ms = 0
  const done: Progress[] = []
  for (const name of missing) {
    const plan = fetching(ask.world, ask.engine, imageName(project, name))
    if ('error' in plan) {
      ask.err(`[+] Pulling 0/1\n ✘ ${name} Error ${plan.error}\n`)
      throw new Problem(`Error response from daemon: ${plan.error}`)
    }
    ms = Math.max(ms, plan.ms)
    done.push({ what: name, did: 'Pulled', ms: plan.ms })
  }
  if (missing.length === 0) return networks(ask, project, services, { ...state, step: 'networks' })
  if (!ask.flag('quiet-pull')) tellProgress(ask, done, 'Pulling')
  return later({ ...state, step: 'pull' }, ms)
}

function pulled(ask: Ask, project: Project, services: readonly string[], state: Upping): Reply {
  const seen = new Set<string>()
  for (const name of services) {
    const image = imageName(project, name)
    if (seen.has(image) || shape(project.services[name]).build !== undefined) continue
    seen.add(image)
    if (findLocalImage(ask.world, ask.engine, image)) continue
    const plan = fetching(ask.world, ask.engine, image)
    if (!('error' in plan)) ask.emit(plan.emit)
  }
  return later({ ...state, step: 'networks' }, 1)
}

/** Makes the networks and volumes that the services use. */
function networks(ask: Ask, project: Project, services: readonly string[], state: Upping): Reply {
  const { world, engine } = ask
  const done: Progress[] = []
  const emit: Emission[] = []
  for (const key of usedNetworks(project, services)) {
    const value = project.networks[key]
    const name = fullName(project, key, value)
    if (networkNamed(world, engine, name)) continue
    if (value?.external) throw new Problem(`network ${name} declared as external, but could not be found`)
    const config = shape(list(shape(value?.ipam).config)[0])
    const made = createNetwork(world, engine, name, {
      labels: {
        'com.docker.compose.network': key,
        'com.docker.compose.project': project.name,
        'com.docker.compose.version': '5.0.0',
      },
      ...(typeof value?.driver === 'string' ? { driver: value.driver } : {}),
      ...(typeof config.subnet === 'string'
        ? { subnet: config.subnet }
        : { subnet: `172.${18 + networkCount(ask) + emit.length}.0.0/16` }),
      ...(value?.internal === true ? { internal: true } : {}),
    })
    emit.push(made)
    done.push({ what: `Network ${name}`, did: 'Created', ms: 40 })
  }
  for (const [key, value] of Object.entries(project.volumes)) {
    const name = fullName(project, key, value)
    if (world.get(volumeId(engine, name))) continue
    if (value.external) throw new Problem(`external volume "${name}" not found`)
    if (!usesVolume(project, services, key)) continue
    emit.push(
      createVolume(world, engine, name, {
        labels: {
          'com.docker.compose.project': project.name,
          'com.docker.compose.version': '5.0.0',
          'com.docker.compose.volume': key,
        },
      }),
    )
    done.push({ what: `Volume ${name.includes('-') ? `"${name}"` : name}`, did: 'Created', ms: 10 })
  }
  ask.emit(emit)
  return later({ ...state, step: 'create', done: [...state.done, ...done] }, done.length > 0 ? 40 : 1)
}

function networkCount(ask: Ask): number {
  return [...ask.world.all('docker.Network')].filter((network) => network.owner === ask.engine).length
}

function usedNetworks(project: Project, services: readonly string[]): readonly string[] {
  const used = new Set<string>()
  for (const name of services) {
    const service = shape(project.services[name])
    if (service.network_mode !== undefined) continue
    const own = Array.isArray(service.networks) ? service.networks.map(String) : Object.keys(shape(service.networks))
    for (const key of own.length > 0 ? own : ['default']) used.add(key)
  }
  return [...used].sort()
}

function usesVolume(project: Project, services: readonly string[], key: string): boolean {
  return services.some((name) =>
    list(shape(project.services[name]).volumes).some((mount) =>
      typeof mount === 'string' ? mount.startsWith(`${key}:`) : shape(mount).source === key,
    ),
  )
}

/** Makes the containers that are missing, and asks those to stop that are to be made anew. */
function create(ask: Ask, project: Project, services: readonly string[], state: Upping): Reply {
  const { world, engine } = ask
  const done: Progress[] = []
  let recreates = false
  for (const name of services) {
    const count = scale(ask, project, name)
    const { spec, hash } = specFor(ask, project, name)
    const existing = containersOf(world, engine, project.name, name)
    for (const container of existing.slice(count)) {
      ask.emit(removeContainer(world, container))
      done.push({ what: `Container ${container.name}`, did: 'Removed', ms: 200 })
    }
    for (let number = 1; number <= count; number++) {
      const found = existing.slice(0, count)[number - 1]
      const changed = found && found.spec.labels?.['com.docker.compose.config-hash'] !== hash
      if (
        found &&
        !ask.flag('no-recreate') &&
        (changed || ask.flag('force-recreate') || isStale(ask, project, name, found))
      ) {
        ask.emit(isAlive(found) ? stopContainer(world, found) : [])
        recreates = true
        continue
      }
      if (found) {
        if (found.state === 'running') done.push({ what: `Container ${found.name}`, did: 'Running', ms: 0 })
        continue
      }
      const container = containerName(project, name, number)
      const image = findLocalImage(world, engine, spec.image)
      if (!image) throw new Problem(`Error response from daemon: No such image: ${spec.image}`)
      const ready = prepare(world, engine, { ...spec, labels: { ...spec.labels, ...ownLabels(number, hash) } }, image, {
        noHealth: shape(shape(project.services[name]).healthcheck).disable === true,
      })
      ask.emit(ready.emit)
      const ordered = createContainer(world, { engine, name: container, spec: ready.spec, imageId: image.id })
      if ('error' in ordered) throw new Problem(`Error response from daemon: ${ordered.error}`)
      ask.emit(ordered.emit)
      if (ask.flag('no-start')) done.push({ what: `Container ${container}`, did: 'Created', ms: 60 })
    }
  }
  const orphans = containersOf(world, engine, project.name).filter((one) => !project.services[serviceOf(one)])
  if (ask.flag('remove-orphans'))
    for (const orphan of orphans) {
      ask.emit(removeContainer(world, orphan))
      done.push({ what: `Container ${orphan.name}`, did: 'Removed', ms: 200 })
    }
  else if (orphans.length > 0)
    ask.err(
      `WARN[0000] Found orphan containers ([${orphans.map((one) => one.name).join(' ')}]) for this project. If you removed or renamed this service in your compose file, you can run this command with the --remove-orphans flag to clean it up. \n`,
    )
  return later({ ...state, step: recreates ? 'recreate' : 'start', done: [...state.done, ...done] }, 60)
}

function isStale(ask: Ask, project: Project, name: string, container: Container): boolean {
  const image = findLocalImage(ask.world, ask.engine, imageName(project, name))
  return image !== undefined && image.id !== container.imageId
}

function specFor(ask: Ask, project: Project, name: string) {
  const spec = serviceSpec(project, name, {
    world: ask.world,
    read: (path) => textAt(ask.call, path),
    session: ask.call.session,
  })
  return {
    spec,
    hash: digestOf(stable({ ...spec, labels: undefined, own: project.services[name]?.labels ?? null })).slice(7),
  }
}

/** Containers that had to stop are removed, and made anew. */
function recreate(ask: Ask, project: Project, services: readonly string[], state: Upping): Reply {
  const stale = services.flatMap((name) => {
    const { hash } = specFor(ask, project, name)
    return containersOf(ask.world, ask.engine, project.name, name).filter(
      (one) =>
        one.spec.labels?.['com.docker.compose.config-hash'] !== hash ||
        isStale(ask, project, name, one) ||
        (ask.flag('force-recreate') && !isAlive(one) && one.createdAt < state.began),
    )
  })
  if (stale.some((one) => isAlive(one)))
    return { wait: { changeOf: ['docker.Container'] }, state: state as unknown as Json }
  if (stale.length === 0) return create(ask, project, services, state)
  for (const container of stale) ask.emit(removeContainer(ask.world, container))
  const done = stale.map((container): Progress => ({ what: `Container ${container.name}`, did: 'Recreated', ms: 300 }))
  return later({ ...state, done: [...state.done, ...done] }, 30)
}

/** Starts every container whose dependencies are as they must be. */
function start(ask: Ask, project: Project, services: readonly string[], state: Upping): Reply {
  if (ask.flag('no-start')) {
    tellProgress(ask, state.done)
    return { exit: 0 }
  }
  const { world, engine } = ask
  const starting: { [id: string]: number } = { ...state.starting }
  const started = [...state.started]
  const done = [...state.done]
  let waiting = false
  for (const name of services) {
    const containers = containersOf(world, engine, project.name, name)
    const waits = ask.flag('no-deps')
      ? []
      : dependenciesOf(shape(project.services[name])).filter(({ service }) => project.services[service])
    for (const container of containers) {
      if (isAlive(container) || started.includes(container.id)) continue
      const due = starting[container.id]
      if (due !== undefined) {
        if (due > world.now) {
          waiting = true
          continue
        }
        const began = startContainer(world, container, { now: true })
        ask.emit(began.emit)
        if ('error' in began) {
          tellProgress(ask, done)
          throw new Problem(`Error response from daemon: ${began.error}`)
        }
        started.push(container.id)
        delete starting[container.id]
        done.push({ what: `Container ${container.name}`, did: 'Started', ms: world.now - state.began })
        waiting = true
        continue
      }
      const ready = waits.every((wait) => satisfied(ask, project, wait, started, done))
      if (ready) starting[container.id] = world.now + startTime(world, container)
      waiting = true
    }
  }
  const next = { ...state, starting, started, done }
  if (waiting) {
    const dues = Object.values(starting)
    const after = dues.length > 0 ? { after: Math.max(1, Math.min(...dues) - world.now) } : {}
    return { wait: { changeOf: ['docker.Container'], ...after }, state: next as unknown as Json, catches: true }
  }
  if (ask.flag('wait')) return settle(ask, project, services, next)
  tellProgress(ask, done)
  if (ask.flag('detach')) return { exit: 0 }
  const names = services.flatMap((name) =>
    containersOf(world, engine, project.name, name).map((one) => shortName(project, one)),
  )
  ask.out(`Attaching to ${names.join(', ')}\n`)
  return {
    wait: { after: 1, changeOf: ['docker.Container', 'shell.Process'] },
    state: { ...next, step: 'attached', shown: {} } as unknown as Json,
    catches: true,
  }
}

/** Whether what a service waits for is as it must be; throws when it never will be. */
function satisfied(
  ask: Ask,
  project: Project,
  { service, condition, required }: ReturnType<typeof dependenciesOf>[number],
  started: readonly string[],
  done: Progress[],
): boolean {
  const containers = containersOf(ask.world, ask.engine, project.name, service)
  if (containers.length === 0) return !required || scaleOf(shape(project.services[service])) === 0
  const fails = (text: string): never => {
    tellProgress(ask, done)
    throw new Problem(text)
  }
  return containers.every((container) => {
    const { state, health, ended, name } = container
    if (condition === 'service_completed_successfully') {
      if (state !== 'exited') return false
      if (ended?.exitCode === 0) return true
      return required ? fails(`service "${service}" didn't complete successfully: exit ${ended?.exitCode}`) : true
    }
    if (condition === 'service_healthy') {
      if (state === 'exited' && started.includes(container.id))
        return required ? fails(`dependency failed to start: container ${name} exited (${ended?.exitCode})`) : true
      if (state === 'running' && !health)
        return fails(`dependency failed to start: container ${name} has no healthcheck configured`)
      if (health?.status === 'unhealthy')
        return required ? fails(`dependency failed to start: container ${name} is unhealthy`) : true
      return health?.status === 'healthy'
    }
    return isAlive(container) || started.includes(container.id)
  })
}

/** `--wait`: until everything runs and is healthy. */
function settle(ask: Ask, project: Project, services: readonly string[], state: Upping): Reply {
  const all = services.flatMap((name) => containersOf(ask.world, ask.engine, project.name, name))
  const bad = all.find((one) => one.state === 'exited' || one.health?.status === 'unhealthy')
  if (bad) {
    tellProgress(ask, state.done)
    throw new Problem(
      bad.state === 'exited'
        ? `container ${bad.name} exited (${bad.ended?.exitCode})`
        : `container ${bad.name} is unhealthy`,
    )
  }
  const limit = Number(ask.text('wait-timeout') ?? 0) * 1000
  if (limit > 0 && ask.world.now - state.began >= limit)
    throw new Problem(`application not healthy after ${limit / 1000}s`)
  if (all.some((one) => one.health && one.health.status !== 'healthy'))
    return {
      wait: {
        changeOf: ['docker.Container'],
        ...(limit > 0 ? { after: Math.max(1, state.began + limit - ask.world.now) } : {}),
      },
      state: state as unknown as Json,
    }
  tellProgress(
    ask,
    state.done.map((one) =>
      one.did === 'Started' || one.did === 'Running'
        ? { ...one, did: 'Healthy', ms: ask.world.now - state.began }
        : one,
    ),
  )
  return { exit: 0 }
}

/** `web-1` of `app-web-1`. */
export function shortName(project: { readonly name: string }, container: Container): string {
  return container.name.startsWith(`${project.name}-`) ? container.name.slice(project.name.length + 1) : container.name
}

/** In the foreground: what all containers write, until they have ended or Ctrl-C stops them. */
function attached(ask: Ask, project: Project, services: readonly string[], state: Upping): Reply {
  const only = ask.all('attach')
  const all = services.flatMap((name) => containersOf(ask.world, ask.engine, project.name, name))
  const watched = all.filter(
    (one) => (only.length === 0 || only.includes(serviceOf(one))) && !ask.all('no-attach').includes(serviceOf(one)),
  )
  const shown: { [id: string]: number } = { ...state.shown }
  const width = Math.max(0, ...watched.map((one) => shortName(project, one).length))
  for (const container of watched) {
    const lines = logsOf(ask.world, container)
    for (const { text } of lines.slice(shown[container.id] ?? 0))
      ask.out(`${ask.flag('no-log-prefix') ? '' : `${shortName(project, container).padEnd(width)}  | `}${text}\n`)
    if (!isAlive(container) && container.state === 'exited' && shown[`${container.id} ended`] === undefined) {
      ask.out(`${shortName(project, container)} exited with code ${container.ended?.exitCode ?? 0}\n`)
      shown[`${container.id} ended`] = 1
    }
    shown[container.id] = lines.length
  }
  const next: Upping = { ...state, shown }
  const ended = all.filter((one) => one.state === 'exited')
  const failed = ended.find((one) => (one.ended?.exitCode ?? 0) !== 0)
  const from = ask.text('exit-code-from')
  const aborts = (ask.flag('abort-on-container-exit') || from !== undefined) && ended.length > 0
  if (ask.call.why === 'signal' || aborts || (ask.flag('abort-on-container-failure') && failed)) {
    ask.err(
      ask.call.why === 'signal'
        ? 'Gracefully Stopping... press Ctrl+C again to force\n'
        : 'Aborting on container exit...\n',
    )
    for (const container of all) ask.emit(stopContainer(ask.world, container))
    return later({ ...next, step: 'stopping', interrupts: ask.call.why === 'signal' ? 1 : 0 }, 1)
  }
  if (all.every((one) => !isAlive(one) && one.state !== 'restarting')) return { exit: 0 }
  return { wait: { changeOf: ['docker.Container', 'shell.Process'] }, state: next as unknown as Json, catches: true }
}

function stopping(ask: Ask, project: Project, state: Upping): Reply {
  const all = containersOf(ask.world, ask.engine, project.name)
  if (all.some((one) => isAlive(one)))
    return { wait: { changeOf: ['docker.Container'] }, state: state as unknown as Json }
  tellProgress(
    ask,
    all.map((one) => ({ what: `Container ${one.name}`, did: 'Stopped', ms: 200 })),
    'Stopping',
  )
  const from = ask.text('exit-code-from')
  if (from !== undefined) return { exit: all.find((one) => serviceOf(one) === from)?.ended?.exitCode ?? 0 }
  if (state.interrupts) return { exit: 130 }
  return {
    exit:
      all.find((one) => (one.ended?.exitCode ?? 0) !== 0 && ask.flag('abort-on-container-failure'))?.ended?.exitCode ??
      0,
  }
}
