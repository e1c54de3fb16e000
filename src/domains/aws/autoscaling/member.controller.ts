import type { Answer, Controller, Emission, JsonObject, World } from '../../../kernel/index.ts'
import { callService, servicePrincipal } from '../core/index.ts'
import { findInstance, INSTANCE, type Instance } from '../ec2/index.ts'
import { ofArn, TARGET, TARGET_GROUP, type Target, type TargetGroup, targetsOf } from '../elbv2/index.ts'
import { GROUP, type Group, MEMBER, type Member, memberId, membersOf } from './group.ts'

/**
 * Leads each instance of a group through its life: hooks, load balancers, the end of its machine.
 * Models: EC2 Auto Scaling user guide, instance lifecycle
 */
export const memberController: Controller = {
  name: 'autoscaling-instance',
  watches: { [MEMBER]: '*', [INSTANCE]: '*', [GROUP]: ['Changed'], [TARGET]: '*' },
  wakes(event, world) {
    if (event.kind === MEMBER) return event.to
    if (event.kind === GROUP) return membersOf(world, event.to).map(({ id }) => id)
    // A target that is gone is known by its id alone: group, instance and port.
    const [, region = '', last = ''] = /^[^/]+\/([^/]+)\/(?:.*\/)?([^/:]+)(?::\d+)?$/.exec(event.to) ?? []
    const id = memberId(region, last)
    return world.get(id) ? id : undefined
  },
  reconcile(id, world) {
    const member = world.get(id) as Member | undefined
    const group = member && (world.get(member.group) as Group | undefined)
    if (!member || !group) return undefined
    const instance = findInstance(world, member.region, member.InstanceId)
    if (member.state === 'Pending' || member.state === 'Pending:Proceed') return begin(world, group, member, instance)
    if (member.state === 'InService') return register(world, group, member)
    if (member.state === 'Standby') return deregister(world, member)
    if (member.state === 'Terminating') return leave(world, group, member, instance)
    if (member.state !== 'Terminating:Proceed') return undefined
    if (instance && instance.state !== 'terminated')
      return instance.state === 'shutting-down' ? undefined : [{ to: instance.id, type: 'Terminated', by: group.id }]
    return [{ to: id, type: 'Terminated' }, ...done(member)]
  },
}

function done(member: Member): readonly Emission[] {
  return member.activity === undefined ? [] : [{ to: member.activity, type: 'Succeeded' }]
}

function begin(
  world: World,
  group: Group,
  member: Member,
  instance: Instance | undefined,
): readonly Answer[] | undefined {
  if (!instance || instance.state === 'terminated') {
    const failed: readonly Emission[] =
      member.activity === undefined
        ? []
        : [{ to: member.activity, type: 'Failed', data: { StatusMessage: 'The instance was terminated.' } }]
    return [{ to: member.id, type: 'LaunchFailed' }, ...failed]
  }
  if (instance.state !== 'running') return undefined
  const hook = member.state === 'Pending' ? hookFor(group, 'autoscaling:EC2_INSTANCE_LAUNCHING') : undefined
  if (hook) return [waits(world, member, hook)]
  return [{ to: member.id, type: 'EnteredService', data: { inServiceAt: world.now } }, ...done(member)]
}

function hookFor(group: Group, transition: string) {
  return group.hooks.find(({ LifecycleTransition }) => LifecycleTransition === transition)
}

function waits(world: World, member: Member, hook: { readonly LifecycleHookName?: string | undefined }): Emission {
  const hex = (n: number) =>
    Math.floor(world.draw('token', member.id, world.revision, n) * 0x10000)
      .toString(16)
      .padStart(4, '0')
  const token = `${hex(0)}${hex(1)}-${hex(2)}-4${hex(3).slice(1)}-8${hex(4).slice(1)}-${hex(5)}${hex(6)}${hex(7)}`
  return { to: member.id, type: 'HookWaited', data: { hook: hook.LifecycleHookName, token } }
}

function register(world: World, group: Group, member: Member): readonly Answer[] | undefined {
  if (group.suspended.includes('AddToLoadBalancer')) return undefined
  const missing = group.TargetGroupARNs.filter((arn) => !member.registered.includes(arn))
  const surplus = member.registered.filter((arn) => !group.TargetGroupARNs.includes(arn))
  if (missing.length + surplus.length === 0) return undefined
  const emit = [
    ...missing.flatMap((arn) => elb(world, member, 'RegisterTargets', arn)),
    ...surplus.flatMap((arn) => elb(world, member, 'DeregisterTargets', arn)),
  ]
  return [{ to: member.id, type: 'TargetsChanged', by: group.id, data: { registered: group.TargetGroupARNs } }, ...emit]
}

function elb(world: World, member: Member, operation: string, TargetGroupArn: string): readonly Emission[] {
  const input = { TargetGroupArn, Targets: [{ Id: member.InstanceId }] } as unknown as JsonObject
  const answer = callService({
    world,
    service: 'elasticloadbalancing',
    operation,
    input,
    principal: servicePrincipal('autoscaling'),
    region: member.region,
  })
  return 'error' in answer ? [] : (answer.emit ?? [])
}

function deregister(world: World, member: Member): readonly Answer[] | undefined {
  if (member.registered.length === 0) return undefined
  const emit = member.registered.flatMap((arn) => elb(world, member, 'DeregisterTargets', arn))
  return [{ to: member.id, type: 'TargetsChanged', data: { registered: [] } }, ...emit]
}

/** Out of its load balancers first, then past the hook, then its machine ends. */
function leave(
  world: World,
  group: Group,
  member: Member,
  instance: Instance | undefined,
): readonly Answer[] | undefined {
  const out = deregister(world, member)
  if (out) return out
  const drains = group.TargetGroupARNs.some((arn) => {
    const found = ofArn<TargetGroup>(world, TARGET_GROUP, arn)
    return (
      found !== undefined &&
      (targetsOf(world, found.id) as readonly Target[]).some(
        ({ Id, state }) => Id === member.InstanceId && state !== 'unused',
      )
    )
  })
  if (drains && instance?.state === 'running')
    return [{ to: member.id, decline: 'Requests to it are still under way: it drains.' }]
  const hook = instance?.state === 'running' ? hookFor(group, 'autoscaling:EC2_INSTANCE_TERMINATING') : undefined
  return [hook ? waits(world, member, hook) : { to: member.id, type: 'Proceeded' }]
}
