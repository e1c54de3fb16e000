import { contains } from '../ec2/index.ts'
import type { RuleCondition } from './types.generated.ts'

/** What a rule's conditions look at in a request. */
export interface Asked {
  readonly method: string
  /** Without a port, in lower case. */
  readonly host: string
  readonly path: string
  readonly query: string
  readonly headers: { readonly [name: string]: string }
  readonly ip: string
}

/**
 * Whether a request meets all conditions of a rule: each by any of its values.
 * Models: Application Load Balancers user guide, load-balancer-listeners.md (rule condition types)
 */
export function meets(conditions: readonly RuleCondition[], asked: Asked): boolean {
  return conditions.every((condition) => meetsOne(condition, asked))
}

function meetsOne(condition: RuleCondition, asked: Asked): boolean {
  const plain = condition.Values ?? []
  switch (condition.Field) {
    case 'host-header':
      return (condition.HostHeaderConfig?.Values ?? plain).some((value) => like(value.toLowerCase(), asked.host))
    case 'path-pattern':
      return (condition.PathPatternConfig?.Values ?? plain).some((value) => like(value, asked.path))
    case 'http-request-method':
      return (condition.HttpRequestMethodConfig?.Values ?? plain).includes(asked.method)
    case 'source-ip':
      return (condition.SourceIpConfig?.Values ?? plain).some((value) => contains(value, asked.ip))
    case 'http-header': {
      const { HttpHeaderName = '', Values = [] } = condition.HttpHeaderConfig ?? {}
      const sent = headerOf(asked.headers, HttpHeaderName)
      return sent !== undefined && Values.some((value) => like(value.toLowerCase(), sent.toLowerCase()))
    }
    case 'query-string': {
      const pairs = [...new URLSearchParams(asked.query)].map(
        ([key, value]) => [key.toLowerCase(), value.toLowerCase()] as const,
      )
      return (condition.QueryStringConfig?.Values ?? []).some(({ Key, Value = '' }) =>
        pairs.some(
          ([key, value]) => (Key === undefined || like(Key.toLowerCase(), key)) && like(Value.toLowerCase(), value),
        ),
      )
    }
    default:
      return false
  }
}

/** A header's value, by its name in any case. */
export function headerOf(headers: { readonly [name: string]: string }, name: string): string | undefined {
  const wanted = name.toLowerCase()
  for (const [key, value] of Object.entries(headers)) if (key.toLowerCase() === wanted) return value
  return undefined
}

/** `*` stands for any text, `?` for one character. */
function like(pattern: string, text: string): boolean {
  return new RegExp(
    `^${pattern
      .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
      .replaceAll('*', '[\\s\\S]*')
      .replaceAll('?', '[\\s\\S]')}$`,
  ).test(text)
}
