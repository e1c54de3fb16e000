import {
  type Controller,
  type Derived,
  defineKind,
  type Emission,
  type Kind,
  RuleSet,
  Simulation,
  type World,
} from '../../kernel/index.ts'
import { type Loose, textAt } from './api/loose.ts'
import { create } from './apiserver/create.ts'
import { nowText } from './apiserver/naming.ts'
import { newObject } from './apiserver/newObject.ts'
import type { Result } from './apiserver/result.ts'
import { componentLifecycle } from './components/component.lifecycle.ts'
import { CONTROL_PLANE, componentId, controllerEntityId } from './components/component.ts'
import { nodeOf } from './daemonset/daemonPod.ts'
import { kubeEvents } from './kubeEvent.ts'
import { find, type ObjectEntity } from './object/object.ts'
import { objectKind } from './object/objectKind.ts'
import { podLifecycle } from './pod/pod.lifecycle.ts'

/** What a test's cluster is made of, beside the control plane and a kubelet that only pretends. */
export interface FakeClusterParts {
  readonly kinds: readonly Kind[]
  readonly controllers: readonly Controller[]
  readonly derived: readonly Derived<never>[]
  readonly seed?: number
}

/**
 * A cluster for tests of what runs on the API server alone: its pods are bound at once and are ready after 1 s, and end 500 ms after
 * their deletion. The image says what becomes of a pod: `broken` never starts, `job-ok` succeeds and `job-fail` fails after 2 s.
 */
export class FakeCluster {
  readonly simulation: Simulation

  constructor({ kinds, controllers, derived, seed = 1 }: FakeClusterParts) {
    const own = ['Component', 'Controller'].map((name) =>
      defineKind({ kind: `k8s.${name}`, lifecycle: componentLifecycle, delays: { startUp: () => 1000 } }),
    )
    const known = new Set(kinds.map(({ kind }) => kind))
    const plain = [
      'ConfigMap',
      'PersistentVolumeClaim',
      'Service',
      'Secret',
      'Node',
      'StorageClass',
      'CustomResourceDefinition',
    ]
      .filter((name) => !known.has(`k8s.${name}`))
      .map((name) => objectKind(name))
    this.simulation = new Simulation({
      seed,
      rules: new RuleSet(),
      domains: [
        {
          name: 'kubernetes',
          kinds: [...own, ...plain, objectKind('Pod', { lifecycle: podLifecycle }), ...kinds],
          controllers: [...controllers, fakeKubelet],
          derived,
          views: [],
        },
      ],
    })
    for (const name of CONTROL_PLANE)
      this.give({ to: componentId(name), type: 'Began', kind: 'k8s.Component', data: { name } })
    for (const { name } of controllers)
      this.give({ to: controllerEntityId(name), type: 'Began', kind: 'k8s.Controller', data: { name } })
    for (const name of ['default', 'kube-system']) {
      const metadata = { name, labels: { 'kubernetes.io/metadata.name': name } }
      this.give(
        newObject(this.world, { apiVersion: 'v1', kind: 'Namespace', metadata, spec: { finalizers: ['kubernetes'] } }),
      )
      this.give(
        newObject(this.world, {
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: 'default', namespace: name },
        }),
      )
    }
  }

  get world(): World {
    return this.simulation.world
  }

  /** Makes something happen now. */
  give(...emissions: readonly Emission[]): void {
    for (const emission of emissions) this.simulation.schedule(emission, [])
    this.simulation.advanceTo(this.simulation.now)
  }

  /** Carries out what the API server answered; a refusal throws its message. */
  carryOut(result: Result): void {
    if (!result.ok) throw new Error(result.status.message)
    this.give(...result.emit)
  }

  /** Creates an object as a client would. */
  create(object: Loose): void {
    this.carryOut(create(this.world, object))
  }

  run(ms: number): void {
    this.simulation.advanceTo(this.simulation.now + ms)
  }

  find(kind: string, name: string, namespace: string | undefined = 'default'): ObjectEntity | undefined {
    return find(this.world, kind, namespace, name)
  }

  /** All objects of a kind. */
  all(kind: string): readonly ObjectEntity[] {
    return [...this.world.all(`k8s.${kind}`)] as ObjectEntity[]
  }

  /** `reason: message` of the KubeEvents about an object, oldest first. */
  events(kind: string, name: string): readonly string[] {
    const id = find(this.world, kind, 'default', name)?.id ?? `k8s.${kind}/default/${name}`
    return kubeEvents(this.world, id).map((event) => `${event.reason}: ${event.message}`)
  }
}

/** A Deployment with one container of that image. */
export function deploymentManifest(name: string, image: string, spec: Loose = {}): Loose {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { app: name } },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'app', image }] } },
      ...spec,
    },
  }
}

const fakeKubelet: Controller = {
  name: 'fake-kubelet',
  watches: { 'k8s.Pod': ['Created', 'DeletionRequested'] },
  wakes: (event) => event.to,
  reconcile(id, world) {
    const pod = world.get(id) as ObjectEntity | undefined
    if (!pod) return undefined
    if (pod.state === 'Terminating')
      return (pod.metadata.finalizers?.length ?? 0) > 0 ? undefined : [{ to: id, type: 'Removed', after: 500 }]
    if (pod.state !== 'Unscheduled') return undefined
    const containers = (pod.spec?.containers ?? []) as readonly Loose[]
    const image = textAt(containers[0], 'image')
    const start: Emission[] = [
      {
        to: id,
        type: 'Scheduled',
        data: { spec: { ...pod.spec, nodeName: nodeOf(pod) || 'node-a' } },
      },
      { to: id, type: 'Starting' },
    ]
    const running = { phase: 'Running', startTime: nowText(world) }
    if (image.includes('broken')) return start
    if (image.includes('job')) {
      const phase = image.includes('fail') ? 'Failed' : 'Succeeded'
      const status = { ...running, phase, containerStatuses: [ended(phase === 'Failed' ? 1 : 0)] }
      return [
        ...start,
        { to: id, type: 'BecameReady', after: 500, data: { status: running } },
        { to: id, type: phase, after: 2000, data: { status } },
      ]
    }
    return [...start, { to: id, type: 'BecameReady', after: 1000, data: { status: running } }]
  },
}

function ended(exitCode: number): Loose {
  return {
    name: 'app',
    restartCount: 0,
    state: { terminated: { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error' } },
  }
}
