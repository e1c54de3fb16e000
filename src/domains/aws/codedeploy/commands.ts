import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { JsonObject } from '../../../kernel/index.ts'
import { resolvePath, type Step } from '../../../shell/index.ts'
import type { CliArgument, CliAsk, CliCommand } from '../core/index.ts'
import { registered } from './applicationOperations.ts'
import { applicationNamed, type Bundle } from './records.ts'

const problem = (text: string): Step => ({ exit: 255, stderr: `\n${text}\n` })

/** `aws deploy push`: bundles a directory as a revision. Models: awscli/customizations/codedeploy/push.py */
const push: CliCommand = {
  name: 'push',
  summary: 'Bundles and uploads to Amazon S3 an application revision',
  flags: [
    { name: 'application-name', value: 'string', required: true, says: 'The name of the application' },
    { name: 's3-location', value: 'string', required: true, says: 'Where the revision goes: s3://bucket/key' },
    { name: 'source', value: 'string', says: 'The directory with the revision; . by default' },
    { name: 'description', value: 'string', says: 'A comment' },
    { name: 'ignore-hidden-files', says: 'Leaves hidden files out' },
    { name: 'no-ignore-hidden-files', says: 'Takes hidden files' },
  ],
  run: (ask) => {
    const location = ask.text('s3-location') ?? ''
    const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(location) ?? []
    if (key === '') return problem('--s3-location must specify the Amazon S3 URL format as s3://<bucket>/<key>.')
    const from = resolvePath(ask.call.cwd, ask.text('source') ?? '.')
    const files = bundle(ask, from)
    if (!('appspec.yml' in files || 'appspec.yaml' in files))
      return problem(`${from.replace(/\/$/, '')}/appspec.yml was not found`)
    const application = ask.text('application-name') ?? ''
    const eTag = bytesToHex(sha256(utf8ToBytes(JSON.stringify(files)))).slice(0, 32)
    const s3Location = { bucket, key, bundleType: 'zip', eTag }
    const revision = { revisionType: 'S3', s3Location }
    const description = ask.text('description') ?? `Uploaded by AWS CLI ${ask.world.isoNow()}`
    ask.must('codedeploy', 'RegisterApplicationRevision', { applicationName: application, description, revision })
    const found = applicationNamed(ask.world, ask.region, application)
    return {
      exit: 0,
      stdout: `To deploy with this revision, run:\naws deploy create-deployment --application-name ${application} --s3-location bucket=${bucket},key=${key},bundleType=zip,eTag=${eTag} --deployment-group-name <deployment-group-name> --deployment-config-name <deployment-config-name> --description <description>\n`,
      emit: found ? registered(found, revision, { files, description }, ask.world.now) : [],
    }
  },
}

function bundle(ask: CliAsk, from: string): Bundle {
  const files: Record<string, string> = {}
  const base = from === '/' ? '/' : `${from}/`
  for (const path of ask.call.files.below(from)) {
    const read = ask.call.files.read(path)
    const name = path.slice(base.length)
    if (!('text' in read) || (ask.has('ignore-hidden-files') && /(^|\/)\./.test(name))) continue
    files[name] = read.text
  }
  return files
}

const NAME = {
  name: 'instance-name',
  value: 'string',
  required: true,
  says: 'The name of the on-premises instance',
} as const

/** Tags as the tool takes them: `Key=a,Value=b`. */
function tagsOf(words: readonly string[]): readonly { readonly Key: string; readonly Value: string }[] {
  return words.map((word) => {
    const found = new Map(word.split(',').map((part) => part.split('=') as [string, string]))
    return { Key: found.get('Key') ?? '', Value: found.get('Value') ?? '' }
  })
}

/** `aws deploy register`: makes a user and key for an on-premises instance, and registers it. Models: register.py */
const register: CliCommand = {
  name: 'register',
  summary: 'Creates an IAM user for the on-premises instance, if not provided, and registers the on-premises instance',
  flags: [
    NAME,
    { name: 'tags', value: 'string', many: true, says: 'Tags of the instance' },
    { name: 'iam-user-arn', value: 'string', says: 'The user that the instance is; one is made when this is absent' },
  ],
  run: (ask) => {
    const instanceName = ask.text('instance-name') ?? ''
    const tags = tagsOf(ask.list('tags'))
    const arn = ask.text('iam-user-arn')
    let said = ''
    let userArn = arn
    if (arn === undefined) {
      said += 'Creating the IAM user... '
      const made = ask.must('iam', 'CreateUser', { UserName: instanceName, Path: '/AWS/CodeDeploy/' })
      userArn = String((made['User'] as JsonObject)['Arn'])
      said += `DONE\nIamUserArn: ${userArn}\n`
    }
    ask.must('codedeploy', 'RegisterOnPremisesInstance', { instanceName, iamUserArn: userArn })
    said += 'Registering the on-premises instance... DONE\n'
    const emit: Step['emit'] =
      tags.length > 0
        ? [{ to: `aws.codedeploy.OnPremisesInstance/${ask.region}/${instanceName}`, type: 'Changed', data: { tags } }]
        : []
    if (tags.length > 0) said += 'Adding tags to the on-premises instance... DONE\n'
    return {
      exit: 0,
      emit,
      stdout: `${said}Copy the on-premises configuration file named codedeploy.onpremises.yml to the on-premises instance, and run the following command on the on-premises instance to install and configure the AWS CodeDeploy Agent:\naws deploy install --config-file codedeploy.onpremises.yml\n`,
    }
  },
}

