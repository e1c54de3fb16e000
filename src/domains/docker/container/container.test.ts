import { describe, expect, it } from 'vitest'
import { Simulation } from '../../../kernel/index.ts'
import { shellDomain } from '../../../shell/index.ts'
import { containerd } from '../../containerd/index.ts'
import { dockerDomain } from '../domain.ts'
import { installEngine } from '../engine/engine.ts'
import { pullImage } from '../engine/pull.ts'
import { type Container, containerNamed } from './container.ts'
import type { ContainerSpec } from './containerSpec.ts'
import { logsOf } from './logs.ts'
import { createContainer, healthCheck, removeContainer, startContainer, stopContainer } from './orders.ts'
import { answer } from './serving.ts'

const ENGINE = 'docker.Engine/box'

function box(image: string): Simulation {
  const simulation = new Simulation({ domains: [shellDomain, containerd, dockerDomain], seed: 1 })
  simulation.schedule(installEngine({ host: 'box', cpuMilli: 2000, memory: 4e9, ip: '10.0.0.9' }), [])
  simulation.advanceTo(0)
  const pull = pullImage(simulation.world, ENGINE, image)
  if ('emit' in pull) for (const emission of pull.emit) simulation.schedule(emission, [])
  simulation.advanceTo(60_000)
  return simulation
}

function run(simulation: Simulation, name: string, spec: ContainerSpec): () => Container {
  const ordered = createContainer(simulation.world, { engine: ENGINE, name, spec })
  if (!('emit' in ordered)) throw new Error(ordered.error)
  for (const emission of ordered.emit) simulation.schedule(emission, [])
  simulation.advanceTo(simulation.now)
  start(simulation, name)
  return () => simulation.world.get(ordered.id) as Container
}

function start(simulation: Simulation, name: string): void {
  const container = containerNamed(simulation.world, ENGINE, name) as Container
  for (const emission of startContainer(simulation.world, container).emit) simulation.schedule(emission, [])
}

const later = (simulation: Simulation, ms: number): void => simulation.advanceTo(simulation.now + ms)

