import type { Answer, World } from '../../../kernel/index.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { Container } from './container.ts'
import type { Probe, ProbeKind } from './podPlan.ts'
import { probeNow } from './probe.ts'
import { probeFailure } from './probeFailure.rule.ts'
import { kubeletSays } from './words.ts'

/** ms from the start of a container to its first probe. */
const FIRST_PROBE = 500

/**
 * Looks after the probes of a running container. A probe is made at its own times only, and makes an event only when its outcome turns
 * or what it decides changes; how often it failed in between follows from the time. `stop` says how the container is to be stopped.
 * Models: pkg/kubelet/prober/worker.go
 */
export function probeContainer(
  world: World,
  pod: ObjectEntity,
  container: Container,
  leaving: boolean,
  stop: (why: 'startup' | 'liveness', grace: number | undefined, unhealthy: string) => readonly Answer[],
  by: string,
): readonly Answer[] {
  const { startupProbe, livenessProbe, readinessProbe } = container.spec
  if (startupProbe && !container.started) return look('startup', startupProbe)
  const answers: Answer[] = []
  if (livenessProbe && !leaving) answers.push(...look('liveness', livenessProbe))
  if (answers.some((answer) => 'type' in answer && answer.type === 'StopRequested')) return answers
  if (readinessProbe) answers.push(...look('readiness', readinessProbe))
  return answers

  function look(kind: ProbeKind, probe: Probe): readonly Answer[] {
    const verdict = kind === 'startup' ? container.started : kind === 'liveness' ? true : container.ready
    const period = (probe.periodSeconds ?? 10) * 1000
    const first = firstTime(container, kind, probe)
    const { now } = world
    if (now < first) return [{ again: first - now }]
    const next = first + (Math.floor((now - first) / period) + 1) * period
    const due = (now - first) % period === 0
    const outcome = probeNow(world, pod, container, probe)
    const turning = container.turning?.[kind]
    if (!due && (outcome.ok !== verdict || turning !== undefined)) return [{ again: next - now }]
    if (outcome.ok === verdict) {
      const told = container.told?.[kind]
      const tell = !outcome.ok && outcome.output !== told
      if (due && (turning !== undefined || tell))
        return [
          {
            to: container.id,
            type: 'ProbeTurned',
            by,
            data: {
              probe: kind,
              turning: { ...container.turning, [kind]: undefined },
              ...(tell ? heard(kind, outcome.output) : {}),
            },
          },
          ...waitFor(outcome.until),
        ]
      if (!due && tell) return [{ again: next - now }]
      return waitFor(outcome.until)
    }
    const since = turning ?? now
    const threshold = outcome.ok ? (probe.successThreshold ?? 1) : (probe.failureThreshold ?? 3)
    const count = Math.round((now - since) / period) + 1
    if (count >= threshold) return turn(kind, probe, outcome.ok, outcome.output)
    if (turning !== undefined) return [{ again: period }]
    return [
      {
        to: container.id,
        type: 'ProbeTurned',
        by,
        data: {
          probe: kind,
          turning: { ...container.turning, [kind]: now },
          ...(outcome.ok ? {} : heard(kind, outcome.output)),
        },
      },
      { again: period },
    ]

    function waitFor(until: number): readonly Answer[] {
      if (until === Number.POSITIVE_INFINITY) return []
      const periods = Math.max(1, Math.ceil((until - first) / period) - Math.floor((now - first) / period))
      return [{ again: first + (Math.floor((now - first) / period) + periods) * period - now }]
    }
  }

  /** What a probe decides changes. */
  function turn(kind: ProbeKind, probe: Probe, ok: boolean, output: string): readonly Answer[] {
    const turning = { ...container.turning, [kind]: undefined }
    if (!ok && world.decide(probeFailure, { kind }) === 'restart')
      return stop(
        kind === 'startup' ? kind : 'liveness',
        probe.terminationGracePeriodSeconds,
        `${TITLE[kind]} probe failed: ${output}`,
      )
    const data =
      kind === 'startup'
        ? { started: true, startedSince: world.now, ready: !readinessProbe, turning }
        : { ready: ok, turning, told: { ...container.told, [kind]: ok ? undefined : output } }
    const kubeEvents = ok ? {} : { kubeEvents: [unhealthy(kind, output)] }
    return [
      {
        to: container.id,
        type: ok ? 'ProbePassed' : 'ProbeFailed',
        by,
        ...(ok ? {} : { rule: probeFailure.id }),
        data: { probe: kind, ...data, ...kubeEvents },
      },
    ]
  }

  function heard(kind: ProbeKind, output: string): object {
    return { told: { ...container.told, [kind]: output }, kubeEvents: [unhealthy(kind, output)] }
  }

  function unhealthy(kind: ProbeKind, output: string) {
    return kubeletSays(container.node, pod.id, 'Warning', 'Unhealthy', `${TITLE[kind]} probe failed: ${output}`)
  }
}

const TITLE: { readonly [kind in ProbeKind]: string } = {
  startup: 'Startup',
  liveness: 'Liveness',
  readiness: 'Readiness',
}

function firstTime(container: Container, kind: ProbeKind, probe: Probe): number {
  const own = (container.startedAt ?? 0) + (probe.initialDelaySeconds ?? 0) * 1000 + FIRST_PROBE
  return kind === 'startup' ? own : Math.max(own, container.startedSince ?? 0)
}
