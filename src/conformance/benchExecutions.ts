import { labDomains } from '../host/composition.ts'
import { Simulation } from '../kernel/index.ts'
import type { ExecutionCase } from './benchCase.ts'
import { type BenchStage, settle, wellDone } from './benchStage.ts'

const EXECUTION = 'aws.codepipeline.Execution'

const BUILDSPEC = `version: 0.2
phases:
  build:
    commands:
      - echo "building $CODEBUILD_RESOLVED_SOURCE_VERSION"
artifacts:
  files: ['**/*']
`

const PIPELINE = {
  name: 'shop',
  pipelineType: 'V2',
  executionMode: 'PARALLEL',
  roleArn: 'arn:aws:iam::123456789012:role/pipeline',
  artifactStore: { type: 'S3', location: 'artifacts' },
  stages: [
    {
      name: 'Source',
      actions: [
        {
          ...action('Commit', 'Source', 'CodeCommit'),
          outputArtifacts: [{ name: 'src' }],
          configuration: { RepositoryName: 'shop', BranchName: 'main', PollForSourceChanges: 'false' },
        },
      ],
    },
    {
      name: 'Build',
      actions: [
        {
          ...action('Compile', 'Build', 'CodeBuild'),
          inputArtifacts: [{ name: 'src' }],
          outputArtifacts: [{ name: 'app' }],
          configuration: { ProjectName: 'shop' },
        },
      ],
    },
  ],
}

/** A repository with a commit, a project whose buildspec echoes, a pipeline of both, and `start-pipeline-execution` as often as asked. */
export function executionStage({ executions }: ExecutionCase): BenchStage {
  const simulation = new Simulation({ domains: labDomains, seed: 1 })
  const { world } = simulation
  role(simulation, 'pipeline', 'codepipeline.amazonaws.com')
  role(simulation, 'build', 'codebuild.amazonaws.com')
  wellDone(simulation, 'aws codecommit create-repository --repository-name shop', /"repositoryName": "shop"/)
  wellDone(
    simulation,
    'aws codecommit put-file --repository-name shop --branch-name main --file-path readme.md --file-content SGVsbG8K',
    /"commitId"/,
  )
  const project = {
    name: 'shop',
    source: { type: 'CODEPIPELINE', buildspec: BUILDSPEC },
    artifacts: { type: 'CODEPIPELINE' },
    environment: {
      type: 'LINUX_CONTAINER',
      image: 'aws/codebuild/standard:7.0',
      computeType: 'BUILD_GENERAL1_SMALL',
    },
    serviceRole: 'arn:aws:iam::123456789012:role/build',
  }
  wellDone(simulation, given('codebuild create-project', project), /"name": "shop"/)
  wellDone(simulation, given('codepipeline create-pipeline', { pipeline: PIPELINE }), /"PARALLEL"/)
  const succeeded = () => world.count(EXECUTION, 'Succeeded')
  // a pipeline's creation is its first execution
  settle({ simulation, start: () => undefined, isDone: () => succeeded() === 1, done: succeeded })
  return {
    simulation,
    start: () => {
      for (let i = 0; i < executions; i++)
        wellDone(simulation, 'aws codepipeline start-pipeline-execution --name shop', /"pipelineExecutionId"/)
    },
    isDone: () => succeeded() === executions + 1,
    done: () => succeeded() - 1,
  }
}

function action(name: string, category: string, provider: string) {
  return { name, actionTypeId: { category, owner: 'AWS', provider, version: '1' } }
}

function given(operation: string, input: object): string {
  return `cat > input.json <<'END'\n${JSON.stringify(input)}\nEND\naws ${operation} --cli-input-json file://input.json`
}

/** A role that a service may take on, with all rights. */
function role(simulation: Simulation, name: string, service: string): void {
  const statement = (more: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] })
  const trust = statement({ Principal: { Service: service }, Action: 'sts:AssumeRole' })
  wellDone(simulation, `aws iam create-role --role-name ${name} --assume-role-policy-document '${trust}'`, /"RoleName"/)
  const rights = statement({ Action: '*', Resource: '*' })
  wellDone(
    simulation,
    `aws iam put-role-policy --role-name ${name} --policy-name all --policy-document '${rights}' && echo done`,
    /done/,
  )
}
