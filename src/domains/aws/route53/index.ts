import './reachable.ts'
import type { Derived } from '../../../kernel/index.ts'
import { defineService } from '../core/index.ts'
import { api } from './api.generated.ts'
import { checkController } from './check.controller.ts'
import { kinds } from './kinds.ts'
import { metrics } from './metrics.ts'
import { namesController } from './names.controller.ts'
import { operations } from './operations.ts'
import { resources } from './resources.ts'
import { namesByCheck, namesByZone } from './zone.ts'

/** DNS: hosted zones, records by routing policy, health checks. */
export const route53 = defineService({
  name: 'route53',
  api,
  operations,
  kinds,
  controllers: [namesController, checkController],
  derived: [namesByZone, namesByCheck] as unknown as readonly Derived<never>[],
  metrics,
  resources,
})
