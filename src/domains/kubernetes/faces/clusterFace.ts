import type { Entity, Face, Tone } from '../../../kernel/index.ts'
import { type Component, componentId } from '../components/component.ts'
import { apiKind, every } from '../object/object.ts'
import { sourceOf } from './source.ts'

/** What a control-plane part is called on the canvas, and what it counts. */
const PARTS: Readonly<Record<string, { readonly label: string; readonly pictogram: string }>> = {
  etcd: { label: 'etcd', pictogram: 'etcd' },
  'kube-apiserver': { label: 'API server', pictogram: 'apiserver' },
  'kube-controller-manager': { label: 'controller-manager', pictogram: 'controllers' },
  coredns: { label: 'DNS', pictogram: 'dns' },
  'kube-scheduler': { label: 'scheduler', pictogram: 'scheduler' },
  kubelet: { label: 'kubelet', pictogram: 'kubelet' },
  containerd: { label: 'containerd', pictogram: 'containerd' },
  'kube-proxy': { label: 'kube-proxy', pictogram: 'proxy' },
}

const STATE_TONES: Readonly<Record<string, Tone>> = { Running: 'ok', Starting: 'prog', Stopped: 'err' }

/** The frame around the control plane. Pods that no node has taken yet stand in it, beside the scheduler. */
export const clusterFace: Face = {
  label: 'Cluster',
  plural: 'Clusters',
  pictogram: 'cluster',
  shape: 'frame',
  rank: 1,
  within: (entity) => entity.owner,
  look: () => ({ title: 'Control plane', tone: 'ok', word: 'Running' }),
}

/** A part of the control plane or of a node: one of the wheels of the movement. */
export const componentFace: Face<Component> = {
  label: 'Component',
  plural: 'Components',
  pictogram: 'apiserver',
  shape: 'part',
  within: (component, world) => {
    if (component.node !== undefined) return null
    for (const cluster of world.all('k8s.Cluster')) return cluster.id
    return undefined
  },
  look(component, world) {
    const part = PARTS[component.name]
    return {
      title: part?.label ?? component.name,
      note: component.state === 'Running' ? counted(component, world) : undefined,
      tone: STATE_TONES[component.state] ?? 'idle',
      word: component.state,
      beat: world.deeds(component.id) + loopsDeeds(component, world),
      facts: [
        ['process', component.name],
        ['has acted', `${world.deeds(component.id)} times`],
      ],
    }
  },
  actions: (component) => componentActions(component),
}

/** A loop of the controller-manager, found in the inspector and the outline; not drawn by itself. */
export const controllerFace: Face<Component> = {
  label: 'Controller',
  plural: 'Controllers',
  pictogram: 'controllers',
  shape: 'part',
  within: () => null,
  look: (controller, world) => ({
    title: controller.name ?? nameOf(controller),
    tone: STATE_TONES[controller.state] ?? 'idle',
    word: controller.state,
    beat: world.deeds(controller.id),
  }),
  actions: (controller) => componentActions(controller),
}

function componentActions(component: Component) {
  const name = component.node === undefined ? nameOf(component) : `${component.name} --node ${component.node}`
  return component.state === 'Stopped'
    ? [{ id: 'start', label: 'Start it again', line: `lab heal component ${name}` }]
    : [
        { id: 'stop', label: 'Stop it', line: `lab fault component ${name}`, sort: 'fault' as const },
        { id: 'crash', label: 'Crash it', line: `lab fault component ${name} --crash`, sort: 'fault' as const },
      ]
}

function counted(component: Component, world: Parameters<Face['look']>[1]): string | undefined {
  switch (component.name) {
    case 'etcd':
      return `rev ${world.revision}`
    case 'kube-apiserver':
      return `${world.count('k8s.Pod')} pods kept`
    case 'kube-controller-manager': {
      let rolling = 0
      for (const deployment of every(world, 'Deployment')) if (deployment.state === 'Progressing') rolling++
      return rolling === 0 ? 'at rest' : `${rolling} ${rolling === 1 ? 'rollout' : 'rollouts'}`
    }
    case 'kube-scheduler': {
      const waiting = world.count('k8s.Pod', 'Unscheduled')
      return waiting === 0 ? 'none waiting' : `${waiting} waiting`
    }
    case 'coredns':
      return `${world.count('k8s.Service')} names`
    default:
      return undefined
  }
}

/** The loops of the controller-manager act in its name. */
function loopsDeeds(component: Component, world: Parameters<Face['look']>[1]): number {
  if (component.id !== componentId('kube-controller-manager')) return 0
  let deeds = 0
  for (const loop of world.all('k8s.Controller')) deeds += world.deeds(loop.id)
  return deeds
}

function nameOf(entity: Entity): string {
  return entity.id.slice(entity.id.lastIndexOf('/') + 1)
}

/** Kinds without a face of their own are cards with their name, unless they only crowd the canvas. */
export function plainFace(kind: string, pictogram: string): Face {
  return {
    label: kind,
    plural: `${kind}s`,
    pictogram,
    shape: 'card',
    rank: 4,
    within: () => null,
    source: sourceOf as unknown as NonNullable<Face['source']>,
    look: (entity) => ({
      title: nameOf(entity),
      note: apiKind(entity),
      tone: entity.state === 'Terminating' ? 'pend' : 'ok',
      word: entity.state === 'Terminating' ? 'Terminating' : 'Stored',
    }),
  }
}
