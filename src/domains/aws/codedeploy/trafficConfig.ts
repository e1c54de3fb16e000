/** How a deployment moves traffic. Percentages 1 to 99, intervals in minutes. */
export type TrafficConfig =
  | { readonly type: 'AllAtOnce' }
  | {
      readonly type: 'TimeBasedCanary' | 'TimeBasedLinear'
      readonly percentage: number
      readonly intervalMinutes: number
    }

/** The traffic configuration behind a predefined name; undefined for another name. */
export function predefinedTraffic(name: string): TrafficConfig | undefined {
  if (!TRAFFIC_NAMES.has(name)) return undefined
  const [, sort, percentage, interval] = /(Canary|Linear)(\d+)Percent(?:Every)?(\d+)Minutes?$/.exec(name) ?? []
  if (sort === undefined) return { type: 'AllAtOnce' }
  return {
    type: sort === 'Canary' ? 'TimeBasedCanary' : 'TimeBasedLinear',
    percentage: Number(percentage),
    intervalMinutes: Number(interval),
  }
}

/** Names of the predefined configurations that move traffic. */
export const TRAFFIC_NAMES: ReadonlySet<string> = new Set(
  [
    'LambdaAllAtOnce',
    'ECSAllAtOnce',
    'LambdaCanary10Percent5Minutes',
    'LambdaCanary10Percent10Minutes',
    'LambdaCanary10Percent15Minutes',
    'LambdaCanary10Percent30Minutes',
    'LambdaLinear10PercentEvery1Minute',
    'LambdaLinear10PercentEvery2Minutes',
    'LambdaLinear10PercentEvery3Minutes',
    'LambdaLinear10PercentEvery10Minutes',
    'ECSLinear10PercentEvery1Minutes',
    'ECSLinear10PercentEvery3Minutes',
    'ECSCanary10Percent5Minutes',
    'ECSCanary10Percent15Minutes',
  ].map((name) => `CodeDeployDefault.${name}`),
)
