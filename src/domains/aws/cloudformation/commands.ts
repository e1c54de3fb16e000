import type { Json, JsonObject } from '../../../kernel/index.ts'
import { resolvePath, type Step } from '../../../shell/index.ts'
import type { CliAsk, CliCommand } from '../core/index.ts'
import { parseTemplate } from './checkTemplate.ts'
import { TemplateProblem } from './template.ts'

interface Deploying {
  readonly stack: string
  readonly set: string
  readonly isNew: boolean
  readonly executed?: boolean
}

const fail = (text: string): Step => ({ exit: 255, stderr: `\n${text}\n` })

/** `aws cloudformation deploy`: a change set, made and executed. Models: awscli/customizations/cloudformation/deploy.py, deployer.py */
const deploy: CliCommand = {
  name: 'deploy',
  summary: 'Deploys the specified AWS CloudFormation template by creating and then executing a change set',
  flags: [
    {
      name: 'template-file',
      value: 'string',
      required: true,
      says: 'The path where your AWS CloudFormation template is located',
    },
    { name: 'stack-name', value: 'string', required: true, says: 'The name of the stack' },
    { name: 'parameter-overrides', value: 'string', many: true, says: 'Parameters, as Key=Value' },
    { name: 'capabilities', value: 'string', many: true, says: 'Capabilities that the stack must have' },
    { name: 'tags', value: 'string', many: true, says: 'Tags, as Key=Value' },
    { name: 'role-arn', value: 'string', says: 'The role that CloudFormation assumes' },
    { name: 'notification-arns', value: 'string', many: true, says: 'Topics that are told of stack events' },
    { name: 'no-execute-changeset', says: 'Leaves the change set for you to look at' },
    { name: 'disable-rollback', says: 'Keeps what is there when the deployment fails' },
    { name: 'no-disable-rollback', says: 'Rolls back when the deployment fails' },
    { name: 'fail-on-empty-changeset', says: 'Fails when there is nothing to change' },
    { name: 'no-fail-on-empty-changeset', says: 'Succeeds when there is nothing to change' },
    { name: 's3-bucket', value: 'string', says: 'Where the template is uploaded' },
    { name: 's3-prefix', value: 'string', says: 'A prefix for the name of what is uploaded' },
    { name: 'kms-key-id', value: 'string', says: 'The key to encrypt it with' },
    { name: 'force-upload', says: 'Uploads even what is there already' },
  ],
  run: (ask) => {
    const path = ask.text('template-file') ?? ''
    const body = fileText(ask, path)
    if (body === undefined) return fail(`Invalid template path ${path}`)
    const stack = ask.text('stack-name') ?? ''
    const described = ask.api('cloudformation', 'DescribeStacks', { StackName: stack })
    const [known] = 'output' in described ? (described.output as { Stacks: readonly JsonObject[] }).Stacks : []
    const isNew = known === undefined || known['StackStatus'] === 'REVIEW_IN_PROGRESS'
    const overrides = pairs(ask.list('parameter-overrides'))
    const parameters = Object.entries(overrides).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    }))
    for (const name of parametersIn(body))
      if (!isNew && !(name in overrides) && hasParameter(known, name))
        parameters.push({ ParameterKey: name, UsePreviousValue: true } as never)
    const set = `awscli-cloudformation-package-deploy-${Math.floor(ask.world.now / 1000)}`
    ask.must('cloudformation', 'CreateChangeSet', {
      StackName: stack,
      ChangeSetName: set,
      ChangeSetType: isNew ? 'CREATE' : 'UPDATE',
      TemplateBody: body,
      Parameters: parameters,
      Capabilities: ask.list('capabilities'),
      Description: `Created by AWS CLI at ${ask.world.isoNow().replace('Z', '')} UTC`,
      Tags: Object.entries(pairs(ask.list('tags'))).map(([Key, Value]) => ({ Key, Value })),
      ...(ask.text('role-arn') === undefined ? {} : { RoleARN: ask.text('role-arn') }),
      ...(ask.has('notification-arns') ? { NotificationARNs: ask.list('notification-arns') } : {}),
    })
    return {
      wait: { changeOf: ['aws.cloudformation.ChangeSet'] },
      state: { stack, set, isNew } satisfies Deploying as Json,
      stdout: '\nWaiting for changeset to be created..\n',
    }
  },
  resume: (ask, state) => {
    if (ask.call.why === 'signal') return { exit: 130 }
    const deploying = state as unknown as Deploying
    return deploying.executed ? watched(ask, deploying) : executed(ask, deploying)
  },
}

