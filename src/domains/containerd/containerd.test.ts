import { describe, expect, it } from 'vitest'
import { Simulation } from '../../kernel/index.ts'
import type { Call } from '../../shell/index.ts'
import { commandOf, daemonOf, startProblem } from './command.ts'
import type { Image } from './image.ts'
import { containerd, findImage, imageOfReference, imageVerb, parseReference, pushImage, tagMatches } from './index.ts'

const fresh = (): Simulation => new Simulation({ domains: [containerd], seed: 1 })
const image = (text: string): Image => imageOfReference(fresh().world, text) as Image

describe('references', () => {
  it('adds what docker adds', () => {
    expect(parseReference('nginx')?.full).toBe('docker.io/library/nginx:latest')
    expect(parseReference('shop/web:1.5.0')?.full).toBe('docker.io/shop/web:1.5.0')
    expect(parseReference('localhost:5000/x')?.registry).toBe('localhost:5000')
    expect(parseReference('Nginx')).toBeUndefined()
    expect(parseReference('nginx:')).toBeUndefined()
    expect(parseReference(`redis@sha256:${'a'.repeat(64)}`)?.tag).toBeUndefined()
  })
  it('knows ranges and choices of tags', () => {
    expect(tagMatches('1.[7-29]{,-alpine}', '1.27-alpine')).toBe(true)
    expect(tagMatches('1.[7-29]', '1.161')).toBe(false)
    expect(tagMatches('1.[7-29]', '1.07')).toBe(false)
  })
})

describe('pulls', () => {
  it('fails in the words of containerd', () => {
    const { world } = fresh()
    expect(findImage(world, 'nginx:1.161')).toEqual({
      error:
        'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:1.161": failed to resolve reference "docker.io/library/nginx:1.161": docker.io/library/nginx:1.161: not found',
    })
    expect(findImage(world, 'nope/nothing')).toMatchObject({
      error: expect.stringContaining('pull access denied, repository does not exist or may require authorization'),
    })
    expect(findImage(world, 'NGINX')).toMatchObject({ invalid: true })
  })
  it('finds the images of the documentation', () => {
    for (const name of [
      'nginx:1.14.2',
      'nginx:1.16.1',
      'busybox:1.28',
      'redis',
      'mysql:5.7',
      'perl:5.34.0',
      'registry.k8s.io/pause:3.8',
      'gcr.io/google-samples/hello-app:2.0',
      'registry.k8s.io/e2e-test-images/agnhost:2.45',
      'registry.k8s.io/nginx-slim:0.21',
      'quay.io/fluentd_elasticsearch/fluentd:v5.0.1',
      'k8s.gcr.io/liveness',
      'postgres:15-alpine',
      'vish/stress',
      'hashicorp/http-echo:0.2.3',
    ])
      expect([name, 'image' in findImage(fresh().world, name)]).toEqual([name, true])
  })
  it('takes what a learner pushes at the prompt', () => {
    const simulation = fresh()
    const run = (...argv: string[]) => {
      const step = imageVerb.run({ argv: ['image', ...argv], world: simulation.world } as unknown as Call)
      for (const emission of step.emit ?? []) simulation.schedule(emission, [])
      simulation.advanceTo(simulation.now)
      return step
    }
    expect(run('add', 'shop/web:1.5.0', '--port', '3000', '--start', '2s', '--cpu-per-request', '4ms').stdout).toBe(
      'docker.io/shop/web:1.5.0 pushed\n',
    )
    expect(imageOfReference(simulation.world, 'shop/web:1.5.0')?.daemons[0]).toMatchObject({
      startMs: 2000,
      cost: { cpuMsPerRequest: 4 },
    })
    expect(run('list').stdout).toBe('docker.io/shop/web:1.5.0  port 3000\n')
    expect(run('add', 'shop/web', '--start', 'soon').stderr).toBe("lab image: --start: 'soon' is not understood\n")
    run('remove', 'shop/web:1.5.0')
    expect(imageOfReference(simulation.world, 'shop/web:1.5.0')).toBeUndefined()
  })
  it('has what a learner pushed', () => {
    const simulation = fresh()
    const push = pushImage('shop/web:1.5.0', { server: { port: 3000, startMs: 2000 } })
    if (push) simulation.schedule(push, [])
    simulation.advanceTo(0)
    const web = imageOfReference(simulation.world, 'shop/web:1.5.0')
    expect(web?.daemons[0]?.startMs).toBe(2000)
    expect(findImage(simulation.world, 'shop/web:1.6.0')).toMatchObject({ error: expect.stringContaining('not found') })
  })
})

describe('commands', () => {
  it('joins image and spec as Kubernetes does', () => {
    const nginx = image('nginx:1.27')
    expect(commandOf(nginx, undefined, undefined)).toEqual(['/docker-entrypoint.sh', 'nginx', '-g', 'daemon off;'])
    expect(commandOf(nginx, ['sh'], undefined)).toEqual(['sh'])
    expect(commandOf(nginx, undefined, ['sleep', '1'])).toEqual(['/docker-entrypoint.sh', 'sleep', '1'])
  })
  it('tells servers from commands', () => {
    expect(daemonOf(image('nginx'), ['/docker-entrypoint.sh', 'nginx', '-g', 'daemon off;'])?.daemon.program).toBe(
      'nginx',
    )
    expect(daemonOf(image('nginx'), ['nginx', '-v'])).toBeUndefined()
    expect(daemonOf(image('redis'), ['docker-entrypoint.sh', '--appendonly', 'yes'])?.argv[0]).toBe('redis-server')
    expect(daemonOf(image('busybox'), ['sh', '-c', 'sleep 1'])).toBeUndefined()
  })
  it('says what cannot be started', () => {
    const none = (): boolean => false
    expect(startProblem(image('busybox'), ['sh'], none)).toBeUndefined()
    expect(startProblem(image('gcr.io/google-samples/hello-app:1.0'), ['sh'], none)?.message).toContain(
      'exec: "sh": executable file not found in $PATH',
    )
    expect(startProblem(image('nginx'), ['/bin/nope'], none)?.message).toContain(
      'exec: "/bin/nope": stat /bin/nope: no such file or directory',
    )
  })
  it('answers as the real server would', () => {
    const liveness = image('registry.k8s.io/e2e-test-images/agnhost:2.40').daemons[0]
    const serving = {
      argv: ['/agnhost', 'liveness'],
      env: {},
      hostname: 'p',
      ip: '10.244.0.2',
      version: '',
      read: () => undefined,
    }
    const ask = (uptime: number) =>
      liveness?.answer?.({ method: 'GET', path: '/healthz', host: 'p', headers: {} }, { ...serving, uptime })
    expect(ask(9000)?.status).toBe(200)
    expect(ask(11_000)?.status).toBe(500)
  })
})
