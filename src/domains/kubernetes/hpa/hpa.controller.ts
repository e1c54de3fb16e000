import type { Answer, Controller, Emission, JsonObject, PastEvent, World } from '../../../kernel/index.ts'
import { semanticEqual } from '../api/loose.ts'
import { resourceOfKind } from '../api/resources.ts'
import { nowText } from '../apiserver/naming.ts'
import { qualified } from '../apiserver/result.ts'
import { SCALABLE, setScale } from '../apiserver/scale.ts'
import { kubeController } from '../kubeController.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import type { ReadPodMetrics } from '../metrics/podMetrics.ts'
import { find, type ObjectEntity } from '../object/object.ts'
import { behaviorRate, type Limited } from './behaviorRate.rule.ts'
import { desiredReplicas } from './desired.rule.ts'
import { type Autoscaler, type Change, type Condition, DOWNSCALE_STABILIZATION, type Memory } from './hpa.ts'
import { limitsNoBehavior } from './limitsNoBehavior.rule.ts'
import { type Measured, measure } from './measure.ts'
import { stabilize, stabilizeWithoutBehavior } from './stabilize.rule.ts'

const KIND = 'k8s.HorizontalPodAutoscaler'
const SOURCE = 'horizontal-pod-autoscaler'

/**
 * Makes the loop that sizes the targets of HPAs by what `read` measures of their pods.
 * Models: pkg/controller/podautoscaler/horizontal.go reconcileAutoscaler
 */
export function hpaController(read: ReadPodMetrics): Controller {
  return kubeController({
    name: 'horizontal-pod-autoscaler-controller',
    component: 'kube-controller-manager',
    primary: KIND,
    watches: { [KIND]: ['Created', 'Updated', 'after.sync'] },
    wakes: (event: PastEvent) => event.to,
    reconcile(id: string, world: World) {
      const hpa = world.get(id) as Autoscaler | undefined
      if (hpa?.kind !== KIND || hpa.metadata.deletionTimestamp !== undefined) return undefined
      return new Look(world, hpa, read).run()
    },
  })
}

class Look {
  private readonly world: World
  private readonly hpa: Autoscaler
  private readonly read: ReadPodMetrics
  private readonly answers: Answer[] = []
  private readonly kubeEvents: KubeEvent[] = []
  private conditions: readonly JsonObject[]
  private memory: Memory
  private metrics: readonly JsonObject[] | null

  constructor(world: World, hpa: Autoscaler, read: ReadPodMetrics) {
    this.world = world
    this.hpa = hpa
    this.read = read
    this.conditions = hpa.status?.conditions ?? []
    this.memory = hpa.memory ?? { recommendations: [], ups: [], downs: [] }
    this.metrics = (hpa.status?.currentMetrics ?? null) as readonly JsonObject[] | null
  }

  run(): readonly Answer[] {
    const target = this.target()
    if (typeof target === 'string') return this.blind('AbleToScale', 'FailedGetScale', target)
    this.set(
      'AbleToScale',
      'True',
      'SucceededGetScale',
      "the HPA controller was able to get the target's current scale",
    )
    const current = Number(target.spec?.replicas ?? 1)
    const { minReplicas = 1, maxReplicas } = this.hpa.spec
    if (this.memory.recommendations.length === 0)
      this.memory = { ...this.memory, recommendations: [{ replicas: current, at: this.world.now }] }
    if (current === 0 && minReplicas !== 0) {
      this.set(
        'ScalingActive',
        'False',
        'ScalingDisabled',
        'scaling is disabled since the replica count of the target is zero',
      )
      this.decline('Its target is scaled to 0: it does nothing until someone gives it pods.')
      return this.finish('Disabled', target, current, 0)
    }
    if (current > maxReplicas)
      return this.resize(target, current, maxReplicas, 'Current number of replicas above Spec.MaxReplicas')
    if (current < minReplicas)
      return this.resize(target, current, minReplicas, 'Current number of replicas below Spec.MinReplicas')
    return this.byMetrics(target, current)
  }

  /** The object to scale, or the words for why it cannot be. */
  private target(): ObjectEntity | string {
    const { apiVersion = 'v1', kind, name } = this.hpa.spec.scaleTargetRef
    const found = resourceOfKind(apiVersion, kind)
    if ('error' in found) return found.error
    const target = find(this.world, kind, this.hpa.metadata.namespace, name)
    if (!target) return `${qualified(found.resource)} "${name}" not found`
    return SCALABLE.includes(kind) ? target : 'the server could not find the requested resource'
  }

