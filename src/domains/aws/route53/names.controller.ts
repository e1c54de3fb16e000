import type { Controller } from '../../../kernel/index.ts'
import { answersOf, keyOf, remembered } from './answering.ts'
import { CHECK, NAME, type NameRecords, namesByCheck, ttlOf } from './zone.ts'

/**
 * Works out anew what names answer when their records or what they heed have changed, and keeps what resolvers remember of before.
 * Models: Route 53's name servers, and the caches of resolvers all over the world.
 */
export const namesController: Controller = {
  name: 'route53-names',
  watches: {
    [NAME]: ['Created', 'Changed'],
    [CHECK]: ['BecameHealthy', 'BecameUnhealthy', 'Deleted'],
    'aws.elbv2.Target': ['BecameHealthy', 'BecameUnhealthy', 'Deregistered', 'TakenOutOfUse', 'PutInUse'],
  },
  wakes(event, world) {
    if (event.kind === NAME) return event.to
    if (event.kind === CHECK) return world.lookup(namesByCheck, event.to.slice(CHECK.length + 1)).map(({ id }) => id)
    return [...world.all(NAME)]
      .filter((one) => (one as NameRecords).records.some(({ AliasTarget }) => AliasTarget?.EvaluateTargetHealth))
      .map(({ id }) => id)
  },
  reconcile(id, world) {
    const name = world.get(id) as NameRecords | undefined
    if (!name) return undefined
    const { answers, rule, inputs } = answersOf(world, name)
    const same =
      (name.answers ?? []).map((one) => `${keyOf(one)} ${one.share}`).join('\n') ===
      answers.map((one) => `${keyOf(one)} ${one.share}`).join('\n')
    if (same && name.answers) return undefined
    const data = {
      answers,
      ttl: ttlOf(name),
      ...(name.answers
        ? { before: remembered(name, world.now).answers, beforeTtl: name.ttl ?? ttlOf(name), changedAt: world.now }
        : {}),
    }
    return [{ to: id, type: 'AnswersChanged', data, ...(rule === undefined ? {} : { rule, inputs }) }]
  },
}
