import { defineKind, defineLifecycle, type Entity, type Fields, type World } from '../../../../kernel/index.ts'
import { type ApiCall, arnOf, defineOperation, type Operation, refuse } from '../../core/index.ts'
import { pageOf } from '../paging.ts'
import type * as api from '../types.generated.ts'

/** One setting of a principal, or of the account where the principal is its root. */
export interface AccountSetting extends Entity {
  readonly region: string
  readonly name: string
  readonly value: string
  readonly principalArn: string
}

/**
 * Models: ECS API PutAccountSetting
 */
export const accountSettingLifecycle = defineLifecycle({
  id: 'aws.ecs.AccountSetting',
  initial: 'Set',
  states: {
    Set: {
      description: 'New resources of the principal follow this setting.',
      on: {
        Put: { description: 'It has another value.' },
        Deleted: { target: 'Gone', description: 'The default holds again.' },
      },
    },
    Gone: { description: 'The default holds.', type: 'final' },
  },
})

export const accountSettingKind = defineKind<AccountSetting>({
  kind: 'aws.ecs.AccountSetting',
  lifecycle: accountSettingLifecycle,
  apply: { Put: (_setting, event) => event.data as Fields },
  tell: {
    Put: (event) => {
      const { name, value } = event.data as AccountSetting
      return `The account setting \`${name}\` is put to \`${value}\`.`
    },
  },
})

/** What holds where nobody has put anything. */
const DEFAULTS: { readonly [name: string]: string } = {
  awsvpcTrunking: 'disabled',
  containerInsights: 'disabled',
  containerInstanceLongArnFormat: 'enabled',
  dualStackIPv6: 'enabled',
  fargateFIPSMode: 'disabled',
  fargateTaskRetirementWaitPeriod: '7',
  guardDutyActivate: 'off',
  serviceLongArnFormat: 'enabled',
  tagResourceAuthorization: 'off',
  taskLongArnFormat: 'enabled',
  defaultLogDriverMode: 'non-blocking',
}

const ROOT = arnOf('iam', '', 'root')

/** The value of a setting that holds for the account. */
export function accountSetting(world: World, region: string, name: string, principal = ROOT): string | undefined {
  const own = world.get(settingId(region, principal, name)) as AccountSetting | undefined
  if (own) return own.value
  return principal === ROOT ? DEFAULTS[name] : accountSetting(world, region, name)
}

function settingId(region: string, principal: string, name: string): string {
  return `aws.ecs.AccountSetting/${region}/${principal}/${name}`
}

/** The operations about account settings. */
export const accountSettingOperations: readonly Operation[] = [
  defineOperation<api.PutAccountSettingRequest>('PutAccountSetting', (call) =>
    put(call, call.input.principalArn ?? call.principal.arn),
  ),
  defineOperation<api.PutAccountSettingDefaultRequest>('PutAccountSettingDefault', (call) => put(call, ROOT)),
  defineOperation<api.DeleteAccountSettingRequest>('DeleteAccountSetting', ({ input, world, region, principal }) => {
    const principalArn = input.principalArn ?? principal.arn
    const id = settingId(region, principalArn, input.name)
    const own = world.get(id) as AccountSetting | undefined
    const value = own?.value ?? accountSetting(world, region, input.name) ?? 'disabled'
    return {
      output: { setting: { name: input.name, value, principalArn } },
      emit: own ? [{ to: id, type: 'Deleted' }] : [],
    }
  }),
  defineOperation<api.ListAccountSettingsRequest>('ListAccountSettings', ({ input, world, region, principal }) => {
    const principalArn = input.principalArn ?? principal.arn
    const settings = input.effectiveSettings
      ? Object.keys(DEFAULTS).map((name) => ({
          name,
          value: accountSetting(world, region, name, principalArn) ?? '',
          principalArn,
        }))
      : ([...world.all('aws.ecs.AccountSetting')] as unknown as readonly AccountSetting[]).flatMap((one) =>
          one.region === region && one.principalArn === principalArn
            ? [{ name: one.name, value: one.value, principalArn }]
            : [],
        )
    const wanted = settings.filter(
      ({ name, value }) => (input.name ?? name) === name && (input.value ?? value) === value,
    )
    const page = pageOf(wanted, { nextToken: input.nextToken, maxResults: input.maxResults ?? 10 })
    return 'error' in page ? page : { output: { settings: page.items, ...page.more } }
  }),
]

function put(
  { input, region, world }: ApiCall<{ readonly name: string; readonly value: string }>,
  principalArn: string,
) {
  const { name, value } = input
  const allowed =
    name === 'fargateTaskRetirementWaitPeriod'
      ? /^(0|7|14)$/
      : /^(enabled|disabled|on|off|enhanced|blocking|non-blocking)$/
  if (!allowed.test(value))
    return refuse('InvalidParameterException', `Invalid value '${value}' for setting '${name}'.`)
  const data = { region, name, value, principalArn }
  const id = settingId(region, principalArn, name)
  return {
    output: { setting: { name, value, principalArn } },
    emit: [{ to: id, ...(world.get(id) ? {} : { kind: 'aws.ecs.AccountSetting' }), type: 'Put', data }],
  }
}
