import type { Derived } from '../../../kernel/index.ts'
import { defineService } from '../core/index.ts'
import { api } from './api.generated.ts'
import { exported } from './exported.ts'
import { groupController } from './group.controller.ts'
import { groupsByTargetGroup } from './group.ts'
import { groupOperations } from './groupOperations.ts'
import { kinds } from './kinds.ts'
import { memberController } from './member.controller.ts'
import { metrics } from './metrics.ts'
import { policyOperations } from './policyOperations.ts'
import { refreshController } from './refresh.controller.ts'
import { resources } from './resources.ts'
import { receives } from './scaling.ts'

/** Groups of instances that keep their size, and change it by policies. */
export const autoscaling = defineService({
  name: 'autoscaling',
  api,
  operations: [...groupOperations, ...policyOperations],
  kinds,
  controllers: [memberController, groupController, refreshController],
  derived: [groupsByTargetGroup] as unknown as readonly Derived<never>[],
  metrics,
  exports: exported,
  resources,
  receives,
})

export { terminate } from './group.controller.ts'
export { GROUP, type Group, groupId, MEMBER, type Member, memberId, membersOf } from './group.ts'
