import type { World } from '../../../kernel/index.ts'
import { CONFIG, type Config, type Deployment } from './records.ts'
import { codedeployTraffic } from './traffic.rule.ts'
import { predefinedTraffic, type TrafficConfig } from './trafficConfig.ts'

/** How a deployment moves traffic: by a predefined configuration or one of its own. */
export function trafficConfig(deployment: Deployment, world: World): TrafficConfig {
  const predefined = predefinedTraffic(deployment.config)
  if (predefined) return predefined
  const info = (world.get(`${CONFIG}/${deployment.region}/${deployment.config}`) as Config | undefined)?.info
    .trafficRoutingConfig
  if (info?.timeBasedCanary)
    return {
      type: 'TimeBasedCanary',
      percentage: info.timeBasedCanary.canaryPercentage ?? 10,
      intervalMinutes: info.timeBasedCanary.canaryInterval ?? 5,
    }
  if (info?.timeBasedLinear)
    return {
      type: 'TimeBasedLinear',
      percentage: info.timeBasedLinear.linearPercentage ?? 10,
      intervalMinutes: info.timeBasedLinear.linearInterval ?? 5,
    }
  return { type: 'AllAtOnce' }
}

/** The share of the new version so long after the first shift, and how long it is until the next one, in ms. */
export function shareNow(
  config: TrafficConfig,
  elapsed: number,
  world: World,
): { readonly percent: number; readonly next: number } {
  const minute = Math.floor(elapsed / 60_000)
  const { greenPercent } = world.decide(codedeployTraffic, { config, minute })
  const interval = config.type === 'AllAtOnce' ? 1 : Math.max(1, config.intervalMinutes)
  return { percent: greenPercent, next: interval * 60_000 - (elapsed % (interval * 60_000)) }
}
