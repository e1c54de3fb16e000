import { type Loose, objectAt, objectsAt, textAt } from '../../api/loose.ts'
import type { Ask } from '../ask.ts'
import { stop } from '../problem.ts'

/** The pod spec in an object: a pod's own, or that of its template. */
export function podSpecOf(object: Loose): Loose | undefined {
  if (object.kind === 'Pod') return objectAt(object, 'spec')
  return (
    objectAt(object, 'spec', 'template', 'spec') ?? objectAt(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec')
  )
}

/** The containers that `-c` names; all of them without it. */
export function chosen(ask: Ask, spec: Loose | undefined): readonly Loose[] {
  const wanted = ask.text('containers') ?? '*'
  const pattern = new RegExp(`^${wanted.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`)
  const found = objectsAt(spec, 'containers').filter((one) => pattern.test(textAt(one, 'name')))
  if (found.length === 0) stop(`unable to find container named ${wanted}`)
  return found
}
