import type { Call } from '../../../../shell/index.ts'
import type { Principal } from '../principal.ts'
import { REGION } from '../principal.ts'
import { type Profile, profileOf } from './configuration.ts'
import { GLOBALS } from './globals.ts'
import { type Asking, callerOf } from './identity.ts'
import { choose, type Line } from './line.ts'
import { checkQuery } from './output.ts'
import type { Reading } from './parameterFile.ts'

/** What holds for the whole line: who calls, where, and how output is wanted. */
export interface Setting {
  readonly call: Call
  readonly profile: Profile
  readonly region: string
  readonly format: string
  readonly query: string | undefined
  readonly paginate: boolean
  readonly reading: Reading
  /** Read only when something is called: `aws configure` needs nobody. */
  readonly caller: (asked: Asking) => Principal
}

/** The setting of a line, from its options, the environment and the profile, in that order. */
export function settingOf(call: Call, line: Line, lenient = false): Setting {
  const one = (name: string) => line.given.get(name)?.[0]
  for (const option of GLOBALS) {
    const value = one(option.name)
    if (option.values && value !== undefined) choose(option.name, value, option.values)
  }
  const query = one('--query')
  if (query !== undefined) checkQuery(query)
  const { env } = call
  const profile = lenient
    ? {
        name: one('--profile') ?? env['AWS_PROFILE'] ?? 'default',
        named: one('--profile') !== undefined,
        config: new Map(),
        credentials: new Map(),
      }
    : profileOf(call.files, env, call.cwd, one('--profile'))
  const region =
    one('--region') ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? profile.config.get('region') ?? REGION
  let caller: Principal | undefined
  return {
    call,
    profile,
    region,
    format: one('--output') ?? env['AWS_DEFAULT_OUTPUT'] ?? profile.config.get('output') ?? 'json',
    query,
    paginate: !line.given.has('--no-paginate'),
    reading: {
      files: call.files,
      cwd: call.cwd,
      home: env['HOME'] ?? '/root',
      raw: (one('--cli-binary-format') ?? profile.config.get('cli_binary_format')) === 'raw-in-base64-out',
    },
    caller: (asked) => {
      caller ??= callerOf(call, profile, region, one('--profile') !== undefined, asked)
      return caller
    },
  }
}
