import type { World } from '../../../../kernel/index.ts'
import { traffic } from '../traffic.rule.ts'
import { shiftTraffic } from './balancing.ts'
import type { Deployment } from './deployment.ts'
import type { Fleet } from './fleet.ts'
import type { Pass } from './pass.ts'
import { start, stop } from './pass.ts'
import type { Service } from './service.ts'

/**
 * One look at a deployment whose traffic is shifted: the new revision is scaled up beside the old one, gets its traffic at once or step by
 * step, and only after the bake time is the old one taken away.
 * Models: ECS API DeploymentConfiguration.strategy BLUE_GREEN, LINEAR and CANARY
 */
export function shiftPass(
  world: World,
  service: Service,
  primary: Deployment,
  fleet: Fleet,
  old: readonly Fleet[],
  pass: Pass,
): void {
  const { desiredCount: desired } = service
  start(world, service, primary, desired - fleet.live.length, fleet.live, pass)
  switch (primary.state) {
    case 'IN_PROGRESS':
      if (fleet.healthy.length >= desired) shift(world, service, primary, 0, pass)
      return
    case 'SHIFTING':
      shift(world, service, primary, (world.now - (primary.shiftedAt ?? world.now)) / 60_000, pass)
      return
    case 'BAKED': {
      const tasks = old.flatMap(({ live }) => live)
      stop(service, tasks, pass, () => `Scaling activity initiated by (deployment ${primary.deploymentId})`)
      return
    }
    default:
      return
  }
}

function shift(world: World, service: Service, primary: Deployment, minute: number, pass: Pass): void {
  const { linearConfiguration, canaryConfiguration, bakeTimeInMinutes = 0, strategy } = service.deploymentConfiguration
  const input = {
    strategy: primary.strategy,
    stepPercent: linearConfiguration?.stepPercent,
    stepBakeTimeInMinutes: linearConfiguration?.stepBakeTimeInMinutes,
    canaryPercent: canaryConfiguration?.canaryPercent,
    canaryBakeTimeInMinutes: canaryConfiguration?.canaryBakeTimeInMinutes,
    minute,
  }
  const { greenPercent, complete } = world.decide(traffic, input)
  const by = service.id
  if (greenPercent !== primary.percent) {
    const group = primary.targetGroup ?? service.loadBalancers[0]?.targetGroupArn ?? ''
    pass.emit.push(...shiftTraffic(world, service, group, greenPercent))
    pass.emit.push({
      to: primary.id,
      type: 'Shifted',
      by,
      rule: traffic.id,
      inputs: input,
      data: { percent: greenPercent },
    })
  }
  if (complete)
    pass.emit.push({ to: primary.id, type: 'BakeBegan', by, data: { bakeMinutes: bakeTimeInMinutes, percent: 100 } })
  else {
    const step = strategy === 'CANARY' ? (input.canaryBakeTimeInMinutes ?? 10) : (input.stepBakeTimeInMinutes ?? 6)
    pass.again = Math.min(pass.again, Math.max(1, Math.round((step - (minute % step)) * 60_000)))
  }
}
