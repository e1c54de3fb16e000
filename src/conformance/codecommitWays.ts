import type { Json, JsonObject } from '../kernel/index.ts'
import type { AwsCall } from './awsCall.ts'

/** What can be asked of the lab while a thing is made. */
export interface Making {
  readonly call: Pick<AwsCall, 'operation' | 'input'>
  readonly shown: Json | undefined
  /** Gives a line and answers what it printed as JSON. */
  readonly ask: (line: string) => JsonObject
  /** Learns that what the page calls one thing is another here. */
  readonly know: (documented: string, real: string) => void
}

/** How things of CodeCommit are made that no single call makes, by noun; each says whether there was something to make. */
export const CODECOMMIT_WAYS: { readonly [noun: string]: (making: Making) => boolean } = {
  'codecommit.branch': history,
  'codecommit.commit': history,
  'codecommit.reference': history,
  'codecommit.pullrequest': pullRequest,
  'codecommit.comment': comment,
}

const BRANCHES = [
  'branchName',
  'defaultBranchName',
  'targetBranch',
  'sourceReference',
  'destinationReference',
  'sourceCommitSpecifier',
  'destinationCommitSpecifier',
]

/** Every repository that is named gets two commits, and the branches that are named one more each, in conflict if the page shows so. */
function history(making: Making): boolean {
  const { call, shown, know } = making
  const said = [...leaves(call.input), ...leaves(shown)]
  const value = (...members: readonly string[]) =>
    members.map((one) => said.find(([key]) => key === one)?.[1]).find(Boolean)
  const names = [
    ...new Set(said.flatMap(([key, one]) => (/^repositoryNames?$/.test(key) ? [one.replace(/,$/, '')] : []))),
  ]
  const conflicting = said.flatMap(([key, one]) => (key === 'filePath' && inConflict(shown) ? [one] : []))
  const lines = Number((call.input['location'] as JsonObject | undefined)?.['filePosition'] ?? 1)
  const file = value('filePath') ?? 'README.md'
  const before = value('beforePath')
  const after = value('afterPath')
  const blob = said.find(([key]) => key === 'path')?.[1] ?? 'blob.txt'
  for (const name of names.length > 0 ? names : ['staged']) {
    making.ask(`aws codecommit create-repository --repository-name ${name}`)
    templates(making, name)
    const first = commit(making, name, 'main', { [before ? `${before}/${blob}` : file]: text('first', lines) })
    if (first === undefined) return false
    const second = commit(making, name, 'main', { [after ? `${after}/${blob}` : file]: text('second', lines) }, first)
    if (second === undefined) return false
    for (const [key, id] of said) {
      if (!/^(EXAMPLE|.*EXAMPLE|.*thisisanexample.*|[0-9a-f]{7,40})$/.test(id)) continue
      if (/^(before|parent|base)CommitI[dD]$|^beforeCommitSpecifier$|^destinationCommit/.test(key)) know(id, first)
      else if (/CommitI[dD]$|^commitId$|CommitSpecifier$|^sourceCommit$/.test(key)) know(id, second)
    }
    const creating = call.operation === 'CreateBranch' ? call.input['branchName'] : undefined
    for (const [key, word] of said) {
      const branch = word.replace(/^refs\/heads\//, '')
      if (!BRANCHES.includes(key) || branch === 'main' || branch === creating || /EXAMPLE|thisisanexample/.test(branch))
        continue
      const root = conflicting.length > 0 ? first : second
      making.ask(`aws codecommit create-branch --repository-name ${name} --branch-name ${branch} --commit-id ${root}`)
      commit(making, name, branch, { [conflicting[0] ?? `${branch}.txt`]: text(branch, 1) }, root)
    }
    if (conflicting[0] !== undefined) commit(making, name, 'main', { [conflicting[0]]: text('main', 1) }, second)
  }
  return true
}

/** The approval rule templates that documented rules come from. */
function templates({ shown, ask }: Making, repository: string): void {
  const named = leaves(shown).flatMap(([key, one]) => (key === 'approvalRuleTemplateName' ? [one] : []))
  for (const name of new Set(named)) {
    const template = `--approval-rule-template-name ${name}`
    ask(`aws codecommit create-approval-rule-template ${template} --approval-rule-template-content '${RULE}'`)
    ask(`aws codecommit associate-approval-rule-template-with-repository --repository-name ${repository} ${template}`)
  }
}

const RULE = '{"Version":"2018-11-08","Statements":[{"Type":"Approvers","NumberOfApprovalsNeeded":1}]}'

/** What stands before a line that another user gives. */
function asUser({ ask }: Making, arn: string | undefined): string {
  const user = arn?.slice(arn.lastIndexOf('/') + 1)
  if (user === undefined) return ''
  ask(`aws iam create-user --user-name ${user}`)
  ask(`aws iam attach-user-policy --user-name ${user} --policy-arn arn:aws:iam::aws:policy/AdministratorAccess`)
  const key = objectOf(ask(`aws iam create-access-key --user-name ${user}`)['AccessKey'])
  return `AWS_ACCESS_KEY_ID=${key['AccessKeyId']} AWS_SECRET_ACCESS_KEY=${key['SecretAccessKey']} `
}

/** Pull requests up to the number that is named, each from the same branch, with its rules set aside where the page shows so. */
function pullRequest(making: Making): boolean {
  const { call, shown, know, ask } = making
  const said = [...leaves(call.input), ...leaves(shown)]
  const value = (member: string) => said.find(([key]) => key === member)?.[1]
  const repository = value('repositoryName') ?? 'staged'
  const source = value('sourceReference')?.replace('refs/heads/', '') ?? 'staged-branch'
  const wanted = Number(value('pullRequestId') ?? 1)
  const named = { repositoryName: repository, sourceReference: source }
  if (!history({ ...making, call: { ...call, input: named }, shown: rules(shown) })) return false
  const author = call.input['authorArn']
  const by = asUser(making, typeof author === 'string' ? author : undefined)
  const line = `${by}aws codecommit create-pull-request --title staged --description staged --targets repositoryName=${repository},sourceReference=${source},destinationReference=main`
  let made: JsonObject | undefined
  for (let n = 0; n < wanted && n < 200; n++) made = ask(line)['pullRequest'] as JsonObject | undefined
  if (!made) return false
  const [target] = made['pullRequestTargets'] as unknown as readonly JsonObject[]
  for (const [key, id] of said) {
    if (key === 'revisionId') know(id, String(made['revisionId']))
    if (/^(source|after)Commit(Id)?$/.test(key)) know(id, String(target?.['sourceCommit']))
    if (/^(destination|before)Commit(Id)?$/.test(key)) know(id, String(target?.['destinationCommit']))
  }
  const revision = `--pull-request-id ${wanted} --revision-id ${String(made['revisionId'])}`
  for (const rule of objectsWith(shown, 'approvalRuleName'))
    if (rule['originApprovalRuleTemplate'] === undefined)
      ask(
        `aws codecommit create-pull-request-approval-rule --pull-request-id ${wanted} --approval-rule-name '${rule['approvalRuleName']}' --approval-rule-content '${RULE}'`,
      )
  if (call.input['pullRequestStatus'] === 'CLOSED' && call.operation === 'ListPullRequests')
    ask(`aws codecommit update-pull-request-status --pull-request-id ${wanted} --pull-request-status CLOSED`)
  if (objectOf(shown)['overridden'] === true || call.operation.startsWith('MergePullRequest'))
    ask(`aws codecommit override-pull-request-approval-rules ${revision} --override-status OVERRIDE`)
  return true
}

/** A comment on two commits, with the reactions that are shown. */
function comment(making: Making): boolean {
  const { call, shown, know, ask } = making
  const id = leaves(call.input).find(([key]) => key === 'commentId' || key === 'inReplyTo')?.[1]
  let commits: readonly string[] = []
  const scene = { repositoryName: 'staged' }
  const listening: Making = {
    ...making,
    call: { ...call, input: scene },
    shown: undefined,
    ask: (line) => {
      const answer = ask(line)
      if (typeof answer['commitId'] === 'string') commits = [...commits, answer['commitId']]
      return answer
    },
  }
  if (!history(listening)) return false
  const posted = ask(
    `aws codecommit post-comment-for-compared-commit --repository-name staged --before-commit-id ${commits[0]} --after-commit-id ${commits[1]} --content staged`,
  )
  const real = (posted['comment'] as JsonObject | undefined)?.['commentId']
  if (typeof real !== 'string') return false
  if (id !== undefined) know(id, real)
  for (const [key, code] of leaves(shown).slice(0, 50))
    if (key === 'shortCode')
      ask(
        `aws codecommit put-comment-reaction --comment-id ${real} --reaction-value ${code.startsWith(':') ? code : `:${code}:`}`,
      )
  return true
}

function commit(
  { ask }: Making,
  repository: string,
  branch: string,
  files: { readonly [path: string]: string },
  parent?: string,
): string | undefined {
  const putFiles = Object.entries(files).map(([filePath, fileContent]) => ({
    filePath,
    fileContent: Buffer.from(fileContent).toString('base64'),
  }))
  const input = {
    repositoryName: repository,
    branchName: branch,
    ...(parent ? { parentCommitId: parent } : {}),
    putFiles,
  }
  const id = ask(`aws codecommit create-commit --cli-input-json '${JSON.stringify(input)}'`)['commitId']
  return typeof id === 'string' ? id : undefined
}

function text(word: string, lines: number): string {
  return Array.from({ length: Math.min(lines, 5000) }, (_, n) => `${word} ${n}\n`).join('')
}

function inConflict(shown: Json | undefined): boolean {
  return objectOf(shown)['mergeable'] === false
}

/** What of an output is about approval rules. */
function rules(shown: Json | undefined): Json {
  return objectsWith(shown, 'approvalRuleTemplateName').map((one) => ({
    approvalRuleTemplateName: one['approvalRuleTemplateName'] ?? '',
  }))
}

/** Objects that have a member, wherever they are. */
function objectsWith(value: Json | undefined, member: string): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap((one: Json) => objectsWith(one, member))
  const object = objectOf(value)
  const below = Object.values(object).flatMap((one) => objectsWith(one, member))
  return object[member] === undefined ? below : [object, ...below]
}

function objectOf(value: Json | undefined): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : {}
}

/** Texts with the keys that they stand under, wherever they are. */
function leaves(value: Json | undefined, key = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[key, value]]
  if (Array.isArray(value)) return value.flatMap((one: Json) => leaves(one, key))
  if (value === null || typeof value !== 'object' || value === undefined) return []
  return Object.entries(value as JsonObject).flatMap(([name, one]) => leaves(one, name))
}
