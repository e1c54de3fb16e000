import type { JsonObject } from '../kernel/index.ts'

/** A build with an artifact and a test report, which is also a batch of two. */
const BUILDSPEC = `version: 0.2
batch:
  build-list:
    - identifier: one
    - identifier: two
phases:
  build:
    commands:
      - echo '<testsuite><testcase classname="staged" name="works"/><testcase classname="staged" name="fails"><failure message="no"/></testcase></testsuite>' > report.xml
reports:
  tests:
    files: [report.xml]
artifacts:
  files: [report.xml]
`

/** A pipeline of a source and an approval. */
const PIPELINE: JsonObject = {
  name: '{name}',
  roleArn: 'arn:aws:iam::123456789012:role/staged',
  artifactStore: { type: 'S3', location: 'staged' },
  stages: [
    {
      name: 'Source',
      actions: [
        {
          name: 'Source',
          actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' },
          configuration: { RepositoryName: 'staged', BranchName: 'main' },
          outputArtifacts: [{ name: 'SourceOutput' }],
        },
      ],
    },
    {
      name: 'Beta',
      actions: [
        {
          name: 'Approve',
          actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
        },
      ],
    },
  ],
}

/**
 * What a thing is made with that its page does not describe: members of the creating operation's input by service and operation.
 * `{name}` stands for its name.
 */
const DEFAULTS: { readonly [operation: string]: JsonObject } = {
  'ecs.RegisterTaskDefinition': {
    containerDefinitions: [{ name: 'app', image: 'nginx', cpu: 10, memory: 128, essential: true }],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    requiresCompatibilities: ['EC2', 'FARGATE'],
  },
  'ecs.CreateService': {
    desiredCount: 1,
    taskDefinition: 'staged',
    launchType: 'FARGATE',
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-staged'] } },
  },
  'ecs.RunTask': {
    taskDefinition: 'staged',
    count: 1,
    launchType: 'FARGATE',
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-staged'] } },
  },
  'codebuild.CreateProject': {
    source: { type: 'NO_SOURCE', buildspec: BUILDSPEC },
    artifacts: { type: 'S3', location: 'staged', packaging: 'ZIP' },
    environment: { type: 'LINUX_CONTAINER', image: 'aws/codebuild/standard:7.0', computeType: 'BUILD_GENERAL1_SMALL' },
    serviceRole: 'arn:aws:iam::123456789012:role/staged',
    buildBatchConfig: { serviceRole: 'arn:aws:iam::123456789012:role/staged' },
  },
  'codepipeline.CreatePipeline': { pipeline: PIPELINE },
  'codepipeline.PutWebhook': {
    webhook: {
      name: '{name}',
      targetPipeline: 'staged',
      targetAction: 'Source',
      filters: [{ jsonPath: '$.ref', matchEquals: 'refs/heads/{Branch}' }],
      authentication: 'GITHUB_HMAC',
      authenticationConfiguration: { SecretToken: 'staged' },
    },
  },
  'codedeploy.CreateApplication': { computePlatform: 'Server' },
  'codedeploy.CreateDeploymentGroup': { serviceRoleArn: 'arn:aws:iam::123456789012:role/staged' },
  'codedeploy.CreateDeployment': {
    revision: { revisionType: 'S3', s3Location: { bucket: 'staged', key: 'app.zip', bundleType: 'zip' } },
  },
  'codecommit.CreateApprovalRuleTemplate': {
    approvalRuleTemplateContent:
      '{"Version":"2018-11-08","Statements":[{"Type":"Approvers","NumberOfApprovalsNeeded":1}]}',
    approvalRuleTemplateDescription: 'staged',
  },
  'codecommit.CreateRepository': { repositoryDescription: 'staged' },
  'codecommit.PutFile': { branchName: 'main', fileContent: 'c3RhZ2Vk', filePath: 'README.md' },
  'elasticloadbalancing.CreateTargetGroup': { Protocol: 'HTTP', Port: 80, VpcId: 'vpc-staged' },
  'elasticloadbalancing.CreateLoadBalancer': { Subnets: ['subnet-staged1', 'subnet-staged2'] },
  'elasticloadbalancing.CreateListener': {
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
  },
  'elasticloadbalancing.CreateRule': {
    Priority: 10,
    Conditions: [{ Field: 'path-pattern', Values: ['/img/*'] }],
    Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
  },
  'cloudwatch.PutMetricAlarm': {
    MetricName: 'staged',
    Namespace: 'Staged',
    Statistic: 'Average',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
  },
  'cloudwatch.PutDashboard': { DashboardBody: '{"widgets":[]}' },
  'iam.CreateRole': {
    AssumeRolePolicyDocument:
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":["ecs-tasks.amazonaws.com","codebuild.amazonaws.com","codepipeline.amazonaws.com","codedeploy.amazonaws.com"]},"Action":"sts:AssumeRole"}]}',
  },
  'iam.CreatePolicy': {
    PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}',
  },
}

