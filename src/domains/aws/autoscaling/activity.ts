import { defineKind, defineLifecycle, type Emission, type Entity, EPOCH, type World } from '../../../kernel/index.ts'
import { uuid } from '../core/index.ts'
import { ACTIVITY, type Group } from './group.ts'

/** One thing that a group does: a launch, a termination. */
export interface Activity extends Entity {
  readonly group: string
  readonly ActivityId: string
  readonly Description: string
  readonly Cause: string
  readonly startedAt: number
  readonly endedAt?: number | undefined
  readonly StatusMessage?: string | undefined
  readonly Details: string
}

const ended = (target: string, description: string) => ({ target, description })

export const activityKind = defineKind<Activity>({
  kind: ACTIVITY,
  lifecycle: defineLifecycle({
    id: 'autoscalingActivity',
    initial: 'InProgress',
    states: {
      InProgress: {
        description: 'It is under way.',
        tags: ['prog'],
        on: {
          Succeeded: ended('Successful', 'It is done.'),
          Failed: ended('Failed', 'It could not be done.'),
          Forgotten: ended('Gone', 'Its group is deleted.'),
        },
      },
      Successful: {
        description: 'It was done.',
        tags: ['ok'],
        on: { Forgotten: ended('Gone', 'Its group is deleted.') },
      },
      Failed: {
        description: 'It was tried in vain.',
        tags: ['err'],
        on: { Forgotten: ended('Gone', 'Its group is deleted.') },
      },
      Gone: { description: 'Nobody remembers it.', type: 'final' },
    },
  }),
  apply: {
    Succeeded: (_activity, event) => ({ endedAt: event.at }),
    Failed: (_activity, event) => ({ endedAt: event.at, ...(event.data as object) }),
  },
  tell: {
    Began: (event, activity) => `${activity?.Description ?? event.to}: ${activity?.Cause ?? ''}`.slice(0, 180),
  },
})

/** Begins an activity: its event and its entity id. */
export function beginActivity(
  world: World,
  group: Group,
  description: string,
  cause: string,
  zone: string,
  key: string | number,
): { readonly id: string; readonly emit: Emission } {
  const ActivityId = uuid(world, 'activity', group.id, key)
  const id = `${ACTIVITY}/${group.region}/${ActivityId}`
  const Details = JSON.stringify({ 'Availability Zone': zone })
  const data = {
    owner: group.id,
    group: group.id,
    ActivityId,
    Description: description,
    Cause: cause,
    startedAt: world.now,
    Details,
  }
  return { id, emit: { to: id, kind: ACTIVITY, type: 'Began', data, by: group.id } }
}

/** A moment as the causes of activities have it. */
export function momentText(now: number): string {
  return new Date(EPOCH + Math.floor(now / 1000) * 1000).toISOString().replace('.000Z', 'Z')
}
