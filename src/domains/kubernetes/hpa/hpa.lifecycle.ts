import { defineLifecycle, type TransitionDefinition } from '../../../kernel/index.ts'
import { gone, objectTransitions, terminating } from '../object/object.lifecycle.ts'

const on: { readonly [type: string]: TransitionDefinition } = {
  DeletionRequested: { target: 'Terminating', description: 'Deletion is asked for, and finalizers hold it.' },
  Removed: { target: 'Gone', description: 'It is deleted; its target keeps the size that it has.' },
  Evaluated: { target: 'Steady', description: 'The target has the right size.' },
  Rescaled: { target: 'Rescaled', description: 'The target gets another size.' },
  Limited: { target: 'Limited', description: 'The target would get another size if a limit did not forbid it.' },
  Blinded: { target: 'Blind', description: 'It cannot tell the right size: a metric or the target is missing.' },
  Disabled: { target: 'Disabled', description: 'Its target is scaled to nothing by hand, and it leaves it so.' },
}

function state(name: string, description: string, tag: string) {
  return {
    description,
    tags: [tag],
    on: { ...on, ...keep(name) },
    after: { sync: { target: name, reenter: true, description: 'It is time to look at the metrics again.' } },
  }
}

/** Staying in a state does not restart the clock of the loop. */
function keep(name: string): { readonly [type: string]: TransitionDefinition } {
  for (const [type, { target, description }] of Object.entries(on))
    if (target === name) return { [type]: { description } }
  return {}
}

/**
 * The life of a HorizontalPodAutoscaler: a loop of 15 s, and what came out of it last.
 * Models: pkg/controller/podautoscaler/horizontal.go
 */
export const hpaLifecycle = defineLifecycle({
  id: 'hpa',
  initial: 'New',
  delays: { sync: 'How long it is between two looks at the metrics: 15 s.' },
  on: objectTransitions,
  states: {
    New: { ...state('New', 'It has not looked at its target yet.', 'pend'), on },
    Steady: state('Steady', 'Its target has the right size for its load.', 'ok'),
    Rescaled: state('Rescaled', 'It has given its target another size.', 'prog'),
    Limited: state(
      'Limited',
      'Its bounds or its behavior keep its target from the size that the load asks for.',
      'warn',
    ),
    Blind: state('Blind', 'It has no usable metric, and leaves its target as it is.', 'err'),
    Disabled: state('Disabled', 'Its target wants no pods, and it leaves it so.', 'idle'),
    Terminating: terminating,
    Gone: gone,
  },
})
