import type { Controller, Emission } from '../../../kernel/index.ts'
import { REPOSITORY as GIT, type Push } from '../../git/index.ts'
import { type CodeRepository, repositoryOfGit } from './repository.ts'
import { isFor, tell } from './triggers.ts'

/**
 * Tells topics and functions about pushes. Models: AWS CodeCommit User Guide, "Manage triggers for a repository"
 * Unlike AWS, a destination that is not there is not tried again.
 */
export const triggersController: Controller = {
  name: 'codecommit-triggers',
  watches: { [GIT]: ['Pushed'] },
  wakes(event, world) {
    const repository = repositoryOfGit(world, event.to)
    if (!repository || repository.triggers.length === 0) return undefined
    const { objects: _, ...push } = event.data as Push
    const wanted = repository.triggers.filter((one) => isFor(one, push))
    return wanted.map(({ name }) => `${repository.id}\n${JSON.stringify([name, push])}`)
  },
  delay: () => 500,
  reconcile(key, world) {
    const cut = key.indexOf('\n')
    const repository = world.get(key.slice(0, cut)) as CodeRepository | undefined
    const [name, push] = JSON.parse(key.slice(cut + 1)) as [string, Push]
    const trigger = repository?.triggers.find((one) => one.name === name)
    if (!repository || !trigger) return undefined
    const answer = tell(world, repository, trigger, push)
    const data = { trigger: name, destination: trigger.destinationArn }
    if ('error' in answer)
      return [{ to: repository.id, type: 'TriggerFailed', data: { ...data, message: answer.error.message } }]
    const emitted = answer.emit.map((one): Emission => ({ ...one, by: one.by ?? repository.id }))
    return [{ to: repository.id, type: 'Triggered', data }, ...emitted]
  },
}
