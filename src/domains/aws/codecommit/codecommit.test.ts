import { describe, expect, it } from 'vitest'
import { withRepository } from './testing/terminal.ts'

const URL = 'https://git-codecommit.us-east-1.amazonaws.com/v1/repos/shop'

describe('a repository', () => {
  it('is cloned, pushed to and read by the API with the same ids', () => {
    const terminal = withRepository()
    expect(terminal.json('get-repository --repository-name shop')['repositoryMetadata']).not.toHaveProperty(
      'defaultBranch',
    )
    expect(terminal.run(`git clone ${URL}`)).toContain('warning: You appear to have cloned an empty repository.')
    terminal.run('cd shop && git switch -c trunk')
    terminal.run('echo hello > readme.md && git add . && git commit -m "Say hello"')
    expect(terminal.run('git push -u origin trunk')).toContain('* [new branch]      trunk -> trunk')
    const head = terminal.run('git rev-parse HEAD').trim()
    expect(terminal.json('get-repository --repository-name shop')['repositoryMetadata']).toMatchObject({
      defaultBranch: 'trunk',
    })
    expect(terminal.json('get-branch --repository-name shop --branch-name trunk')).toEqual({
      branch: { branchName: 'trunk', commitId: head },
    })
    expect(terminal.json(`get-commit --repository-name shop --commit-id ${head}`)['commit']).toMatchObject({
      commitId: head,
      message: 'Say hello\n',
      author: { name: 'Ada', email: 'ada@example.com' },
      parents: [],
    })
    expect(terminal.json('get-file --repository-name shop --file-path readme.md')).toMatchObject({
      commitId: head,
      fileContent: 'aGVsbG8K',
      fileMode: 'NORMAL',
      fileSize: 6,
    })
    const put = terminal.json(
      `put-file --repository-name shop --branch-name trunk --file-path docs/a.txt --file-content YQo= --parent-commit-id ${head}`,
    )
    expect(terminal.run('git pull && cat docs/a.txt')).toMatch(/Fast-forward[\s\S]*\na\n$/)
    expect(terminal.run('git rev-parse HEAD').trim()).toBe(put['commitId'])
    expect(
      terminal.json(
        `get-differences --repository-name shop --before-commit-specifier ${head} --after-commit-specifier trunk`,
      ),
    ).toEqual({
      differences: [{ afterBlob: { blobId: put['blobId'], path: 'docs/a.txt', mode: '100644' }, changeType: 'A' }],
    })
  })

  it('is found by its other addresses', () => {
    const terminal = withRepository()
    expect(terminal.run('git clone codecommit::us-east-1://shop one')).toContain("Cloning into 'one'...")
    expect(terminal.run('git clone codecommit://shop')).toContain("Cloning into 'shop'...")
    expect(terminal.run(`git clone ${URL.replace('https', 'ssh')} three`)).toContain("Cloning into 'three'...")
    expect(terminal.run(`git clone ${URL}2`)).toContain(`fatal: repository '${URL}2/' not found`)
  })

  it('is refused in the words of CodeCommit', () => {
    const terminal = withRepository()
    expect(terminal.run('aws codecommit get-repository --repository-name nope')).toContain(
      'An error occurred (RepositoryDoesNotExistException) when calling the GetRepository operation: nope does not exist',
    )
    expect(terminal.run('aws codecommit create-repository --repository-name shop')).toContain(
      '(RepositoryNameExistsException) when calling the CreateRepository operation: Repository named shop already exists',
    )
    const first = terminal.json(
      'create-commit --repository-name shop --branch-name main --put-files filePath=a,fileContent=YQo= filePath=d/b,fileContent=Ygo=',
    )
    expect(
      terminal.run(
        'aws codecommit put-file --repository-name shop --branch-name main --file-path a --file-content Yg==',
      ),
    ).toContain('ParentCommitIdRequiredException')
    expect(
      terminal.run(
        `aws codecommit put-file --repository-name shop --branch-name main --file-path d --file-content Yg== --parent-commit-id ${first['commitId']}`,
      ),
    ).toContain('FileNameConflictsWithDirectoryNameException')
    expect(terminal.run('aws codecommit delete-branch --repository-name shop --branch-name main')).toContain(
      'DefaultBranchCannotBeDeletedException',
    )
  })
})