const deregister: CliCommand = {
  name: 'deregister',
  summary: 'Removes any tags from the on-premises instance and deregisters it',
  flags: [NAME, { name: 'no-delete-iam-user', says: 'Keeps its IAM user' }],
  run: (ask) => {
    const instanceName = ask.text('instance-name') ?? ''
    const { instanceInfo } = ask.must('codedeploy', 'GetOnPremisesInstance', { instanceName }) as {
      readonly instanceInfo: JsonObject
    }
    ask.must('codedeploy', 'DeregisterOnPremisesInstance', { instanceName })
    const arn = String(instanceInfo['iamUserArn'] ?? '')
    let said = `Retrieving on-premises instance information... DONE\nIamUserArn: ${arn}\n`
    if (Array.isArray(instanceInfo['tags']) && instanceInfo['tags'].length > 0)
      said += 'Removing tags from the on-premises instance... DONE\n'
    said += 'Deregistering the on-premises instance... DONE\n'
    if (!ask.has('no-delete-iam-user')) {
      const deleted = ask.api('iam', 'DeleteUser', { UserName: arn.slice(arn.lastIndexOf('/') + 1) })
      if ('output' in deleted) said += 'Deleting the IAM user... DONE\n'
    }
    return {
      exit: 0,
      stdout: `${said}Run the following command on the on-premises instance to uninstall the codedeploy-agent:\naws deploy uninstall\n`,
    }
  },
}

const CONFIG_PATH = '/etc/codedeploy-agent/conf/codedeploy.onpremises.yml'

const install: CliCommand = {
  name: 'install',
  summary: 'Configures and installs the CodeDeploy Agent on the on-premises instance',
  flags: [
    { name: 'config-file', value: 'string', required: true, says: 'The on-premises configuration file' },
    { name: 'override-config', says: 'Overwrites an existing configuration' },
    { name: 'agent-installer', value: 'string', says: 'Where the agent is installed from' },
  ],
  run: (ask) => {
    const { files, cwd } = ask.call
    if (files.exists(CONFIG_PATH) && !ask.has('override-config'))
      return problem(
        'The on-premises instance configuration file already exists. Specify --override-config to update the existing on-premises instance configuration file.',
      )
    const read = files.read(resolvePath(cwd, ask.text('config-file') ?? ''))
    files.write(CONFIG_PATH, 'text' in read ? read.text : '')
    return {
      exit: 0,
      stdout:
        'Creating the on-premises instance configuration file... DONE\nInstalling the AWS CodeDeploy Agent... DONE\n',
    }
  },
}

const uninstall: CliCommand = {
  name: 'uninstall',
  summary: 'Uninstalls the CodeDeploy Agent from the on-premises instance',
  flags: [],
  run: (ask) => {
    if (ask.call.files.exists(CONFIG_PATH)) ask.call.files.remove(CONFIG_PATH)
    return {
      exit: 0,
      stdout:
        'Uninstalling the AWS CodeDeploy Agent... DONE\nDeleting the on-premises instance configuration... DONE\n',
    }
  },
}

export const commands: readonly CliCommand[] = [push, register, deregister, install, uninstall]

const OPERATIONS = ['CreateDeployment', 'GetApplicationRevision', 'RegisterApplicationRevision']

/** Models: awscli/customizations/codedeploy/locationargs.py */
export const cliArguments: readonly CliArgument[] = [
  {
    operations: OPERATIONS,
    name: 's3-location',
    says: 'Where the revision is in Amazon S3: bucket, key, bundleType, eTag, version',
    shape: 'S3Location',
    frees: ['revision'],
    apply: (input, value) => ({ ...input, revision: { revisionType: 'S3', s3Location: value } }),
  },
  {
    operations: OPERATIONS,
    name: 'github-location',
    says: 'Where the revision is on GitHub: repository, commitId',
    shape: 'GitHubLocation',
    frees: ['revision'],
    apply: (input, value) => ({ ...input, revision: { revisionType: 'GitHub', gitHubLocation: value } }),
  },
]
