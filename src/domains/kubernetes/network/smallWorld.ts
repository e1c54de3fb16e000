import { type Domain, defineKind, type Emission, Simulation } from '../../../kernel/index.ts'
import { installProgram, shellDomain } from '../../../shell/index.ts'
import { containerd } from '../../containerd/index.ts'
import { traffic } from '../../traffic/index.ts'
import { componentLifecycle } from '../components/component.lifecycle.ts'
import '../kubelet/containerHost.ts'
import { containerKind } from '../kubelet/containerKind.ts'
import { machineLifecycle } from '../machine/machine.lifecycle.ts'
import { networkControllers, networkDerived, networkKinds, networkPrograms, trafficVerb } from '../networkside.ts'
import type { KubeObject } from '../object/object.ts'
import { objectKind } from '../object/objectKind.ts'
import { podLifecycle } from '../pod/pod.lifecycle.ts'
import { kubernetesService } from '../service/kubernetesService.ts'

/** A pod as a small world is told of it. */
export interface SmallPod {
  readonly name: string
  readonly namespace?: string
  readonly labels?: { readonly [key: string]: string }
  readonly image?: string
  readonly command?: readonly string[]
  readonly node?: string
  readonly ip: string
  readonly spec?: object
  readonly container?: object
}

/**
 * A cluster for this part's tests, without a scheduler and kubelets: two nodes, the parts that the network needs, and pods that run and are
 * ready because they are told to.
 */
export class SmallWorld {
  readonly sim: Simulation

  constructor(seed = 1) {
    for (const program of [...networkPrograms, trafficVerb])
      if (!installedOnce.has(program.name)) installedOnce.add(installProgram(program).name)
    this.sim = new Simulation({ domains: [shellDomain, containerd, traffic, domain], seed })
    const parts = [
      'etcd',
      'kube-apiserver',
      'kube-controller-manager',
      'coredns',
      'kube-scheduler',
      'kube-proxy/node-a',
      'kube-proxy/node-b',
    ]
    for (const name of parts)
      this.emit({ to: `k8s.Component/${name}`, kind: 'k8s.Component', type: 'Created', data: { name } })
    for (const { name } of networkControllers)
      this.emit({ to: `k8s.Controller/${name}`, kind: 'k8s.Controller', type: 'Created', data: { name } })
    for (const [i, name] of ['node-a', 'node-b'].entries()) {
      this.emit({
        to: `k8s.Machine/${name}`,
        kind: 'k8s.Machine',
        type: 'Created',
        data: { ip: `192.168.49.${i + 2}` },
      })
      this.create('v1', 'Node', name, undefined, {
        spec: { podCIDR: `10.244.${i}.0/24` },
        status: {
          allocatable: { cpu: '2' },
          addresses: [{ type: 'InternalIP', address: `192.168.49.${i + 2}` }],
          conditions: [{ type: 'Ready', status: 'True' }],
        },
      })
    }
    for (const name of ['default', 'kube-system', 'shop']) this.create('v1', 'Namespace', name, undefined, {})
    for (const emission of kubernetesService(this.sim.world)) this.emit(emission)
    this.run(100)
  }

  get world() {
    return this.sim.world
  }

  emit(emission: Emission): void {
    this.sim.schedule(emission, [])
    this.sim.advanceTo(this.sim.now)
  }

  run(ms: number): void {
    this.sim.advanceTo(this.sim.now + ms)
  }

  create(apiVersion: string, kind: string, name: string, namespace: string | undefined, rest: object): void {
    const id = namespace === undefined ? `k8s.${kind}/${name}` : `k8s.${kind}/${namespace}/${name}`
    const { metadata, ...fields } = rest as { metadata?: object }
    const object = {
      apiVersion,
      kind,
      metadata: {
        name,
        ...(namespace === undefined ? {} : { namespace }),
        uid: `uid-${id}`,
        creationTimestamp: this.world.isoNow(),
        ...metadata,
      },
      ...fields,
    } as KubeObject
    this.emit({ to: id, kind: `k8s.${kind}`, type: 'Created', data: { object } })
  }

  service(name: string, spec: object, namespace = 'default'): void {
    this.create('v1', 'Service', name, namespace, {
      spec: {
        type: 'ClusterIP',
        clusterIPs: 'clusterIP' in spec ? [spec.clusterIP] : [],
        ipFamilies: ['IPv4'],
        internalTrafficPolicy: 'Cluster',
        ...spec,
      },
      status: { loadBalancer: {} },
    })
  }

  pod({
    name,
    namespace = 'default',
    labels = {},
    image = 'nginx:1.27',
    command,
    node = 'node-a',
    ip,
    spec = {},
    container = {},
  }: SmallPod): void {
    const own = { name: 'main', image, ...(command ? { command } : {}), ...container }
    this.create('v1', 'Pod', name, namespace, {
      metadata: { labels },
      spec: { nodeName: node, containers: [own], ...spec },
      status: { phase: 'Running', podIP: ip, podIPs: [{ ip }], conditions: [{ type: 'Ready', status: 'True' }] },
    })
    const pod = `k8s.Pod/${namespace}/${name}`
    for (const type of ['Scheduled', 'Starting', 'BecameReady']) this.emit({ to: pod, type })
    const to = `k8s.Container/${namespace}/${name}/main`
    const data = {
      owner: pod,
      node,
      uid: `uid-${pod}`,
      name: 'main',
      role: 'main',
      spec: own,
      ip,
      restarts: 0,
      life: 0,
      started: false,
      ready: false,
    }
    this.emit({ to, kind: 'k8s.Container', type: 'Created', data })
    this.emit({ to, type: 'ImagePresent', data: {} })
  }

  /** Makes a pod unready, as its status would say. */
  unready(name: string, namespace = 'default'): void {
    const id = `k8s.Pod/${namespace}/${name}`
    const pod = this.world.get(id) as { status?: object } | undefined
    this.emit({
      to: id,
      type: 'BecameUnready',
      data: { status: { ...pod?.status, conditions: [{ type: 'Ready', status: 'False' }] } },
    })
  }
}

const installedOnce = new Set<string>()

const domain: Domain = {
  name: 'kubernetes',
  kinds: [
    ...networkKinds,
    containerKind,
    objectKind('Pod', { lifecycle: podLifecycle }),
    objectKind('Node'),
    objectKind('Namespace'),
    defineKind({ kind: 'k8s.Machine', lifecycle: machineLifecycle, delays: { boot: () => 1000 } }),
    defineKind({ kind: 'k8s.Component', lifecycle: componentLifecycle, delays: { startUp: () => 1000 } }),
    defineKind({ kind: 'k8s.Controller', lifecycle: componentLifecycle, delays: { startUp: () => 1000 } }),
  ],
  controllers: networkControllers,
  derived: networkDerived,
  views: [],
}
