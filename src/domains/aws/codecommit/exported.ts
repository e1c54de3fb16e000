import { type ExportedFile, STEP, type World } from '../../../kernel/index.ts'
import {
  filesOfCommit,
  type Repository as GitRepository,
  hostedStore,
  MemoryStore,
  readBlob,
  readCommit,
} from '../../git/index.ts'
import { type ExportedResource, lean, type ServiceExporter, templateTags } from '../core/index.ts'
import { type CodeRepository, codeRepositories, defaultBranch, gitOf, httpsUrl } from './repository.ts'

/** Repositories, and the files of their default branch with the lines that push them. A history of one commit keeps its id; of a longer one the newest commit goes. */
export const exported: ServiceExporter = (region, world) => {
  const repositories = codeRepositories(world, region)
  const pushes = repositories.flatMap((repository) => pushOf(world, repository))
  return {
    resources: repositories.map(repositoryOf),
    files: pushes.flatMap(({ files }) => files),
    steps: pushes.map(({ name, lines }) => ({ order: STEP.sources, says: `The source of ${name}`, lines })),
  }
}

function repositoryOf(repository: CodeRepository): ExportedResource {
  const { name, repositoryId, description, tags, triggers } = repository as CodeRepository & {
    readonly description?: string
  }
  return {
    type: 'AWS::CodeCommit::Repository',
    name,
    physicalId: repositoryId,
    properties: lean({
      RepositoryName: name,
      RepositoryDescription: description,
      Triggers: triggers.map((one) => ({
        Name: one.name,
        DestinationArn: one.destinationArn,
        ...lean({ CustomData: one.customData === '' ? undefined : one.customData, Branches: one.branches }),
        Events: one.events,
      })),
      Tags: templateTags(tags),
    }),
  }
}

function pushOf(
  world: World,
  repository: CodeRepository,
): readonly { readonly name: string; readonly files: readonly ExportedFile[]; readonly lines: readonly string[] }[] {
  const git: GitRepository = gitOf(world, repository)
  const branch = defaultBranch(git)
  const head = branch === undefined ? undefined : git.refs[`refs/heads/${branch}`]
  if (branch === undefined || head === undefined) return []
  const store = new MemoryStore(hostedStore(git))
  const { author, committer, message } = readCommit(store, head)
  const folder = `repositories/${repository.name}`
  const leaves = [...filesOfCommit(store, head)]
  const files = leaves.map(([path, { id }]) => ({ path: `${folder}/${path}`, text: readBlob(store, id) }))
  const run = leaves.filter(([, { mode }]) => mode === '100755').map(([path]) => path)
  const signed = [
    ['GIT_AUTHOR_NAME', author.name],
    ['GIT_AUTHOR_EMAIL', author.email],
    ['GIT_AUTHOR_DATE', `${author.at} ${author.zone}`],
    ['GIT_COMMITTER_NAME', committer.name],
    ['GIT_COMMITTER_EMAIL', committer.email],
    ['GIT_COMMITTER_DATE', `${committer.at} ${committer.zone}`],
  ] as const
  const words = signed.map(([key, value]) => `${key}=${quoted(value)}`).join(' ')
  return [
    {
      name: repository.name,
      files,
      lines: [
        `git -C ${folder} init -q -b ${branch}`,
        ...run.map((path) => `chmod +x ${quoted(`${folder}/${path}`)}`),
        `git -C ${folder} add -A`,
        `${words} git -C ${folder} commit -q -m ${quoted(message.replace(/\n$/, ''))}`,
        `git -C ${folder} push -q ${httpsUrl(repository.region, repository.name)} ${branch}`,
      ],
    },
  ]
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
