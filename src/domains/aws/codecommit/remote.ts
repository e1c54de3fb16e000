import type { World } from '../../../kernel/index.ts'
import type { Call } from '../../../shell/index.ts'
import { defineRemote, type Refusal } from '../../git/index.ts'
import { judgeAccess, type Principal, REGION, signedIn } from '../core/index.ts'
import { repositoryAccess } from './asking.ts'
import { findRepository, httpsUrl } from './repository.ts'

/** What an address of a CodeCommit repository says. */
interface Place {
  readonly region: string
  readonly name: string
  readonly ssh: boolean
  /** The profile of the AWS CLI that `codecommit://profile@name` names. */
  readonly profile?: string | undefined
}

const HTTP = /^(https|ssh):\/\/(?:[^@/]*@)?git-codecommit\.([\w-]+)\.amazonaws\.com\/v1\/repos\/([\w.-]+)\/?$/
const HELPER = /^codecommit:(?::([\w-]+):)?\/\/(?:([^@/]+)@)?([\w.-]+)$/

/**
 * Git's way to CodeCommit: HTTPS with the credential helper, SSH, and git-remote-codecommit's addresses. Every fetch is asked of IAM as
 * `codecommit:GitPull`, every push as `codecommit:GitPush`, and then again for each reference.
 * Unlike AWS, git takes the credentials of the AWS CLI without having been told to.
 */
defineRemote({
  name: 'codecommit',
  matches: (url) => placeOf(url) !== undefined,
  repository(url, world) {
    const place = placeOf(url)
    return place && findRepository(world, place.region, place.name)?.git
  },
  authorize(call, url, action, ref) {
    const place = placeOf(url)
    if (!place) return undefined
    const caller = callerOf(call, place, action)
    if ('error' in caller) return forbidden(place)
    if (!findRepository(call.world, place.region, place.name)) return undefined
    return denied(caller.principal, place, action, ref, call.world)
  },
  principal(call, url) {
    const place = placeOf(url)
    const caller = place && callerOf(call, place, 'push')
    return caller && 'principal' in caller ? caller.principal.arn : undefined
  },
  missing(url) {
    const place = placeOf(url)
    if (!place || place.ssh) return NO_ACCESS
    return `repository '${httpsUrl(place.region, place.name)}/' not found`
  },
})

const NO_ACCESS =
  'Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.'

function placeOf(url: string): Place | undefined {
  const [, scheme, region = REGION, name] = HTTP.exec(url) ?? []
  if (name !== undefined) return { region, name, ssh: scheme === 'ssh' }
  const [, of = REGION, profile, short] = HELPER.exec(url) ?? []
  return short === undefined ? undefined : { region: of, name: short, ssh: false, profile }
}

function callerOf(call: Call, { region, profile }: Place, action: 'pull' | 'push') {
  return signedIn(call, { operation: action === 'pull' ? 'GitPull' : 'GitPush', region, profile })
}

function denied(
  principal: Principal,
  place: Place,
  action: 'pull' | 'push',
  ref: string | undefined,
  world: World,
): Refusal | undefined {
  const access = repositoryAccess(place.region, place.name, ref)
  const asked = { ...access, action: action === 'pull' ? 'codecommit:GitPull' : 'codecommit:GitPush' }
  const denial = judgeAccess(principal, place.region, asked, world)
  if (!denial) return undefined
  return { why: ref === undefined ? forbidden(place) : denial.message, emit: denial.emit ?? [] }
}

function forbidden(place: Place): string {
  if (place.ssh) return NO_ACCESS
  return `unable to access '${httpsUrl(place.region, place.name)}/': The requested URL returned error: 403`
}
