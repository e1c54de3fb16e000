import type { Field } from './field.ts'
import { dnsSubdomain } from './names.ts'

/** Models: IsDomainPrefixedPath. */
export function validateDomainPath(field: Field): void {
  if (field.text === '') {
    field.required()
    return
  }
  const slash = field.text.indexOf('/')
  if (slash <= 0 || slash === field.text.length - 1) {
    field.invalid('must be a domain-prefixed path (such as "acme.io/foo")')
    return
  }
  field.invalidAll(dnsSubdomain(field.text.slice(0, slash)), field.text.slice(0, slash))
  const path = field.text.slice(slash + 1)
  if (!/^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(path)) {
    field.invalid("Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')", path)
  }
}
