import { defineKind, type Face, type Fields, type SimEvent } from '../../../kernel/index.ts'
import { branchesOf, hostedStore, readObject, repositoryOf } from '../../git/index.ts'
import { regionId } from '../../places/index.ts'
import { pullRequestsOf } from './pullRequest.ts'
import { repositoryLifecycle } from './repository.lifecycle.ts'
import { type CodeRepository, defaultBranch, httpsUrl, REPOSITORY } from './repository.ts'

const data = (_entity: unknown, event: SimEvent): Fields => (event.data ?? {}) as Fields
const named = (event: SimEvent, repository: CodeRepository | undefined): string =>
  `[${repository?.name ?? event.to.slice(event.to.lastIndexOf('/') + 1)}](${event.to})`

const face: Face<CodeRepository> = {
  label: 'CodeCommit repository',
  plural: 'CodeCommit repositories',
  pictogram: 'codecommit',
  shape: 'host',
  rank: 0,
  within: ({ region }) => regionId(region),
  graph: { view: 'git.graph', params: ({ git }) => ({ repository: git }) },
  look(repository, world) {
    const git = repositoryOf(world, repository.git)
    const branches = git ? branchesOf(git) : []
    const head = (branch: string): string => {
      const id = git?.refs[`refs/heads/${branch}`] ?? ''
      const commit = git && readObject(hostedStore(git), id)
      return `${id.slice(0, 7)} ${commit?.type === 'commit' ? (commit.message.split('\n')[0] ?? '') : ''}`
    }
    const main = git && defaultBranch(git)
    return {
      title: repository.name,
      note: main === undefined ? 'empty' : head(main),
      tone: main === undefined ? 'idle' : 'ok',
      word: main ?? 'Empty',
      figures: [`${branches.length} ${branches.length === 1 ? 'branch' : 'branches'}`],
      folded: branches.map((branch) => ({ title: branch, figure: head(branch).slice(0, 7), tone: 'ok' as const })),
      facts: [
        ['address', httpsUrl(repository.region, repository.name)],
        ...branches.map((branch): [string, string] => [branch, head(branch)]),
      ],
      beat: Math.floor(repository.modified),
    }
  },
  actions: (repository, world) => {
    const at = `--repository-name ${repository.name} --region ${repository.region}`
    const git = repositoryOf(world, repository.git)
    const main = git && defaultBranch(git)
    const branch = git && branchesOf(git).find((one) => one !== main)
    const targets = `repositoryName=${repository.name},sourceReference=${branch},destinationReference=${main}`
    const open = pullRequestsOf(world, repository).some((one) => one.state === 'Open')
    return [
      { id: 'clone', label: 'Clone', line: `git clone ${httpsUrl(repository.region, repository.name)}` },
      ...(branch === undefined || open
        ? []
        : [
            {
              id: 'pull-request',
              label: `Pull request from ${branch}`,
              line: `aws codecommit create-pull-request --title "Merge ${branch}" --targets ${targets} --region ${repository.region}`,
            },
          ]),
      { id: 'delete', label: 'Delete', line: `aws codecommit delete-repository ${at}`, sort: 'danger' as const },
    ]
  },
  palette: [
    {
      id: REPOSITORY,
      label: 'CodeCommit repository',
      pictogram: 'codecommit',
      group: 'Code',
      into: [],
      line: (_, __, n) => ({ line: `aws codecommit create-repository --repository-name app-${n}` }),
    },
  ],
  marks: { Moved: 'deploy' },
}

export const repositoryKind = defineKind<CodeRepository>({
  kind: REPOSITORY,
  lifecycle: repositoryLifecycle,
  apply: { Changed: data, TriggersPut: data, TemplatesChanged: data, Moved: data },
  face,
  tell: {
    Created: (event) => `The repository ${named(event, undefined)} is created in CodeCommit.`,
    Changed: (event, repository) => `What is kept of ${named(event, repository)} is changed.`,
    Moved: (event, repository) => `The references of ${named(event, repository)} have changed.`,
    Triggered: (event, repository) =>
      `${named(event, repository)} tells \`${(event.data as { destination?: string }).destination ?? ''}\` about a push.`,
    TriggerFailed: (event, repository) =>
      `${named(event, repository)} could not tell about a push: \`${(event.data as { message?: string }).message ?? ''}\``,
    Deleted: (event, repository) => `The repository ${named(event, repository)} is deleted.`,
  },
})
