import { listed, type PrincipalElement } from './document.ts'

/** How directly a resource's policy names who asks: by the very one, by the role behind a session, or by the whole account. */
export type Naming = 'self' | 'role' | 'account'

/** How a principal element names a principal (an ARN, or a service's name); undefined when it does not. */
export function named(element: PrincipalElement | undefined, principal: string): Naming | undefined {
  if (element === undefined) return undefined
  if (element === '*') return 'self'
  let found: Naming | undefined
  for (const [type, words] of Object.entries(element))
    for (const word of listed(words)) {
      const naming = naming1(type, word, principal)
      if (naming && (found === undefined || ORDER.indexOf(naming) < ORDER.indexOf(found))) found = naming
    }
  return found
}

const ORDER: readonly Naming[] = ['self', 'role', 'account']

function naming1(type: string, word: string, principal: string): Naming | undefined {
  if (type === 'AWS') {
    if (word === '*') return 'self'
    if (word === principal) return 'self'
    const account = principal.split(':')[4] ?? ''
    if (word === account || word === `arn:aws:iam::${account}:root`)
      return principal === `arn:aws:iam::${account}:root` ? 'self' : 'account'
    const role = roleOf(principal)
    const named = /^arn:[\w-]+:iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(word)
    return role && named && named[1] === role.account && named[2] === role.name ? 'role' : undefined
  }
  if (type === 'Service' || type === 'Federated') return word === principal ? 'self' : undefined
  return undefined
}

/** The role behind a session of it. */
export function roleOf(principal: string): { readonly account: string; readonly name: string } | undefined {
  const found = /^arn:[\w-]+:sts::(\d+):assumed-role\/([^/]+)\//.exec(principal)
  return found ? { account: found[1] ?? '', name: found[2] ?? '' } : undefined
}
