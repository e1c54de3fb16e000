import { defineKind, type Entity, type Face, type SimEvent } from '../../../kernel/index.ts'
import { readObject } from '../object/store.ts'
import { repositoryLifecycle } from './repository.lifecycle.ts'
import { branchesOf, hostedStore, type Push, REPOSITORY, type Repository } from './repository.ts'

const face: Face<Repository> = {
  label: 'Repository',
  plural: 'Repositories',
  pictogram: 'repository',
  shape: 'card',
  rank: 0,
  within: ({ server, owner }) => server ?? (owner === undefined ? undefined : null),
  graph: { view: 'git.graph', params: ({ id }) => ({ repository: id }) },
  look(repository) {
    const branches = branchesOf(repository)
    const head = (branch: string): string => {
      const id = repository.refs[`refs/heads/${branch}`] ?? ''
      const commit = readObject(hostedStore(repository), id)
      return `${id.slice(0, 7)} ${commit?.type === 'commit' ? (commit.message.split('\n')[0] ?? '') : ''}`
    }
    const main = repository.head.replace('refs/heads/', '')
    return {
      title: repository.name,
      note: branches.length === 0 ? 'empty' : main,
      tone: repository.state === 'Empty' ? 'idle' : 'ok',
      word: repository.state,
      figures: [`${branches.length} ${branches.length === 1 ? 'branch' : 'branches'}`],
      facts: [['address', repository.url], ...branches.map((branch): [string, string] => [branch, head(branch)])],
    }
  },
  actions: (repository) => [
    { id: 'clone', label: 'Clone', line: `git clone ${repository.url}` },
    ...(repository.server === undefined && repository.owner === undefined
      ? [{ id: 'delete', label: 'Delete', line: `lab git delete ${repository.name}`, sort: 'danger' as const }]
      : []),
  ],
  palette: [
    {
      id: 'git.Repository',
      label: 'Repository',
      pictogram: 'repository',
      group: 'Code',
      into: [],
      line: (_, __, n) => ({ line: `lab git create app-${n}` }),
    },
  ],
  marks: { Pushed: 'deploy' },
}

/** Hosted repositories: what `git push` writes to and pipelines watch. */
export const repositoryKind = defineKind<Repository>({
  kind: REPOSITORY,
  lifecycle: repositoryLifecycle,
  birth: (event) => ({ objects: {}, refs: {}, ...(event.data as object) }),
  apply: {
    Pushed(repository, event) {
      const { ref, new: id, objects } = event.data as Push
      const { [ref]: _, ...others } = repository.refs
      return {
        refs: id === undefined ? others : { ...repository.refs, [ref]: id },
        ...(objects ? { objects: { ...repository.objects, ...objects } } : {}),
      }
    },
    ObjectsStored: (repository, event) => ({
      objects: { ...repository.objects, ...(event.data as { objects: Repository['objects'] }).objects },
    }),
    HeadMoved: (_, event) => ({ head: (event.data as { head: string }).head }),
    Renamed: (_, event) => event.data as { name: string; url: string },
  },
  tell: {
    Created: (event) => `The repository ${named(event, undefined)} was created.`,
    Pushed(event, repository) {
      const { ref, new: id, by } = event.data as Push
      const short = ref.replace(/^refs\/(heads|tags)\//, '')
      const at = named(event, repository)
      return id === undefined
        ? `${by} deleted \`${short}\` in ${at}.`
        : `${by} pushed \`${id.slice(0, 7)}\` to \`${short}\` of ${at}.`
    },
    HeadMoved: (event, repository) =>
      `The default branch of ${named(event, repository)} is now \`${(event.data as { head: string }).head.replace('refs/heads/', '')}\`.`,
    Deleted: (event, repository) => `The repository ${named(event, repository)} was deleted.`,
  },
  face,
})

function named(event: SimEvent, repository: Entity | undefined): string {
  const name = (repository as Repository | undefined)?.name ?? (event.data as { name?: string } | undefined)?.name
  return `[${name ?? event.to.slice(event.to.lastIndexOf('/') + 1)}](${event.to})`
}