/** Nouns that are made by an operation of another word, by service. */
export const MAKERS: { readonly [noun: string]: string } = {
  'ecs.taskdefinition': 'RegisterTaskDefinition',
  'ecs.task': 'RunTask',
  'ecs.containerinstance': 'RegisterContainerInstance',
  'cloudwatch.alarm': 'PutMetricAlarm',
  'cloudwatch.metricalarm': 'PutMetricAlarm',
  'cloudwatch.dashboard': 'PutDashboard',
  'cloudwatch.insightrule': 'PutInsightRule',
  'cloudwatch.rule': 'PutInsightRule',
  'cloudwatch.metricstream': 'PutMetricStream',
  'cloudwatch.anomalydetector': 'PutAnomalyDetector',
  'codecommit.commit': 'PutFile',
  'codecommit.file': 'PutFile',
  'codecommit.branch': 'PutFile',
  'codebuild.build': 'StartBuild',
  'codebuild.buildbatch': 'StartBuildBatch',
  'codebuild.sourcecredentials': 'ImportSourceCredentials',
  'codepipeline.pipelineexecution': 'StartPipelineExecution',
  'elasticloadbalancing.targethealthdescription': 'RegisterTargets',
  'logs.event': 'PutLogEvents',
  'iam.accesskeymetadata': 'CreateAccessKey',
  'iam.mfadevice': 'EnableMFADevice',
  'iam.certificate': 'UploadSigningCertificate',
}

/** Whoever may be let into the roles that a page names. */
export const TRUST =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012","Service":["ecs.amazonaws.com","ecs-tasks.amazonaws.com","codebuild.amazonaws.com","codepipeline.amazonaws.com","codedeploy.amazonaws.com","events.amazonaws.com","ec2.amazonaws.com","lambda.amazonaws.com"]},"Action":"sts:AssumeRole"}]}'

/** Texts of which any will do, by member. */
export const SAMPLES: { readonly [member: string]: string } = {
  PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}',
  AssumeRolePolicyDocument: TRUST,
  SSHPublicKeyBody: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ staged',
  CertificateBody: '-----BEGIN CERTIFICATE-----\nstaged\n-----END CERTIFICATE-----',
  PrivateKey: '-----BEGIN RSA PRIVATE KEY-----\nstaged\n-----END RSA PRIVATE KEY-----',
  ServiceName: 'codecommit.amazonaws.com',
  Url: 'https://staged.example.com',
  title: 'Staged',
}

const PROJECT =
  '--artifacts type=NO_ARTIFACTS --environment type=LINUX_CONTAINER,image=aws/codebuild/standard:7.0,computeType=BUILD_GENERAL1_SMALL --service-role arn:aws:iam::123456789012:role/staged'

/** How things are made that take more than one call. */
interface Way {
  /** The operations that want it so; any where it is not said. */
  readonly wantedBy?: RegExp
  /** What the page shows where it is made so, as JSON. */
  readonly shows?: RegExp
  /** Whether the lines are for each thing that the command names, `{name}`. */
  readonly each?: true
  readonly lines: readonly string[]
  /** How long it takes, in milliseconds. */
  readonly takes: number
  /** A line that prints their ids. */
  readonly read: string
}

/** Two instances in a cluster, for tasks of the launch type EC2. */
const INSTANCES: readonly string[] = [
  'aws ecs create-cluster --cluster-name {cluster}',
  `aws iam create-role --role-name ecsInstanceRole --assume-role-policy-document '${TRUST}'`,
  'aws iam attach-role-policy --role-name ecsInstanceRole --policy-arn arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role',
  'aws iam create-instance-profile --instance-profile-name ecsInstanceRole',
  'aws iam add-role-to-instance-profile --instance-profile-name ecsInstanceRole --role-name ecsInstanceRole',
  "aws ec2 run-instances --image-id $(aws ec2 describe-images --owners amazon --query 'Images[?contains(Name, `ecs`)]|[0].ImageId' --output text) --instance-type m5.large --count 2 --iam-instance-profile Name=ecsInstanceRole --user-data 'echo ECS_CLUSTER={cluster} >> /etc/ecs/ecs.config'",
]

