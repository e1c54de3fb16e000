import { COMMANDED, DECLINED, type Kind, type PastEvent, type Simulation, type Tone } from '../../kernel/index.ts'
import { isDecision } from './decision.ts'

/** One line of a *why* chain. */
export interface Told {
  readonly id: number
  readonly at: number
  readonly to: string
  readonly by?: string | undefined
  readonly type: string
  /** One sentence; nouns of the world as `[label](id)`, verbatim words of a tool in backticks. */
  readonly text: string
  readonly root: boolean
  readonly rule?: string | undefined
  /** What a tool said of it, word for word. */
  readonly words: readonly Words[]
  /** Whether it carries a decision table (see `decisionOf`). */
  readonly decided: boolean
  /** The first tag of the state that it led to. */
  readonly tone?: Tone | undefined
  /** Whether it was a fault, where it is the root. */
  readonly fault: boolean
}

/** The verbatim words of a tool about an entity. */
export interface Words {
  readonly source: string
  readonly message: string
  readonly warning: boolean
}

/** Says in one sentence what an event was. */
export function tellEvent(simulation: Simulation, event: PastEvent): Told {
  const kind = event.kind === undefined ? undefined : simulation.kind(event.kind)
  const { id, at, to, by, type, rule } = event
  return {
    id,
    at,
    to,
    by,
    type,
    rule,
    root: event.causes.length === 0,
    text: sentence(simulation, event, kind),
    words: wordsOf(event),
    decided: isDecision(event.inputs),
    tone: kind && toneOf(kind, event.into),
    fault: by === 'fault',
  }
}

/** What tools said of an event: the KubeEvents that it carries, or the reason with which a controller declined. */
export function wordsOf(event: PastEvent): readonly Words[] {
  const {
    kubeEvents = [],
    controller,
    reason,
  } = (event.data ?? {}) as {
    readonly kubeEvents?: readonly { type?: string; source?: string; message?: string }[]
    readonly controller?: string
    readonly reason?: string
  }
  if (event.type === DECLINED) return [{ source: controller ?? '', message: reason ?? '', warning: true }]
  if (!Array.isArray(kubeEvents)) return []
  return kubeEvents.map(({ type, source = '', message = '' }) => ({ source, message, warning: type === 'Warning' }))
}

/** The tone of a state: the first of its tags that is one. */
export function toneOf(kind: Kind, state: string): Tone | undefined {
  return kind.lifecycle.tags(state).find((tag): tag is Tone => TONES.has(tag))
}

const TONES: ReadonlySet<string> = new Set<Tone>(['ok', 'prog', 'warn', 'err', 'pend', 'idle'])

function sentence(simulation: Simulation, event: PastEvent, kind: Kind | undefined): string {
  const own = kind?.tell?.[event.type]
  if (own) return own(event, simulation.world.get(event.to))
  if (event.type === COMMANDED)
    return `You ran \`${String((event.data as { line?: string } | undefined)?.line ?? '')}\`.`
  const subject = `[${calledOf(simulation, event.to)}](${event.to})`
  if (event.type === DECLINED)
    return `${subject}: ${String((event.data as { reason?: string } | undefined)?.reason ?? '')}`
  if (event.from === undefined) return `${kind?.face?.label ?? kind?.kind ?? 'It'} ${subject} came into being.`
  const described = describe(kind, event)
  return described ? `${subject}: ${described}` : `${subject}: ${event.type}.`
}

function describe(kind: Kind | undefined, event: PastEvent): string | undefined {
  const definition = kind?.lifecycle.definition
  const state = event.from === undefined ? undefined : definition?.states[event.from]
  const delay = event.type.startsWith('after.') ? event.type.slice(6) : undefined
  const transition =
    delay === undefined ? (state?.on?.[event.type] ?? definition?.on?.[event.type]) : state?.after?.[delay]
  return transition?.description
}

/** What a person calls an entity: its name, or its title where the name is only a row of digits. */
export function calledOf(simulation: Simulation, id: string): string {
  const name = nameOf(id)
  if (!/^(sha256:)?[0-9a-f]{8}[0-9a-f-]{3,}$|[0-9a-f]{8}-[0-9a-f]{4}-/.test(name)) return name
  const entity = simulation.world.get(id)
  const face = entity && simulation.kind(entity.kind)?.face
  return (entity && face?.look(entity, simulation.world).title) ?? name.replace('sha256:', '').slice(0, 12)
}

/** The last part of an entity's id: its name. */
export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}
