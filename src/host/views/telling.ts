import type { Kind, PastEvent, Simulation } from '../../kernel/index.ts'

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
  readonly inputs?: unknown
}

/** Says in one sentence what an event was. */
export function tellEvent(simulation: Simulation, event: PastEvent): Told {
  const kind = event.kind === undefined ? undefined : simulation.kind(event.kind)
  const { id, at, to, by, type, rule, inputs } = event
  return {
    id,
    at,
    to,
    by,
    type,
    rule,
    inputs,
    root: event.causes.length === 0,
    text: sentence(simulation, event, kind),
  }
}

function sentence(simulation: Simulation, event: PastEvent, kind: Kind | undefined): string {
  const own = kind?.tell?.[event.type]
  if (own) return own(event, simulation.world.get(event.to))
  if (event.type === 'Commanded')
    return `You ran \`${String((event.data as { line?: string } | undefined)?.line ?? '')}\`.`
  const subject = `[${nameOf(event.to)}](${event.to})`
  if (event.type === 'Declined')
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

/** The last part of an entity's id: its name. */
export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}