  private byMetrics(target: ObjectEntity, current: number): readonly Answer[] {
    const measured = measure(this.world, this.hpa, target, current, this.read)
    const good = measured.filter((one): one is Extract<Measured, { replicas: number }> => 'replicas' in one)
    const bad = measured.filter((one): one is Extract<Measured, { error: string }> => 'error' in one)
    for (const { reason, error } of bad) this.tell('Warning', reason, error)
    const best = good.reduce<(typeof good)[number] | undefined>(
      (most, one) => (!most || one.replicas > most.replicas ? one : most),
      undefined,
    )
    const first = bad[0]
    if (first && (!best || best.replicas < current)) {
      const message = `invalid metrics (${bad.length} invalid out of ${measured.length}), first error is: failed to get ${first.source}: ${first.error}`
      this.tell('Warning', 'FailedComputeMetricsReplicas', message)
      return this.blind('ScalingActive', first.reason, first.error, current)
    }
    this.metrics = good.map(({ status }) => status)
    if (!best) return this.finish('Evaluated', target, current, current)
    this.set(
      'ScalingActive',
      'True',
      'ValidMetricFound',
      `the HPA was able to successfully calculate a replica count from ${best.name}`,
    )
    // Empty where the metric is content and only an earlier recommendation asks for another size: so it is in Kubernetes too (its issue 107647).
    const why =
      best.replicas > current ? `${best.name} above target` : best.replicas < current ? 'All metrics below target' : ''
    const { limit, stabilized } = this.normalize(current, best.replicas)
    if (limit.replicas !== current)
      return this.resize(target, current, limit.replicas, why, { ...best.input, proposed: best.replicas })
    if (best.replicas !== current)
      this.decline(
        stabilized
          ? `The metric asks for ${best.replicas} pods, but recent recommendations hold it at ${current} for now.`
          : `The metric asks for ${best.replicas} pods, but ${limit.message}.`,
      )
    const limited = limit.reason !== 'DesiredWithinRange'
    return this.finish(limited ? 'Limited' : 'Evaluated', target, current, current)
  }

  /** Damping first, then limits. Models: horizontal.go normalizeDesiredReplicas(WithBehaviors) */
  private normalize(current: number, wanted: number): { readonly limit: Limited; readonly stabilized: boolean } {
    const { world, hpa, memory } = this
    const { behavior, minReplicas = 1, maxReplicas } = hpa.spec
    const common = { desiredReplicas: wanted, recommendations: memory.recommendations, now: world.now }
    const up = behavior?.scaleUp
    const down = behavior?.scaleDown
    const window = (down?.stabilizationWindowSeconds ?? DOWNSCALE_STABILIZATION / 1000) * 1000
    const damped = behavior
      ? (world.decide(stabilize, {
          ...common,
          currentReplicas: current,
          scaleUpWindow: (up?.stabilizationWindowSeconds ?? 0) * 1000,
          scaleDownWindow: window,
        }) as ReturnType<typeof stabilize.decide>)
      : {
          ...stabilizeWithoutBehavior({ ...common, window: DOWNSCALE_STABILIZATION }),
          reason: 'ScaleDownStabilized' as const,
          message: 'recent recommendations were higher than current one, applying the highest recent recommendation',
        }
    this.memory = { ...memory, recommendations: damped.recommendations }
    const stabilized = damped.replicas !== wanted
    if (stabilized) this.set('AbleToScale', 'True', damped.reason, damped.message)
    else this.set('AbleToScale', 'True', 'ReadyForNewScale', 'recommended size matches current size')
    const bounds = { currentReplicas: current, desiredReplicas: damped.replicas, minReplicas, maxReplicas }
    const ago = (changes: readonly Change[]) =>
      changes.map(({ replicaChange, at }) => ({ replicaChange, secondsAgo: (world.now - at) / 1000 }))
    const limit: Limited = behavior
      ? world.decide(behaviorRate, {
          ...bounds,
          scaleUp: up ?? { policies: [] },
          scaleDown: down ?? { policies: [] },
          scaleUpEvents: ago(memory.ups),
          scaleDownEvents: ago(memory.downs),
        })
      : world.decide(limitsNoBehavior, bounds)
    this.set('ScalingLimited', limit.reason === 'DesiredWithinRange' ? 'False' : 'True', limit.reason, limit.message)
    return { limit, stabilized }
  }