/** A service of a container that listens on port 80, on the instances of a cluster. */
const SERVICE_ON_INSTANCES: readonly string[] = [
  `aws ecs register-task-definition --family staged-ec2 --network-mode bridge --container-definitions '[{"name":"app","image":"nginx","cpu":10,"memory":128,"essential":true,"portMappings":[{"containerPort":80,"hostPort":0}]}]'`,
  'aws ecs create-service --cluster {cluster} --service-name staged-ec2 --task-definition staged-ec2 --launch-type EC2 --desired-count 2',
]

/** The same without instances. */
const SERVICE_ON_FARGATE: readonly string[] = [
  'aws ecs create-cluster --cluster-name {cluster}',
  `aws ecs register-task-definition --family staged-fargate --network-mode awsvpc --requires-compatibilities FARGATE --cpu 256 --memory 512 --container-definitions '[{"name":"app","image":"nginx","cpu":10,"memory":128,"essential":true}]'`,
  'aws ecs create-service --cluster {cluster} --service-name staged-fargate --task-definition staged-fargate --launch-type FARGATE --desired-count 2 --network-configuration "awsvpcConfiguration={subnets=[$(aws ec2 describe-subnets --query Subnets[0].SubnetId --output text)],assignPublicIp=ENABLED}"',
]

/** A service whose tasks are in task sets. */
const EXTERNAL_SERVICE: readonly string[] = [
  'aws ecs create-cluster --cluster-name {cluster}',
  `aws ecs register-task-definition --family staged-set --network-mode awsvpc --requires-compatibilities EC2 FARGATE --cpu 256 --memory 512 --container-definitions '[{"name":"app","image":"nginx","cpu":10,"memory":128,"essential":true}]'`,
  'aws ecs create-service --cluster {cluster} --service-name {service} --task-definition staged-set --deployment-controller type=EXTERNAL --desired-count 1 --network-configuration "awsvpcConfiguration={subnets=[$(aws ec2 describe-subnets --query Subnets[0].SubnetId --output text)]}"',
]