describe('git with IAM', () => {
  it('may pull and not push, and is told so by an HTTP 403 and by reference', () => {
    const terminal = withRepository()
    terminal.json('create-commit --repository-name shop --branch-name main --put-files filePath=a,fileContent=YQo=')
    terminal.run(`git clone ${URL} && cd shop && echo b > b && git add . && git commit -m b`)
    const policy = (statement: object) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [statement] }).replaceAll('"', '\\"')
    terminal.run('aws iam create-user --user-name junior')
    terminal.run(
      `aws iam put-user-policy --user-name junior --policy-name p --policy-document "${policy({ Effect: 'Allow', Action: ['codecommit:GitPull', 'codecommit:GitPush'], Resource: '*' })}"`,
    )
    const keys = JSON.parse(terminal.run('aws iam create-access-key --user-name junior')).AccessKey
    terminal.run(`export AWS_ACCESS_KEY_ID=${keys.AccessKeyId} AWS_SECRET_ACCESS_KEY=${keys.SecretAccessKey}`)
    expect(terminal.run('git pull')).toContain('Already up to date.')
    expect(terminal.run('git push origin main:dev')).toContain('main -> dev')
    const asLearner = (line: string) => terminal.run(`env -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY ${line}`)
    asLearner(
      `aws iam put-user-policy --user-name junior --policy-name q --policy-document "${policy({ Effect: 'Deny', Action: 'codecommit:GitPush', Resource: '*', Condition: { StringEqualsIfExists: { 'codecommit:References': ['refs/heads/main'] }, Null: { 'codecommit:References': 'false' } } })}"`,
    )
    expect(terminal.run('git push')).toMatch(
      /! \[remote rejected\] main -> main \(.*not authorized to perform: codecommit:GitPush/,
    )
    asLearner(
      `aws iam put-user-policy --user-name junior --policy-name q --policy-document "${policy({ Effect: 'Deny', Action: 'codecommit:GitPush', Resource: '*' })}"`,
    )
    expect(terminal.run('git push')).toContain(
      `fatal: unable to access '${URL}/': The requested URL returned error: 403`,
    )
  })
})

describe('a push', () => {
  it('starts the pipelines that watch the branch, with the files of its commit', () => {
    const terminal = withRepository()
    terminal.json('create-commit --repository-name shop --branch-name main --put-files filePath=a,fileContent=YQo=')
    const stage = (name: string, action: object) => ({ name, actions: [action] })
    const pipeline = {
      name: 'p',
      roleArn: 'arn:aws:iam::123456789012:role/pipe',
      artifactStore: { type: 'S3', location: 'bucket' },
      stages: [
        stage('Source', {
          name: 'Source',
          actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' },
          configuration: { RepositoryName: 'shop', BranchName: 'main' },
          outputArtifacts: [{ name: 'SourceOutput' }],
          namespace: 'SourceVariables',
        }),
        stage('Approve', {
          name: 'Approve',
          actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
          configuration: { CustomData: '#{SourceVariables.CommitMessage}' },
        }),
      ],
    }
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'codepipeline.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    })
    const allow = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'codecommit:*', Resource: '*' }],
    })
    terminal.run(`aws iam create-role --role-name pipe --assume-role-policy-document '${trust}'`)
    terminal.run(`aws codepipeline create-pipeline --pipeline '${JSON.stringify(pipeline)}'`)
    terminal.pass(60_000)
    const executions = () =>
      JSON.parse(terminal.run('aws codepipeline list-pipeline-executions --pipeline-name p')).pipelineExecutionSummaries
    expect(executions()).toMatchObject([{ status: 'Failed' }])
    terminal.run(`aws iam put-role-policy --role-name pipe --policy-name p --policy-document '${allow}'`)
    terminal.run(`git clone ${URL} && cd shop && echo b > b && git add . && git commit -m "Add b" && git push`)
    terminal.pass(60_000)
    expect(executions()[0]).toMatchObject({
      status: 'InProgress',
      sourceRevisions: [{ actionName: 'Source', revisionSummary: 'Add b' }],
      trigger: { triggerType: 'PollForSourceChanges', triggerDetail: 'refs/heads/main' },
    })
  })
})
