import { defineRule } from '../../../kernel/index.ts'
import { predefinedTraffic, type TrafficConfig } from './trafficConfig.ts'

/**
 * How much of the traffic goes to the new version, so many minutes after the first shift (and right after a shift due then).
 * Models: AWS CodeDeploy User Guide, "Deployment configurations on an Amazon ECS / AWS Lambda compute platform"
 */
export const codedeployTraffic = defineRule({
  id: 'codedeploy.traffic',
  says: 'Canary shifts a first part and the rest after the interval; linear shifts one more part at the start of each interval.',
  source: 'AWS CodeDeploy User Guide, deployment-configurations; API TimeBasedLinear, TimeBasedCanary',
  decide: ({ config, minute }: { readonly config: TrafficConfig | string; readonly minute: number }) => {
    const traffic = typeof config === 'string' ? predefinedTraffic(config) : config
    const greenPercent = traffic ? greenAt(traffic, minute) : 100
    return { greenPercent, bluePercent: 100 - greenPercent, complete: greenPercent >= 100 }
  },
})

function greenAt(config: TrafficConfig, minute: number): number {
  if (config.type === 'AllAtOnce') return 100
  const { percentage, intervalMinutes } = config
  const shifts = intervalMinutes > 0 ? Math.floor(minute / intervalMinutes) : Number.POSITIVE_INFINITY
  if (config.type === 'TimeBasedCanary') return shifts < 1 ? percentage : 100
  return Math.min(100, percentage * (shifts + 1))
}
