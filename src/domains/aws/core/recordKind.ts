import {
  defineKind,
  defineLifecycle,
  type Entity,
  type Face,
  type Kind,
  type Lifecycle,
} from '../../../kernel/index.ts'

/** What is to be known of a kind of thing that is only there or gone: a subnet, a listener, a hosted zone. */
export interface RecordOf<E extends Entity> {
  /** `aws.ec2.Subnet`. */
  readonly kind: string
  /** Its noun in a sentence, with its article: `a subnet`. */
  readonly noun: string
  readonly face?: Face<E> | undefined
  readonly tell?: Kind<E>['tell'] | undefined
}

/**
 * A kind whose things have no life of their own: made by `Created` with their fields as data, changed by `Changed` with the fields that
 * change, and gone after `Deleted`.
 */
export function recordKind<E extends Entity = Entity>({ kind, noun, face, tell }: RecordOf<E>): Kind {
  return defineKind<E>({
    kind,
    lifecycle: recordLifecycle(kind, noun),
    apply: { Changed: (_record, event) => (event.data ?? {}) as { readonly [field: string]: object } },
    ...(face ? { face } : {}),
    ...(tell ? { tell } : {}),
  })
}

/** Models: what an API keeps of a thing that someone created and may change or delete. */
function recordLifecycle(kind: string, noun: string): Lifecycle {
  return defineLifecycle({
    id: kind,
    initial: 'Present',
    states: {
      Present: {
        description: `There is ${noun} as it was asked for.`,
        tags: ['ok'],
        on: {
          Changed: { description: 'Someone changes what is kept of it.' },
          Deleted: { target: 'Gone', description: 'Someone deletes it.' },
        },
      },
      Gone: { description: 'It no longer exists.', type: 'final' },
    },
  })
}
