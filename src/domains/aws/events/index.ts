import './schedule.rule.ts'
import { defineService, parseArn } from '../core/index.ts'
import { api } from './api.generated.ts'
import { busController } from './bus.controller.ts'
import { exported } from './exported.ts'
import { kinds } from './kinds.ts'
import { operations } from './operations.ts'
import { type BusEnvelope, busId, busName } from './records.ts'
import { resources } from './resources.ts'

/** Amazon EventBridge: it knows other services by what they announce and receive. */
export const events = defineService({
  name: 'events',
  api,
  operations,
  kinds,
  controllers: [busController],
  exports: exported,
  resources,
  receives: (arn, message, world) => {
    const { region = '', resource = '' } = parseArn(arn) ?? {}
    const to = busId(region, busName(resource))
    if (!world.get(to))
      return { error: { code: 'ResourceNotFoundException', message: `Event bus ${busName(resource)} does not exist.` } }
    return { emit: [{ to, type: 'Received', data: { event: message.body as BusEnvelope } }] }
  },
})
