import { FIRST, LONG_ENOUGH, LONGEST } from './container/restart.rule.ts'

/** Figures that a lesson may name, each from where the simulation itself takes it. */
export const dockerFacts = {
  'docker.restartFirst': { ms: FIRST },
  'docker.restartMost': { ms: LONGEST },
  'docker.restartForgotten': { ms: LONG_ENOUGH },
} as const
