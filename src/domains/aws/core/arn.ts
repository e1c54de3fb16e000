import { ACCOUNT } from './principal.ts'

/** The parts of `arn:partition:service:region:account:resource`. */
export interface Arn {
  readonly service: string
  readonly region: string
  readonly account: string
  /** All that follows the account, colons and slashes included. */
  readonly resource: string
}

/** Builds an ARN of the lab's account; `region` is empty for services of no region. */
export function arnOf(service: string, region: string, resource: string, account = ACCOUNT): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`
}

/** Takes an ARN apart; undefined when it is none. */
export function parseArn(text: string): Arn | undefined {
  const match = /^arn:[\w-]+:([\w-]+):([\w-]*):(\d*):(.+)$/s.exec(text)
  if (!match) return undefined
  const [, service = '', region = '', account = '', resource = ''] = match
  return { service, region, account, resource }
}
