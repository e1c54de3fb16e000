import type { Call } from '../../../../shell/index.ts'
import type { Principal } from '../principal.ts'
import { CliError } from './cliError.ts'
import { profileOf } from './configuration.ts'
import { callerOf } from './identity.ts'

/** As whom another program speaks to AWS that uses the tool's credentials, as git does by its credential helper; or the tool's words. */
export function signedIn(
  call: Call,
  asked: { readonly operation: string; readonly region: string; readonly profile?: string | undefined },
): { readonly principal: Principal } | { readonly error: string } {
  try {
    const profile = profileOf(call.files, call.env, call.cwd, asked.profile)
    const words = { operation: asked.operation, protocol: 'json' }
    return { principal: callerOf(call, profile, asked.region, asked.profile !== undefined, words) }
  } catch (error) {
    if (error instanceof CliError) return { error: error.message }
    throw error
  }
}
