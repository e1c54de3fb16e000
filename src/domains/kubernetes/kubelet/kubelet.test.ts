import { describe, expect, it } from 'vitest'
import { NodeLab } from '../node/nodeLab.ts'
import { first, one, remove, status } from '../node/podCases.ts'
import type { Container } from './container.ts'
import { logsOf } from './logs.ts'

describe('a plain pod', () => {
  it('pulls, runs and tells so', () => {
    const lab = new NodeLab()
    const id = lab.pod('web', one('nginx:1.27'))
    lab.run(10_000)
    expect(lab.entity(id).state).toBe('Ready')
    expect(status(lab, id)).toMatchObject({
      phase: 'Running',
      podIP: '10.244.1.2',
      qosClass: 'BestEffort',
      hostIP: '10.0.0.1',
    })
    expect(status(lab, id).conditions.map(({ type, status }) => `${type}=${status}`)).toEqual([
      'PodReadyToStartContainers=True',
      'Initialized=True',
      'Ready=True',
      'ContainersReady=True',
      'PodScheduled=True',
    ])
    const told = lab.told(id)
    expect(told[0]).toBe('Normal Pulling Pulling image "nginx:1.27"')
    expect(told[1]).toMatch(
      /^Normal Pulled Successfully pulled image "nginx:1.27" in [\d.]+s \([\d.]+s including waiting\)\. Image size: 72324501 bytes\.$/,
    )
    expect(told.slice(2)).toEqual(['Normal Created Container created', 'Normal Started Container started'])
  })
  it('costs seven events when the image is there', () => {
    const lab = new NodeLab()
    lab.pod('first', one('nginx:1.27'))
    lab.run(10_000)
    const before = lab.simulation.journal.length
    const id = lab.pod('second', one('nginx:1.27'))
    lab.run(60_000)
    expect(lab.entity(id).state).toBe('Ready')
    expect(lab.simulation.journal.length - before).toBe(7)
    expect(lab.told(id)[0]).toBe(
      'Normal Pulled Container image "nginx:1.27" already present on machine and can be accessed by the pod',
    )
  })
})

describe('a pod that names its node', () => {
  it('needs no scheduler', () => {
    const lab = new NodeLab()
    const id = lab.create('Pod', 'web', { spec: { ...one('nginx:1.27'), nodeName: 'node-a' } })
    lab.run(10_000)
    expect(lab.entity(id).state).toBe('Ready')
  })
})

describe('images', () => {
  it('backs off from one that is not there', () => {
    const lab = new NodeLab()
    const id = lab.pod('web', one('nginx:1.161'))
    lab.run(1100)
    const error =
      'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:1.161": failed to resolve reference "docker.io/library/nginx:1.161": docker.io/library/nginx:1.161: not found'
    expect(first(lab, id)?.state.waiting).toEqual({ reason: 'ErrImagePull', message: error })
    lab.run(3000)
    expect(first(lab, id)?.state.waiting).toEqual({
      reason: 'ImagePullBackOff',
      message: `Back-off pulling image "nginx:1.161": ErrImagePull: ${error}`,
    })
    expect(lab.told(id)).toEqual([
      'Normal Pulling Pulling image "nginx:1.161"',
      `Warning Failed Failed to pull image "nginx:1.161": ${error}`,
      'Warning Failed Error: ErrImagePull',
      'Normal BackOff Back-off pulling image "nginx:1.161"',
      'Warning Failed Error: ImagePullBackOff',
    ])
    lab.run(60_000)
    expect(lab.types('k8s.Container/').filter((type) => type === 'PullFailed')).toHaveLength(3)
    expect(status(lab, id).phase).toBe('Pending')
  })
})

