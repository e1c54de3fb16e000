import { expect, it } from 'vitest'
import { Simulation } from '../../../kernel/index.ts'
import { shellDomain } from '../../../shell/index.ts'
import { containerd } from '../../containerd/index.ts'
import { dockerDomain } from '../domain.ts'
import { installEngine } from '../engine/engine.ts'
import { pullImage } from '../engine/pull.ts'
import type { Container } from './container.ts'
import { filesOf, textOf } from './files.ts'
import { createContainer, startContainer } from './orders.ts'

it('reads one file as it stands among all: written, deleted, below a mount, or of the image', () => {
  const simulation = new Simulation({ domains: [shellDomain, containerd, dockerDomain], seed: 1 })
  const engine = 'docker.Engine/box'
  simulation.schedule(installEngine({ host: 'box', cpuMilli: 2000, memory: 4e9, ip: '10.0.0.9' }), [])
  simulation.advanceTo(0)
  const pull = pullImage(simulation.world, engine, 'alpine:3.22')
  if ('emit' in pull) for (const emission of pull.emit) simulation.schedule(emission, [])
  simulation.advanceTo(60_000)
  const ordered = createContainer(simulation.world, {
    engine,
    name: 'one',
    spec: {
      image: 'alpine:3.22',
      workdir: '/work',
      mounts: [{ type: 'tmpfs', target: '/tmp/' }],
      command: [
        'sh',
        '-c',
        'echo new > /work/a; echo other > /etc/hosts; echo gone > /tmp/b; rm /etc/passwd; sleep 60',
      ],
    },
  })
  if (!('emit' in ordered)) throw new Error(ordered.error)
  for (const emission of ordered.emit) simulation.schedule(emission, [])
  simulation.advanceTo(simulation.now)
  const get = () => simulation.world.get(ordered.id) as Container
  for (const emission of startContainer(simulation.world, get()).emit) simulation.schedule(emission, [])
  simulation.advanceTo(simulation.now + 5000)
  const { world } = simulation
  const tree = filesOf(world, get())
  expect(tree['/work/a']?.text).toBe('new\n')
  expect(tree['/etc/passwd']).toBeUndefined()
  for (const path of [...Object.keys(tree), '/etc/passwd', '/tmp/b', '/none'])
    expect([path, textOf(world, get(), path)]).toEqual([path, tree[path]?.text])
})
