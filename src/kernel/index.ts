export type { Again, Answer, Controller, Decline } from './controller.ts'
export { type Derived, defineIndex, type Index } from './derived.ts'
export { digest, stable } from './digest.ts'
export type { Domain, Fact, FileIntake, FileProblem } from './domain.ts'
export type { Entity, Fields } from './entity.ts'
export {
  COMMANDED,
  DECLINED,
  type Emission,
  INTERRUPT,
  type PastEvent,
  type SimEvent,
} from './event.ts'
export { type Exported, type ExportedFile, type ExportedStep, STEP } from './exported.ts'
export type {
  Copy,
  Face,
  FaceAction,
  FaceFix,
  FaceLine,
  FaceLink,
  Look,
  Meter,
  PaletteItem,
  Segment,
  Tone,
} from './face.ts'
export { invariant } from './invariant.ts'
export { Journal } from './journal.ts'
export type { Json, JsonObject } from './json.ts'
export { defineKind, type Kind } from './kind.ts'
export {
  askMachine,
  defineLifecycle,
  eventTypes,
  type Lifecycle,
  type LifecycleDefinition,
  type StateDefinition,
  type TransitionDefinition,
} from './lifecycle.ts'
export { drawText } from './random.ts'
export {
  defineReplacement,
  REPLACED,
  type Replacement,
  RULE_KIND,
  type RuleInWorld,
  replacementOf,
  replacements,
  ruleEntityId,
} from './replacement.ts'
export { defineRule, type Rule, RuleSet, rules } from './rule.ts'
export { type Checkpoint, type DueMark, Simulation, type SimulationOptions } from './simulation.ts'
export { type Branch, type Given, Timeline } from './timeline.ts'
export type { View } from './view.ts'
export { EPOCH, type World } from './world.ts'
