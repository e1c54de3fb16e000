import { defineRule } from '../../../kernel/index.ts'

/**
 * How much of the traffic the new revision of a service has, so many minutes after the first shift.
 * Models: ECS API LinearConfiguration, CanaryConfiguration
 */
export const traffic = defineRule({
  id: 'ecs.traffic',
  says: 'LINEAR shifts one equal step after every bake time; CANARY shifts a little, bakes, and then shifts the rest at once.',
  source: 'ECS API LinearConfiguration, CanaryConfiguration',
  decide: shareAt,
})

/** Percentages 0 to 100, minutes since the first shift; absent settings take the documented defaults. */
export interface TrafficInput {
  readonly strategy: string
  readonly stepPercent?: number | undefined
  readonly stepBakeTimeInMinutes?: number | undefined
  readonly canaryPercent?: number | undefined
  readonly canaryBakeTimeInMinutes?: number | undefined
  readonly minute: number
}

export function shareAt({
  strategy,
  minute,
  stepPercent = 10,
  stepBakeTimeInMinutes = 6,
  canaryPercent = 5,
  canaryBakeTimeInMinutes = 10,
}: TrafficInput): { readonly greenPercent: number; readonly complete: boolean } {
  const greenPercent = minute < 0 ? 0 : share()
  return { greenPercent, complete: greenPercent >= 100 }

  function share(): number {
    if (strategy === 'CANARY') return minute < canaryBakeTimeInMinutes ? canaryPercent : 100
    if (strategy !== 'LINEAR' || stepBakeTimeInMinutes <= 0) return 100
    return Math.min(100, (Math.floor(minute / stepBakeTimeInMinutes) + 1) * stepPercent)
  }
}