function executed(ask: CliAsk, deploying: Deploying): Step {
  const { stack, set } = deploying
  const described = ask.must('cloudformation', 'DescribeChangeSet', { StackName: stack, ChangeSetName: set })
  const status = described['Status']
  if (status === 'CREATE_PENDING' || status === 'CREATE_IN_PROGRESS')
    return { wait: { changeOf: ['aws.cloudformation.ChangeSet'] }, state: deploying as unknown as Json }
  if (status === 'FAILED') {
    const reason = String(described['StatusReason'] ?? '')
    if (!/didn't contain changes|No updates are to be performed/.test(reason))
      return fail(
        `Failed to create the changeset: Waiter ChangeSetCreateComplete failed: Waiter encountered a terminal failure state: For expression "Status" we matched expected path: "FAILED" Status: FAILED. Reason: ${reason}`,
      )
    const words = `No changes to deploy. Stack ${stack} is up to date`
    return ask.has('fail-on-empty-changeset') ? fail(words) : { exit: 0, stdout: `\n${words}\n` }
  }
  if (ask.has('no-execute-changeset'))
    return {
      exit: 0,
      stdout: `Changeset created successfully. Run the following command to review changes:\naws cloudformation describe-change-set --change-set-name ${String(described['ChangeSetId'])}\n`,
    }
  ask.must('cloudformation', 'ExecuteChangeSet', { StackName: stack, ChangeSetName: set })
  return {
    wait: { changeOf: ['aws.cloudformation.Stack'] },
    state: { ...deploying, executed: true } as unknown as Json,
    stdout: 'Waiting for stack create/update to complete\n',
  }
}

function watched(ask: CliAsk, deploying: Deploying): Step {
  const { stack, isNew } = deploying
  const described = ask.api('cloudformation', 'DescribeStacks', { StackName: stack })
  const [known] = 'output' in described ? (described.output as { Stacks: readonly JsonObject[] }).Stacks : []
  const status = String(known?.['StackStatus'] ?? 'DELETE_COMPLETE')
  if (status === (isNew ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE'))
    return { exit: 0, stdout: `Successfully created/updated stack - ${stack}\n` }
  if (status.endsWith('_IN_PROGRESS') || (!isNew && status === 'CREATE_COMPLETE'))
    return { wait: { changeOf: ['aws.cloudformation.Stack'] }, state: deploying as unknown as Json }
  return fail(
    `Failed to create/update the stack. Run the following command\nto fetch the list of events leading up to the failure\naws cloudformation describe-stack-events --stack-name ${stack}`,
  )
}

/** `aws cloudformation package`: what needs no upload passes; the lab has no S3 to upload to. */
const pack: CliCommand = {
  name: 'package',
  summary: 'Packages the local artifacts that your AWS CloudFormation template references',
  flags: [
    { name: 'template-file', value: 'string', required: true, says: 'The path where your template is located' },
    { name: 's3-bucket', value: 'string', says: 'Where artifacts are uploaded' },
    { name: 's3-prefix', value: 'string', says: 'A prefix for their names' },
    { name: 'output-template-file', value: 'string', says: 'Where the packaged template is written' },
    { name: 'use-json', says: 'Writes JSON' },
    { name: 'force-upload', says: 'Uploads even what is there already' },
    { name: 'kms-key-id', value: 'string', says: 'The key to encrypt with' },
    { name: 'metadata', value: 'string', says: 'Metadata of what is uploaded' },
  ],
  run: (ask) => {
    const path = ask.text('template-file') ?? ''
    const body = fileText(ask, path)
    if (body === undefined) return fail(`Invalid template path ${path}`)
    try {
      for (const [name, { Type, Properties }] of Object.entries(parseTemplate(body).resources))
        for (const key of ['CodeUri', 'Code', 'ContentUri', 'DefinitionUri', 'TemplateURL'])
          if (typeof Properties[key] === 'string' && !/^(s3|https?):/.test(String(Properties[key])))
            return fail(
              `Unable to upload artifact ${String(Properties[key])} referenced by ${key} parameter of ${name} resource.\nThe lab has no S3 to upload it to (${Type}).`,
            )
    } catch (problem) {
      if (problem instanceof TemplateProblem) return fail(problem.message)
      throw problem
    }
    const output = ask.text('output-template-file')
    if (output === undefined) return { exit: 0, stdout: body }
    const problem = ask.call.files.write(resolvePath(ask.call.cwd, output), body)
    if (problem !== undefined) return fail(problem)
    return {
      exit: 0,
      stdout: `\nSuccessfully packaged artifacts and wrote output template to file ${output}.\nExecute the following command to deploy the packaged template\naws cloudformation deploy --template-file ${output} --stack-name <YOUR STACK NAME>\n`,
    }
  },
}

function fileText(ask: CliAsk, path: string): string | undefined {
  const found = ask.call.files.read(resolvePath(ask.call.cwd, path))
  return 'text' in found ? found.text : undefined
}

function parametersIn(body: string): readonly string[] {
  try {
    return Object.keys(parseTemplate(body).parameters)
  } catch {
    return []
  }
}

function hasParameter(stack: JsonObject | undefined, name: string): boolean {
  const list = (stack?.['Parameters'] ?? []) as readonly { readonly ParameterKey?: string }[]
  return list.some(({ ParameterKey }) => ParameterKey === name)
}

function pairs(words: readonly string[]): { readonly [key: string]: string } {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=')
      return [word.slice(0, at), word.slice(at + 1)]
    }),
  )
}

export const commands: readonly CliCommand[] = [deploy, pack]