describe('a container', () => {
  it('runs a command of the shell, keeps what it wrote, and ends with its exit code', () => {
    const simulation = box('alpine:3.22')
    const get = run(simulation, 'job', {
      image: 'alpine:3.22',
      command: ['sh', '-c', 'echo hello $NAME; sleep 2; exit 3'],
      env: { NAME: 'you' },
    })
    later(simulation, 1000)
    expect(get().state).toBe('running')
    later(simulation, 2000)
    expect(get().ended).toMatchObject({ exitCode: 3, oom: false })
    expect(logsOf(simulation.world, get()).map(({ text }) => text)).toEqual(['hello you'])
  })

  it('serves, and is stopped by its signal before the grace is over', () => {
    const simulation = box('nginx:1.27')
    const get = run(simulation, 'web', { image: 'nginx:1.27', ports: [{ container: 80, host: 8080, protocol: 'tcp' }] })
    later(simulation, 1000)
    const request = { method: 'GET', path: '/', host: 'localhost', headers: {} }
    expect(answer(simulation.world, get(), request, 80)).toMatchObject({ response: { status: 200 } })
    for (const emission of stopContainer(simulation.world, get())) simulation.schedule(emission, [])
    later(simulation, 1000)
    expect(get()).toMatchObject({ state: 'exited', ended: { exitCode: 0 }, ports: [] })
  })

  it('is killed when its first process ignores the signal until the grace is over', () => {
    const simulation = box('alpine:3.22')
    const get = run(simulation, 'deaf', { image: 'alpine:3.22', command: ['sleep', '1000'] })
    later(simulation, 1000)
    for (const emission of stopContainer(simulation.world, get())) simulation.schedule(emission, [])
    later(simulation, 9999)
    expect(get().state).toBe('stopping')
    later(simulation, 1)
    expect(get().ended?.exitCode).toBe(137)
  })

  it('is started again by its policy after waits that double, as often as the policy says', () => {
    const simulation = box('alpine:3.22')
    const get = run(simulation, 'flaky', {
      image: 'alpine:3.22',
      command: ['false'],
      restart: { name: 'on-failure', max: 3 },
    })
    const waits: number[] = []
    later(simulation, 5000)
    for (const event of simulation.journal)
      if (event.type === 'RestartDelayed') waits.push((event.data as { wait: number }).wait)
    expect(waits).toEqual([100, 200, 400])
    expect(get()).toMatchObject({ state: 'exited', restarts: 3, life: 4 })
  })

  it('refuses a port that another has, and a program that the image has not', () => {
    const simulation = box('nginx:1.27')
    const ports = [{ container: 80, host: 8080, protocol: 'tcp' as const }]
    run(simulation, 'one', { image: 'nginx:1.27', ports })
    later(simulation, 1000)
    const two = run(simulation, 'two', { image: 'nginx:1.27', ports })
    later(simulation, 1000)
    expect(two()).toMatchObject({ state: 'created' })
    expect(two().error).toMatch(/Bind for 0.0.0.0:8080 failed: port is already allocated$/)
    const bad = run(simulation, 'bad', { image: 'nginx:1.27', command: ['nonsense'], entrypoint: [] })
    later(simulation, 1000)
    expect(bad().ended?.exitCode).toBe(127)
  })

  it('is healthy by its check, and unhealthy after as many failures as it may have', () => {
    const simulation = box('nginx:1.27')
    const health = healthCheck({
      test: ['CMD-SHELL', 'test -f /usr/share/nginx/html/index.html'],
      interval: 1000,
    }) as never
    const get = run(simulation, 'web', { image: 'nginx:1.27', health })
    later(simulation, 2500)
    expect(get().health?.status).toBe('healthy')
    simulation.schedule(
      { to: get().id, type: 'FilesChanged', data: { changes: { '/usr/share/nginx/html/index.html': null } } },
      [],
    )
    later(simulation, 2000)
    expect(get().health).toMatchObject({ status: 'healthy', streak: 2 })
    later(simulation, 2000)
    expect(get().health?.status).toBe('unhealthy')
  })

  it('is gone with its ports when it is removed', () => {
    const simulation = box('nginx:1.27')
    const get = run(simulation, 'web', { image: 'nginx:1.27', ports: [{ container: 80, protocol: 'tcp' }] })
    later(simulation, 1000)
    expect(get().ports[0]?.host).toBe(32768)
    for (const emission of removeContainer(simulation.world, get())) simulation.schedule(emission, [])
    later(simulation, 1000)
    expect(get()).toBeUndefined()
  })

  it('is cheap: few events each, for thousands on hundreds of engines', () => {
    const simulation = new Simulation({ domains: [shellDomain, containerd, dockerDomain], seed: 1 })
    for (let e = 0; e < 100; e++)
      simulation.schedule(installEngine({ host: `i-${e}`, cpuMilli: 4000, memory: 16e9, ip: `10.0.${e}.1` }), [])
    simulation.advanceTo(0)
    for (let e = 0; e < 100; e++) {
      const pull = pullImage(simulation.world, `docker.Engine/i-${e}`, 'nginx:1.27')
      if ('emit' in pull) for (const emission of pull.emit) simulation.schedule(emission, [])
    }
    simulation.advanceTo(60_000)
    const spec: ContainerSpec = { image: 'nginx:1.27', ports: [{ container: 80, protocol: 'tcp' }] }
    const before = simulation.journal.length
    for (let i = 0; i < 1000; i++) {
      const ordered = createContainer(simulation.world, {
        engine: `docker.Engine/i-${i % 100}`,
        name: `task-${i}`,
        spec,
        owner: `task/${i}`,
      })
      if ('emit' in ordered) for (const emission of ordered.emit) simulation.schedule(emission, [])
    }
    simulation.advanceTo(60_000)
    for (const one of [...simulation.world.all('docker.Container')] as Container[])
      for (const emission of startContainer(simulation.world, one).emit) simulation.schedule(emission, [])
    simulation.advanceTo(70_000)
    expect(simulation.world.count('docker.Container', 'running')).toBe(1000)
    expect((simulation.journal.length - before) / 1000).toBeLessThanOrEqual(3)
  })
})
