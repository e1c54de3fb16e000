import type { Answer, Controller, World } from '../../../kernel/index.ts'
import { terminate } from './group.controller.ts'
import { counts, type Group, MEMBER, type Member, memberId, membersOf, REFRESH, type Refresh, warmup } from './group.ts'

/**
 * Replaces the instances of a group a few at a time, as its refresh asks: never fewer in service than the minimum healthy percentage.
 * Models: EC2 Auto Scaling user guide, instance refresh
 */
export const refreshController: Controller = {
  name: 'autoscaling-refresh',
  watches: { [REFRESH]: '*', [MEMBER]: '*' },
  wakes(event, world) {
    if (event.kind === REFRESH) return event.to
    return [...world.all(REFRESH)]
      .filter(({ state }) => state === 'InProgress' || state === 'Pending')
      .map(({ id }) => id)
  },
  reconcile(id, world) {
    const refresh = world.get(id) as Refresh | undefined
    const group = refresh && (world.get(refresh.group) as Group | undefined)
    if (!refresh || !group) return undefined
    if (refresh.state === 'Pending') return [{ to: id, type: 'Began' }]
    if (refresh.state !== 'InProgress') return undefined
    const left = replaceable(world, refresh)
    const members = membersOf(world, group.id)
    const ms = (refresh.preferences.InstanceWarmup ?? warmup(group)) * 1000
    const ready = members.filter(
      ({ state, inServiceAt }) => state === 'InService' && world.now - (inServiceAt ?? 0) >= ms,
    )
    const cold = members.filter((member) => counts(member) && !ready.includes(member))
    if (left.length === 0) {
      if (cold.length === 0 && members.filter(counts).length >= group.DesiredCapacity)
        return [{ to: id, type: 'Completed', data: { endedAt: world.now } }]
      return again(world, cold, ms)
    }
    const least = Math.ceil((group.DesiredCapacity * (refresh.preferences.MinHealthyPercentage ?? 90)) / 100)
    // At one hundred percent still one goes at a time, as the real thing does it.
    const may = Math.max(ready.length - least, ready.length >= group.DesiredCapacity ? 1 : 0)
    if (may <= 0) return again(world, cold, ms)
    const why = `An instance was taken out of service in response to an instance refresh.`
    return left
      .slice(0, may)
      .flatMap((member, i): readonly Answer[] => terminate(world, group, member, why, `refresh ${i}`))
  },
}

/** Members that are still to be replaced. */
export function replaceable(world: World, refresh: Refresh): readonly Member[] {
  return refresh.old.flatMap((instance) => {
    const member = world.get(memberId(instance.split('/')[0] ?? '', instance.split('/')[1] ?? '')) as Member | undefined
    return member && counts(member) ? [member] : []
  })
}

function again(world: World, cold: readonly Member[], ms: number): readonly Answer[] {
  const waits = cold
    .flatMap(({ inServiceAt }) => (inServiceAt === undefined ? [] : [inServiceAt + ms - world.now]))
    .filter((wait) => wait > 0)
  return waits.length > 0 ? [{ again: Math.min(...waits) }] : []
}
