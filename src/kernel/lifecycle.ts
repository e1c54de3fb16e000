import { type AnyStateMachine, createMachine } from 'xstate'
import { DECLINED } from './event.ts'
import { invariant } from './invariant.ts'

/** A way out of a state, or (without `target`) something that happens in it. */
export interface TransitionDefinition {
  readonly target?: string
  /** One sentence for a learner. */
  readonly description: string
  /** Enters the target anew, and so restarts its timers, even when it is the state that it is in. */
  readonly reenter?: boolean
}

export interface StateDefinition {
  /** One sentence for a learner. */
  readonly description: string
  readonly tags?: readonly string[]
  readonly type?: 'final'
  readonly on?: { readonly [type: string]: TransitionDefinition }
  /** Transitions on a timer, by the name of a declared delay. */
  readonly after?: { readonly [delay: string]: TransitionDefinition }
}

/** The definition of an XState machine of the pure kind: no context, guards, actions, invocations or parallel regions. */
export interface LifecycleDefinition {
  readonly id: string
  readonly initial: string
  readonly states: { readonly [state: string]: StateDefinition }
  /** What may happen in every state. */
  readonly on?: { readonly [type: string]: TransitionDefinition }
  /** Every named delay with one sentence; how long it takes is the kind's to say. */
  readonly delays?: { readonly [delay: string]: string }
}

/** What one event does in one state. */
export interface Step {
  readonly into: string
  /** Whether a state is entered, so that its timers start and those of the old one are void. */
  readonly enters: boolean
}

export interface Lifecycle {
  readonly id: string
  readonly initial: string
  readonly definition: LifecycleDefinition
  /** The same thing as XState runs it: the truth, of which `step` is a cache. */
  readonly machine: AnyStateMachine
  /** What `type` does in `state`; undefined when nothing there accepts it. */
  step(state: string, type: string): Step | undefined
  /** The delays whose timers start when `state` is entered, each with the type of its event. */
  timers(state: string): readonly { readonly delay: string; readonly type: string }[]
  isFinal(state: string): boolean
  tags(state: string): readonly string[]
}

const NONE: readonly never[] = []

/** The journal's name for the event of a timer. */
export function timerType(delay: string): string {
  return `after.${delay}`
}

/** XState's own name for the same event. */
export function machineEventType(lifecycleId: string, state: string, type: string): string {
  return type.startsWith('after.') ? `xstate.${type}.${lifecycleId}.${state}` : type
}

/** Every event type that some state of the lifecycle accepts, timers under their journal names. */
export function eventTypes(definition: LifecycleDefinition): readonly string[] {
  const types = new Set([DECLINED, ...Object.keys(definition.on ?? {})])
  for (const state of Object.values(definition.states)) {
    for (const type of Object.keys(state.on ?? {})) types.add(type)
    for (const delay of Object.keys(state.after ?? {})) types.add(timerType(delay))
  }
  return [...types]
}

/**
 * Makes a lifecycle of a definition: asks XState about every state and event once, and keeps the answers as a table.
 * Throws when the definition is not of the pure kind, uses an undeclared delay, or leaves something undescribed.
 */
export function defineLifecycle(definition: LifecycleDefinition): Lifecycle {
  check(definition)
  const declined = { [DECLINED]: { description: 'A controller looked at it and left it as it is, and said why.' } }
  const machine = createMachine(
    {
      id: definition.id,
      initial: definition.initial,
      states: definition.states,
      on: { ...definition.on, ...declined },
    } as never,
    { delays: Object.fromEntries(Object.keys(definition.delays ?? {}).map((delay) => [delay, 1])) },
  ) as unknown as AnyStateMachine
  const table = new Map<string, Map<string, Step>>()
  const timers = new Map<string, readonly { readonly delay: string; readonly type: string }[]>()
  const types = eventTypes(definition)
  for (const [state, is] of Object.entries(definition.states)) {
    const row = new Map<string, Step>()
    for (const type of types) {
      const step = askMachine(machine, definition.id, state, type)
      if (step) row.set(type, step)
    }
    table.set(state, row)
    timers.set(
      state,
      Object.keys(is.after ?? {}).map((delay) => ({ delay, type: timerType(delay) })),
    )
  }
  return {
    id: definition.id,
    initial: definition.initial,
    definition,
    machine,
    step: (state, type) => table.get(state)?.get(type),
    timers: (state) => timers.get(state) ?? NONE,
    isFinal: (state) => definition.states[state]?.type === 'final',
    tags: (state) => definition.states[state]?.tags ?? [],
  }
}

/** Asks XState itself what `type` does in `state`. */
export function askMachine(machine: AnyStateMachine, id: string, state: string, type: string): Step | undefined {
  const snapshot = machine.resolveState({ value: state, context: undefined })
  if (snapshot.status !== 'active') return undefined
  const event = { type: machineEventType(id, state, type) }
  const [taken] = machine.getTransitionData(snapshot as never, event as never)
  if (!taken) return undefined
  const target = taken.target?.[0]
  if (!target) return { into: state, enters: false }
  return { into: target.key, enters: target.key !== state || taken.reenter === true }
}

function check(definition: LifecycleDefinition): void {
  const where = `lifecycle ${definition.id}`
  const allowed = new Set(['description', 'tags', 'type', 'on', 'after'])
  invariant(definition.states[definition.initial], `${where} starts in a state that it does not have`)
  checkTransitions(definition, `${where}, any state`, definition.on)
  for (const [name, state] of Object.entries(definition.states)) {
    for (const key of Object.keys(state))
      invariant(allowed.has(key), `${where}, ${name}: ${key} is not of the pure kind`)
    invariant(state.description, `${where}, ${name} has no description`)
    checkTransitions(definition, `${where}, ${name}`, state.on)
    checkTransitions(definition, `${where}, ${name}`, state.after)
    for (const delay of Object.keys(state.after ?? {})) {
      invariant(definition.delays?.[delay], `${where}, ${name}: delay ${delay} is not declared`)
    }
  }
}

function checkTransitions(
  definition: LifecycleDefinition,
  where: string,
  transitions: { readonly [type: string]: TransitionDefinition } | undefined,
): void {
  const allowed = new Set(['target', 'description', 'reenter'])
  for (const [type, transition] of Object.entries(transitions ?? {})) {
    for (const key of Object.keys(transition))
      invariant(allowed.has(key), `${where}, ${type}: ${key} is not of the pure kind`)
    invariant(transition.description, `${where}, ${type} has no description`)
    const { target } = transition
    invariant(
      target === undefined || definition.states[target],
      `${where}, ${type} leads to ${target}, which is no state`,
    )
  }
}