  private resize(
    target: ObjectEntity,
    current: number,
    wanted: number,
    why: string,
    inputs: object = {},
  ): readonly Answer[] {
    const { apiVersion = 'v1', kind, name } = this.hpa.spec.scaleTargetRef
    const found = resourceOfKind(apiVersion, kind)
    if ('error' in found) return this.blind('AbleToScale', 'FailedGetScale', found.error)
    const answer = setScale(this.world, found.resource, this.hpa.metadata.namespace, name, wanted)
    if (!answer.ok) {
      this.tell('Warning', 'FailedRescale', `New size: ${wanted}; reason: ${why}; error: ${answer.status.message}`)
      this.set(
        'AbleToScale',
        'False',
        'FailedUpdateScale',
        `the HPA controller was unable to update the target scale: ${answer.status.message}`,
      )
      return this.finish('Blinded', target, current, current)
    }
    const rule = desiredReplicas.id
    this.answers.push(
      ...answer.emit.map((emission): Emission => ({ ...emission, rule, inputs: { current, wanted, ...inputs } })),
    )
    this.tell('Normal', 'SuccessfulRescale', `New size: ${wanted}; reason: ${why}`)
    this.set(
      'AbleToScale',
      'True',
      'SucceededRescale',
      `the HPA controller was able to update the target scale to ${wanted}`,
    )
    const change = { replicaChange: Math.abs(wanted - current), at: this.world.now }
    const recent = (changes: readonly Change[]) => changes.filter(({ at }) => this.world.now - at < 1_800_000)
    const { ups, downs } = this.memory
    this.memory =
      wanted > current
        ? { ...this.memory, ups: [...recent(ups), change] }
        : { ...this.memory, downs: [...recent(downs), change] }
    return this.finish('Rescaled', target, current, wanted, true)
  }

  private blind(type: Condition['type'], reason: string, error: string, current?: number): readonly Answer[] {
    const what =
      type === 'AbleToScale'
        ? "the HPA controller was unable to get the target's current scale"
        : 'the HPA was unable to compute the replica count'
    this.set(type, 'False', reason, `${what}: ${error}`)
    if (type === 'AbleToScale') this.tell('Warning', reason, error)
    this.decline(error)
    return this.finish('Blinded', undefined, current ?? Number(this.hpa.status?.currentReplicas ?? 0), current)
  }

  private finish(
    type: string,
    target: ObjectEntity | undefined,
    current: number,
    wanted: number | undefined,
    rescaled = false,
  ): readonly Answer[] {
    const { hpa } = this
    const lastScaleTime = rescaled ? nowText(this.world) : hpa.status?.lastScaleTime
    const generation = hpa.metadata.generation
    const status: JsonObject = {
      ...(generation === undefined ? {} : { observedGeneration: generation }),
      ...(lastScaleTime === undefined ? {} : { lastScaleTime }),
      ...(target || current > 0 ? { currentReplicas: current } : {}),
      desiredReplicas: wanted ?? Number(hpa.status?.desiredReplicas ?? 0),
      currentMetrics: this.metrics,
      conditions: this.conditions,
    }
    const memory = semanticEqual(this.memory, hpa.memory) ? {} : { memory: this.memory }
    const kubeEvents = this.kubeEvents.length > 0 ? { kubeEvents: this.kubeEvents } : {}
    const why = type === 'Evaluated' || type === 'Limited' ? { rule: desiredReplicas.id } : {}
    this.answers.push({ to: hpa.id, type, ...why, data: { status, ...memory, ...kubeEvents } })
    return this.answers
  }

  private set(type: Condition['type'], status: Condition['status'], reason: string, message: string): void {
    const before = this.conditions.find((one) => one.type === type)
    const lastTransitionTime = before?.status === status ? (before.lastTransitionTime as string) : nowText(this.world)
    const next: JsonObject = { type, status, lastTransitionTime, reason, message }
    this.conditions = before ? this.conditions.map((one) => (one === before ? next : one)) : [...this.conditions, next]
  }

  private tell(type: KubeEvent['type'], reason: string, message: string): void {
    this.kubeEvents.push({ type, reason, message, source: SOURCE })
  }

  private decline(reason: string): void {
    this.answers.push({ to: this.hpa.id, decline: reason })
  }
}