describe('commands', () => {
  it('runs a script, and restarts it with growing waits', () => {
    const lab = new NodeLab()
    const id = lab.pod('loop', one('busybox:1.28', { command: ['sh', '-c', 'echo hello; sleep 1; exit 3'] }))
    lab.run(8000)
    expect(first(lab, id)).toMatchObject({ restartCount: 1 })
    expect(first(lab, id)?.state.waiting).toMatchObject({
      reason: 'CrashLoopBackOff',
      message: `back-off 10s restarting failed container=main pod=loop_default(${lab.entity(id).metadata.uid})`,
    })
    expect(first(lab, id)?.lastState.terminated).toMatchObject({ exitCode: 3, reason: 'Error' })
    expect(lab.told(id).at(-1)).toContain('Back-off restarting failed container main in pod loop_default(')
    lab.run(11_000)
    expect(first(lab, id)).toMatchObject({ restartCount: 2 })
    expect(status(lab, id).phase).toBe('Running')
  })
  it('completes', () => {
    const lab = new NodeLab()
    const id = lab.pod('once', one('busybox', { command: ['echo', 'done'] }, { restartPolicy: 'Never' }))
    const bad = lab.pod('bad', one('busybox', { command: ['false'] }, { restartPolicy: 'Never' }))
    lab.run(8000)
    expect(lab.entity(id).state).toBe('Succeeded')
    expect(first(lab, id)?.state.terminated).toMatchObject({ exitCode: 0, reason: 'Completed' })
    expect(lab.entity(bad).state).toBe('Failed')
  })
  it('cannot start what is not in the image', () => {
    const lab = new NodeLab()
    const id = lab.pod('odd', one('gcr.io/google-samples/hello-app:1.0', { command: ['sh'] }))
    lab.run(2000)
    expect(first(lab, id)?.lastState.terminated).toMatchObject({ exitCode: 128, reason: 'StartError' })
    expect(lab.told(id).join('\n')).toContain('exec: "sh": executable file not found in $PATH')
  })
  it('computes pi as the documentation does', () => {
    const lab = new NodeLab()
    lab.pod(
      'pi',
      one('perl:5.34.0', { command: ['perl', '-Mbignum=bpi', '-wle', 'print bpi(50)'] }, { restartPolicy: 'Never' }),
    )
    lab.run(30_000)
    const output = [...lab.simulation.journal].flatMap(
      ({ data }) => (data as { output?: { text: string }[] })?.output ?? [],
    )
    expect(output.map(({ text }) => text).join('')).toBe('3.1415926535897932384626433832795028841971693993751\n')
  })
})

describe('init containers and volumes', () => {
  it('runs them one after the other, and shares what they write', () => {
    const lab = new NodeLab()
    const mount = [{ name: 'work', mountPath: '/work' }]
    const id = lab.pod('init', {
      volumes: [{ name: 'work', emptyDir: {} }],
      initContainers: [
        {
          name: 'one',
          image: 'busybox:1.28',
          command: ['sh', '-c', 'sleep 2; echo hi > /work/index.html'],
          volumeMounts: mount,
        },
        { name: 'two', image: 'busybox:1.28', command: ['cat', '/work/index.html'], volumeMounts: mount },
      ],
      containers: [{ name: 'main', image: 'nginx:1.27' }],
    })
    lab.run(2000)
    expect(lab.entity(id).state).toBe('Initializing')
    lab.run(15_000)
    expect(lab.entity(id).state).toBe('Ready')
    expect(status(lab, id).initContainerStatuses?.map(({ state }) => state.terminated?.exitCode)).toEqual([0, 0])
  })
  it('waits for a ConfigMap', () => {
    const lab = new NodeLab()
    const env = [{ name: 'COLOR', valueFrom: { configMapKeyRef: { name: 'settings', key: 'color' } } }]
    const id = lab.pod('needs', one('busybox:1.28', { env, command: ['sh', '-c', 'echo $COLOR; sleep 600'] }))
    lab.run(5000)
    expect(first(lab, id)?.state.waiting).toEqual({
      reason: 'CreateContainerConfigError',
      message: 'configmap "settings" not found',
    })
    expect(lab.told(id)).toContain('Warning Failed Error: configmap "settings" not found')
    lab.create('ConfigMap', 'settings', { data: { color: 'blue' } })
    lab.run(15_000)
    expect(lab.entity(id).state).toBe('Ready')
    expect((lab.world.get('k8s.Container/default/needs/main') as Container).env?.COLOR).toBe('blue')
  })
})

