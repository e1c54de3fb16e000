import type { Answer, Controller, Emission, World } from '../../../kernel/index.ts'
import { findInstance, INSTANCE, type Instance, statusChecks } from '../ec2/index.ts'
import { ofArn, TARGET, TARGET_GROUP, type Target, type TargetGroup, targetsOf } from '../elbv2/index.ts'
import { beginActivity, momentText } from './activity.ts'
import { counts, GROUP, type Group, MEMBER, type Member, memberId, membersOf } from './group.ts'
import { causeOf, launchMore, subnetsOf } from './launching.ts'
import { dueAction } from './scheduled.ts'

/** How often a group looks at its instances, in ms. */
const LOOKS = 4000

/**
 * Keeps a group at its desired capacity: replaces what is unhealthy, launches and terminates, spreads over zones, and does what is scheduled.
 * Models: EC2 Auto Scaling user guide
 */
export const groupController: Controller = {
  name: 'autoscaling-group',
  watches: {
    [GROUP]: '*',
    [MEMBER]: '*',
    [INSTANCE]: ['Crashed', 'Stopped', 'Terminated', 'after.shutdown', 'after.launch'],
    [TARGET]: ['BecameUnhealthy', 'BecameHealthy'],
    'place.Zone': ['WentDark', 'CameBack'],
  },
  wakes(event, world) {
    if (event.kind === GROUP) return event.to
    if (event.kind === MEMBER)
      return (world.get(event.to) as Member | undefined)?.group ?? [...world.all(GROUP)].map(({ id }) => id)
    if (event.kind === 'place.Zone') return [...world.all(GROUP)].map(({ id }) => id)
    const entity = world.get(event.to) as (Instance & Target) | undefined
    const instance = entity?.kind === TARGET ? entity.Id : entity?.InstanceId
    return entity && instance !== undefined
      ? (world.get(memberId(entity.region, instance)) as Member | undefined)?.group
      : undefined
  },
  delay: (id, world) => 800 + Math.floor(world.draw('look', id, world.get(id)?.entry ?? 0) * LOOKS),
  reconcile(id, world) {
    const group = world.get(id) as Group | undefined
    if (!group) return undefined
    const members = membersOf(world, id)
    if (group.deleting && members.length === 0)
      return [
        ...world.ownedBy(id).map(
          ({ id: to, kind }): Emission => ({
            to,
            type: kind === 'aws.autoscaling.Activity' ? 'Forgotten' : 'Deleted',
          }),
        ),
        { to: id, type: 'Deleted' },
      ]
    const due = dueAction(world, group)
    if (due.emit.length > 0) return due.emit
    const again: Answer[] = due.wait === undefined ? [] : [{ again: due.wait }]
    const may = (process: string) => !group.suspended.includes(process)
    const sick = may('HealthCheck') ? checkUp(world, group, members) : { answers: [], wait: undefined }
    if (sick.answers.length > 0)
      return may('ReplaceUnhealthy')
        ? sick.answers
        : [{ to: id, decline: 'Unhealthy instances are not replaced: ReplaceUnhealthy is suspended.' }]
    if (sick.wait !== undefined)
      again.splice(0, again.length, { again: Math.min(sick.wait, due.wait ?? Number.POSITIVE_INFINITY) })
    const alive = members.filter(counts)
    const missing = group.DesiredCapacity - alive.length
    if (missing > 0) {
      if (!may('Launch')) return [{ to: id, decline: `It lacks ${missing} instances, but Launch is suspended.` }]
      return [
        ...launchMore(world, group, missing, causeOf(world, group, alive.length, group.DesiredCapacity)),
        ...again,
      ]
    }
    if (missing < 0) {
      if (!may('Terminate'))
        return [{ to: id, decline: `It has ${-missing} instances too many, but Terminate is suspended.` }]
      const leaving = chooseLeaving(group, alive, -missing)
      if (leaving.length === 0)
        return [{ to: id, decline: 'All instances that are too many are protected from scale in.' }]
      return leaving.flatMap((member, i) =>
        terminate(world, group, member, causeOf(world, group, alive.length, group.DesiredCapacity), i),
      )
    }
    return may('AZRebalance') && may('Launch') ? [...rebalance(world, group, alive), ...again] : again
  },
}

/** Takes an instance out of service for good. */
export function terminate(
  world: World,
  group: Group,
  member: Member,
  cause: string,
  key: string | number,
): readonly Emission[] {
  const activity = beginActivity(
    world,
    group,
    `Terminating EC2 instance: ${member.InstanceId}${member.registered.length > 0 ? ' - Waiting For ELB connection draining.' : ''}`,
    cause.replace('an instance was taken out of service', `instance ${member.InstanceId} was selected for termination`),
    member.AvailabilityZone,
    `${member.InstanceId} ${key}`,
  )
  return [activity.emit, { to: member.id, type: 'TerminationBegan', by: group.id, data: { activity: activity.id } }]
}

