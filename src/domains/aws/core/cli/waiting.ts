import jmespath from 'jmespath'
import type { Json } from '../../../../kernel/index.ts'
import type { ApiAnswer } from '../operation.ts'
import type { Waiter } from '../serviceApi.ts'
import type { Shown } from './shaped.ts'
import { unmarked } from './shaped.ts'

/** What one look of a waiter comes to: it is over, or it looks again. `reason` says which acceptor matched. */
export type Look =
  | { readonly is: 'success' }
  | { readonly is: 'failure'; readonly reason: string }
  | { readonly is: 'retry'; readonly reason?: string | undefined }

/** Judges an answer by a waiter's acceptors. Models: botocore/waiter.py. */
export function judged(waiter: Waiter, answer: ApiAnswer, shown: Shown): Look {
  for (const acceptor of waiter.acceptors) {
    if (!matches(acceptor, answer, shown)) continue
    if (acceptor.state === 'success') return { is: 'success' }
    const reason = explained(acceptor)
    return acceptor.state === 'failure'
      ? { is: 'failure', reason: `Waiter encountered a terminal failure state: ${reason}` }
      : { is: 'retry', reason }
  }
  if ('error' in answer)
    return { is: 'failure', reason: `An error occurred (${answer.error.code}): ${answer.error.message}` }
  return { is: 'retry' }
}

type Acceptor = Waiter['acceptors'][number]

function matches({ matcher, argument = '', expected }: Acceptor, answer: ApiAnswer, shown: Shown): boolean {
  if (matcher === 'status') return 'error' in answer ? expected !== 200 : expected === 200
  if (matcher === 'error')
    return 'error' in answer ? expected === true || answer.error.code === expected : expected === false
  if ('error' in answer) return false
  const found = jmespath.search(unmarked(shown), argument) as Json
  if (matcher === 'path') return same(found, expected)
  if (!Array.isArray(found) || found.length === 0) return false
  return matcher === 'pathAll' ? found.every((one) => same(one, expected)) : found.some((one) => same(one, expected))
}

function same(found: Json, expected: Json): boolean {
  return found === expected
}

function explained({ matcher, argument, expected }: Acceptor): string {
  if (matcher === 'path') return `For expression "${argument}" we matched expected path: "${shown(expected)}"`
  if (matcher === 'pathAll')
    return `For expression "${argument}" all members matched expected path: "${shown(expected)}"`
  if (matcher === 'pathAny')
    return `For expression "${argument}" we matched expected path: "${shown(expected)}" at least once`
  if (matcher === 'status') return `Matched expected HTTP status code: ${shown(expected)}`
  return `Matched expected service error code: ${shown(expected)}`
}

function shown(value: string | number | boolean): string {
  return value === true ? 'True' : value === false ? 'False' : String(value)
}