describe('deletion', () => {
  it('lets a server end by itself, and then the pod is gone', () => {
    const lab = new NodeLab()
    const id = lab.pod('web', one('nginx:1.27'))
    lab.run(10_000)
    remove(lab, id)
    lab.run(1000)
    expect(lab.world.get(id)).toBeUndefined()
    expect(lab.world.count('k8s.Container')).toBe(0)
    expect(lab.told(id)).toContain('Normal Killing Stopping container main')
  })
  it('kills a shell without a trap after the grace period', () => {
    const lab = new NodeLab()
    const id = lab.pod('deaf', one('busybox', { command: ['sh', '-c', 'while true; do sleep 5; done'] }))
    lab.run(10_000)
    remove(lab, id)
    lab.run(29_000)
    expect(lab.entity(id).state).toBe('Terminating')
    lab.run(2000)
    expect(lab.world.get(id)).toBeUndefined()
    expect(lab.world.count('shell.Process')).toBe(0)
  })
  it('runs the hook first', () => {
    const lab = new NodeLab()
    const hook = { preStop: { exec: { command: ['sleep', '10'] } } }
    const id = lab.pod('hook', one('nginx:1.27', { lifecycle: hook }))
    lab.run(10_000)
    remove(lab, id)
    lab.run(9900)
    expect(lab.entity(id).state).toBe('Terminating')
    lab.run(1000)
    expect(lab.world.get(id)).toBeUndefined()
  })
  it('reports how a held pod ended, and leaves it to its finalizer', () => {
    const lab = new NodeLab()
    const id = lab.pod('held', one('nginx:1.27', {}, { restartPolicy: 'Never' }), 'node-a', {
      finalizers: ['batch.kubernetes.io/job-tracking'],
    })
    lab.run(10_000)
    remove(lab, id)
    lab.run(5000)
    expect(lab.entity(id)).toMatchObject({
      state: 'Terminating',
      status: { phase: 'Succeeded' },
      metadata: { deletionGracePeriodSeconds: 0 },
    })
    expect(lab.world.count('k8s.Container')).toBe(0)
    const before = lab.simulation.journal.length
    lab.run(60_000)
    expect(lab.simulation.journal.length).toBe(before)
  })
  it('ends a pod that was active for too long', () => {
    const lab = new NodeLab()
    const id = lab.pod('late', one('nginx:1.27', {}, { activeDeadlineSeconds: 20 }))
    lab.run(30_000)
    expect(lab.entity(id).state).toBe('Failed')
    expect(lab.entity(id).status).toMatchObject({ reason: 'DeadlineExceeded', phase: 'Failed' })
  })
})

describe('sidecars', () => {
  it('start before and end after', () => {
    const lab = new NodeLab()
    const id = lab.pod('job', {
      restartPolicy: 'Never',
      initContainers: [{ name: 'side', image: 'nginx:1.27', restartPolicy: 'Always' }],
      containers: [{ name: 'main', image: 'busybox', command: ['sleep', '5'] }],
    })
    lab.run(20_000)
    expect(lab.entity(id).state).toBe('Succeeded')
    expect(lab.world.get('k8s.Container/default/job/side')?.state).toBe('Terminated')
  })
})

describe('logs', () => {
  const lines = (lab: NodeLab, id: string, previous = false) =>
    logsOf(lab.world, lab.world.get(id) as Container, previous)?.map(({ text }) => text)
  it('are those of a script, also of its life before', () => {
    const lab = new NodeLab()
    lab.pod('talk', one('busybox', { command: ['sh', '-c', 'echo one; sleep 2; echo two >&2; exit 1'] }))
    lab.run(6000)
    expect(lines(lab, 'k8s.Container/default/talk/main', true)).toEqual(['one', 'two'])
  })
  it('are those of a server, and of one that refuses to start', () => {
    const lab = new NodeLab()
    lab.pod('web', one('nginx:1.27'))
    const db = lab.pod('db', one('mysql:8.0'))
    lab.run(20_000)
    expect(lines(lab, 'k8s.Container/default/web/main')?.join('\n')).toContain('nginx/1.27.0')
    expect(lines(lab, 'k8s.Container/default/db/main')?.join('\n')).toContain(
      'Database is uninitialized and password option is not specified',
    )
    expect(first(lab, db)?.state.waiting?.reason).toBe('CrashLoopBackOff')
  })
})

describe('replay', () => {
  it('is the same after a checkpoint', () => {
    const lab = new NodeLab()
    lab.pod('web', one('nginx:1.27', { readinessProbe: { httpGet: { port: 80 } } }))
    lab.pod('loop', one('busybox', { command: ['sh', '-c', 'exit 1'] }))
    lab.run(2000)
    const saved = lab.simulation.checkpoint()
    lab.run(60_000)
    const types = lab.types('k8s.')
    lab.simulation.restore(saved)
    lab.simulation.advanceTo(saved.at + 60_000)
    expect(lab.types('k8s.')).toEqual(types)
  })
})
