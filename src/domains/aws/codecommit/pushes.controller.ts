import type { Controller, Emission, PastEvent, World } from '../../../kernel/index.ts'
import { REPOSITORY as GIT, type Push, repositoryOf } from '../../git/index.ts'
import { repositoryOfGit } from './repository.ts'

/**
 * What follows from a push to a repository of CodeCommit: the first branch becomes the default one, the repository counts as modified.
 * Models: AWS CodeCommit User Guide, "Change branch settings" and "RepositoryMetadata"
 */
export const pushesController: Controller = {
  name: 'codecommit-pushes',
  watches: { [GIT]: ['Pushed'] },
  wakes: (event: PastEvent, world: World) => (repositoryOfGit(world, event.to) ? event.to : undefined),
  reconcile(id, world) {
    const git = repositoryOf(world, id)
    const repository = repositoryOfGit(world, id)
    if (!git || !repository) return undefined
    const emissions: Emission[] = [{ to: repository.id, type: 'Moved', data: { modified: world.now }, by: id }]
    const branches = Object.keys(git.refs).filter((name) => name.startsWith('refs/heads/'))
    const [only] = branches
    if (git.refs[git.head] === undefined && branches.length === 1 && only !== undefined)
      emissions.push({ to: id, type: 'HeadMoved', data: { head: only }, by: repository.id })
    return emissions
  },
}

/** What a push did to its reference, in CodeCommit's words. */
export function referenceEvent(push: Push): 'referenceCreated' | 'referenceUpdated' | 'referenceDeleted' {
  return push.new === undefined ? 'referenceDeleted' : push.old === undefined ? 'referenceCreated' : 'referenceUpdated'
}