/** Replaces what a health check finds wrong; `wait` is when the next finding is due by itself. */
function checkUp(
  world: World,
  group: Group,
  members: readonly Member[],
): { readonly answers: readonly Answer[]; readonly wait: number | undefined } {
  const answers: Answer[] = []
  let wait: number | undefined
  for (const member of members) {
    if (member.state !== 'InService') continue
    const found = illness(world, group, member)
    if (typeof found === 'number') wait = Math.min(wait ?? found, found)
    else if (found !== undefined)
      answers.push(
        { to: member.id, type: 'MarkedUnhealthy', by: group.id },
        ...terminate(
          world,
          group,
          member,
          `At ${momentText(world.now)} an instance was taken out of service in response to ${found}.`,
          'health',
        ),
      )
  }
  return { answers, wait }
}

/** What is wrong with an instance, in the words of the cause; a number of ms when something will be to say then. */
function illness(world: World, group: Group, member: Member): string | number | undefined {
  if (member.HealthStatus === 'Unhealthy') return 'a user health-check'
  const instance = findInstance(world, member.region, member.InstanceId)
  if (!instance || !['running', 'pending'].includes(instance.state))
    return 'an EC2 health check indicating it has been terminated or stopped'
  if (instance.impaired) {
    const checks = statusChecks(instance, world.now)
    if (checks.system === 'impaired' || checks.instance === 'impaired') return 'an EC2 instance status checks failure'
    return Math.max(1000, instance.impaired.since + 60_000 - world.now)
  }
  if (!group.HealthCheckType.includes('ELB')) return undefined
  const sick = group.TargetGroupARNs.some((arn) => {
    const targetGroup = ofArn<TargetGroup>(world, TARGET_GROUP, arn)
    return (
      targetGroup &&
      targetsOf(world, targetGroup.id).some(({ Id, state }) => Id === member.InstanceId && state === 'unhealthy')
    )
  })
  if (!sick) return undefined
  const graceEnds = (member.inServiceAt ?? 0) + group.HealthCheckGracePeriod * 1000
  return world.now < graceEnds ? graceEnds - world.now : 'an ELB system health check failure'
}

/** Those that leave first: of the zone that has most, then by the termination policy, the protected ones never. */
function chooseLeaving(group: Group, alive: readonly Member[], count: number): readonly Member[] {
  const left = alive.filter(({ ProtectedFromScaleIn }) => !ProtectedFromScaleIn)
  const chosen: Member[] = []
  const [policy = 'Default'] = group.TerminationPolicies
  const rank = (member: Member) =>
    policy === 'NewestInstance'
      ? -member.born
      : policy === 'OldestLaunchTemplate' || policy === 'Default'
        ? Number(member.LaunchTemplate?.Version ?? 0) * 1e12 + member.born
        : member.born
  while (chosen.length < count) {
    const rest = left.filter((member) => !chosen.includes(member))
    if (rest.length === 0) return chosen
    const perZone = new Map<string, number>()
    for (const { AvailabilityZone } of alive.filter((member) => !chosen.includes(member)))
      perZone.set(AvailabilityZone, (perZone.get(AvailabilityZone) ?? 0) + 1)
    const most = Math.max(...rest.map(({ AvailabilityZone }) => perZone.get(AvailabilityZone) ?? 0))
    const [first] = rest
      .filter(({ AvailabilityZone }) => perZone.get(AvailabilityZone) === most)
      .sort((a, b) => Number(b.state !== 'InService') - Number(a.state !== 'InService') || rank(a) - rank(b))
    if (first) chosen.push(first)
  }
  return chosen
}

/** One more instance in a zone that has two fewer than another: the surplus goes from the fullest one then. */
function rebalance(world: World, group: Group, alive: readonly Member[]): readonly Answer[] {
  if (alive.some(({ state }) => state !== 'InService')) return []
  const perZone = new Map<string, number>()
  for (const { AvailabilityZone } of subnetsOf(world, group))
    if (world.get(`place.Zone/${AvailabilityZone}`)?.state !== 'Dark') perZone.set(AvailabilityZone, 0)
  for (const { AvailabilityZone } of alive) perZone.set(AvailabilityZone, (perZone.get(AvailabilityZone) ?? 0) + 1)
  const sizes = [...perZone.values()]
  if (sizes.length < 2 || Math.max(...sizes) - Math.min(...sizes) < 2) return []
  const why = `At ${momentText(world.now)} instances were launched to balance instances in zones ${[...perZone.keys()].join(' ')} with other zones resulting in more than desired number of instances in the group.`
  return launchMore(world, group, 1, why)
}