/** Things that take more than one call, the first way that suits. `{cluster}` stands for what the command has under that name. */
export const LINES: { readonly [noun: string]: readonly Way[] } = {
  'ecs.containerinstance': [
    {
      lines: INSTANCES,
      takes: 120_000,
      read: 'aws ecs list-container-instances --cluster {cluster} --query containerInstanceArns',
    },
  ],
  'ecs.task': [
    {
      wantedBy: /^RunTask$/,
      lines: INSTANCES,
      takes: 120_000,
      read: 'aws ecs list-container-instances --cluster {cluster} --query containerInstanceArns',
    },
    {
      wantedBy: /^(Describe|List)Tasks$/,
      shows: /"containerInstanceArn"/,
      lines: [...INSTANCES, ...SERVICE_ON_INSTANCES],
      takes: 180_000,
      read: 'aws ecs list-tasks --cluster {cluster} --service-name staged-ec2 --query taskArns',
    },
    {
      wantedBy: /TaskProtection$/,
      lines: SERVICE_ON_FARGATE,
      takes: 120_000,
      read: 'aws ecs list-tasks --cluster {cluster} --service-name staged-fargate --query taskArns',
    },
    {
      shows: /"startedBy":"ecs-svc/,
      lines: SERVICE_ON_FARGATE,
      takes: 120_000,
      read: 'aws ecs list-tasks --cluster {cluster} --service-name staged-fargate --query taskArns',
    },
  ],
  'ecs.service': [
    {
      wantedBy: /TaskSets?$|^UpdateServicePrimaryTaskSet$/,
      lines: EXTERNAL_SERVICE,
      takes: 5000,
      read: 'aws ecs list-services --cluster {cluster} --query serviceArns',
    },
  ],
  'ecs.taskset': [
    {
      lines: [
        ...EXTERNAL_SERVICE,
        'aws ecs create-task-set --cluster {cluster} --service {service} --task-definition staged-set --network-configuration "awsvpcConfiguration={subnets=[$(aws ec2 describe-subnets --query Subnets[0].SubnetId --output text)],securityGroups=[$(aws ec2 describe-security-groups --query SecurityGroups[0].GroupId --output text)]}"',
      ],
      takes: 5000,
      read: 'aws ecs describe-task-sets --cluster {cluster} --service {service} --query taskSets[].taskSetArn',
    },
  ],
  'ecs.capacityprovider': [
    {
      each: true,
      lines: [
        'aws ec2 create-launch-template --launch-template-name {name} --launch-template-data "ImageId=$(aws ec2 describe-images --owners amazon --query Images[0].ImageId --output text),InstanceType=t3.micro"',
        'aws autoscaling create-auto-scaling-group --auto-scaling-group-name {name} --launch-template LaunchTemplateName={name} --min-size 0 --max-size 10 --new-instances-protected-from-scale-in --vpc-zone-identifier $(aws ec2 describe-subnets --query Subnets[0].SubnetId --output text)',
        'aws ecs create-capacity-provider --name {name} --auto-scaling-group-provider "autoScalingGroupArn=$(aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names {name} --query AutoScalingGroups[0].AutoScalingGroupARN --output text),managedScaling={status=ENABLED,targetCapacity=100},managedTerminationProtection=ENABLED"',
      ],
      takes: 5000,
      read: 'aws ecs describe-capacity-providers --query capacityProviders[?autoScalingGroupProvider].capacityProviderArn',
    },
  ],
  'codepipeline.pipelineexecution': [
    {
      lines: [
        `aws codepipeline create-pipeline --pipeline '${JSON.stringify({ ...PIPELINE, name: '{pipelineName}' })}'`,
        'aws codepipeline start-pipeline-execution --name {pipelineName}',
      ],
      takes: 5000,
      read: 'aws codepipeline list-pipeline-executions --pipeline-name {pipelineName} --query pipelineExecutionSummaries[].pipelineExecutionId',
    },
  ],
  'codebuild.webhook': [
    {
      lines: [
        `aws codebuild create-project --name {projectName} --source type=GITHUB,location=https://github.com/staged/staged.git ${PROJECT}`,
        'aws codebuild update-project --name {projectName} --source type=GITHUB,location=https://github.com/staged/staged.git',
        'aws codebuild create-webhook --project-name {projectName}',
      ],
      takes: 1000,
      read: 'aws codebuild batch-get-projects --names {projectName} --query projects[].webhook.url',
    },
  ],
  'codebuild.sharedproject': [
    {
      lines: [
        `aws codebuild create-project --name staged --source type=GITHUB,location=https://github.com/staged/staged.git ${PROJECT}`,
        `aws codebuild put-resource-policy --resource-arn arn:aws:codebuild:us-east-1:123456789012:project/staged --policy '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:root"},"Action":"codebuild:BatchGetProjects","Resource":"*"}]}'`,
      ],
      takes: 1000,
      read: 'aws codebuild list-shared-projects --query projects',
    },
  ],
}

/** A task definition for instances, which has no network interface of its own. */
const ON_INSTANCES: JsonObject = { networkMode: 'bridge', requiresCompatibilities: ['EC2'] }

/** What a thing is made with for the command that wants it: the defaults, or others where the command says no network. */
export function defaultsFor(made: string, wanting: string, input: JsonObject): JsonObject {
  const plain =
    made === 'ecs.RegisterTaskDefinition' &&
    /^(StartTask|RunTask|CreateService)$/.test(wanting) &&
    input.networkConfiguration === undefined
  return { ...DEFAULTS[made], ...(plain ? ON_INSTANCES : {}) }
}

/** Operations that bring about what another takes away, shows or changes: by verb. */
export const OPPOSITES: { readonly [verb: string]: readonly string[] } = {
  Detach: ['Attach'],
  Remove: ['Add'],
  Delete: ['Put', 'Create', 'Register', 'Upload'],
  Untag: ['Tag'],
  Disassociate: ['Associate'],
  Stop: ['Start', 'Run'],
  Disable: ['Enable'],
  Deactivate: ['Enable'],
  Update: ['Put', 'Create', 'Upload'],
  Get: ['Put', 'Create', 'Update', 'Upload'],
  Reset: ['Create'],
  Deregister: ['Register'],
}
