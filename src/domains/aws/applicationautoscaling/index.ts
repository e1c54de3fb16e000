import { defineService, recordKind } from '../core/index.ts'
import { api } from './api.generated.ts'
import { exported } from './exported.ts'
import { operations } from './operations.ts'
import { resources } from './resources.ts'
import { receives } from './scaling.ts'
import { scheduleController } from './schedule.controller.ts'
import { POLICY, type Policy, type ScalableTarget, TARGET } from './target.ts'

/** Scales the desired count of ECS services, by policies and by the clock. */
export const applicationautoscaling = defineService({
  name: 'application-autoscaling',
  api,
  operations,
  kinds: [
    recordKind<ScalableTarget>({
      kind: TARGET,
      noun: 'a scalable target',
      tell: {
        Changed: (event, target) => {
          const [newest] = (event.data as Partial<ScalableTarget>).activities ?? []
          return newest
            ? `${newest.Description} Because \`${newest.Cause}\`.`
            : `[${target?.ResourceId ?? ''}](${event.to}) gets other bounds.`
        },
      },
    }),
    recordKind<Policy>({ kind: POLICY, noun: 'a scaling policy' }),
  ],
  controllers: [scheduleController],
  exports: exported,
  resources,
  receives,
})

export { type ScalableTarget, TARGET as SCALABLE_TARGET, targetId } from './target.ts'
