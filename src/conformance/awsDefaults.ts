import type { JsonObject } from '../kernel/index.ts'

/**
 * What a thing is made with that its page does not describe: members of the creating operation's input by service and operation.
 * `{name}` stands for its name.
 */
export const DEFAULTS: { readonly [operation: string]: JsonObject } = {
  'ecs.RegisterTaskDefinition': {
    containerDefinitions: [{ name: 'app', image: 'nginx', cpu: 10, memory: 128, essential: true }],
  },
  'ecs.CreateService': { desiredCount: 1, taskDefinition: 'staged' },
  'ecs.RunTask': { taskDefinition: 'staged', count: 1 },
  'codebuild.CreateProject': {
    source: { type: 'NO_SOURCE', buildspec: 'version: 0.2\nphases:\n  build:\n    commands:\n      - echo staged\n' },
    artifacts: { type: 'NO_ARTIFACTS' },
    environment: { type: 'LINUX_CONTAINER', image: 'aws/codebuild/standard:7.0', computeType: 'BUILD_GENERAL1_SMALL' },
    serviceRole: 'arn:aws:iam::123456789012:role/staged',
  },
  'codepipeline.CreatePipeline': {
    pipeline: {
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
    },
  },
  'codedeploy.CreateApplication': { computePlatform: 'Server' },
  'codedeploy.CreateDeploymentGroup': { serviceRoleArn: 'arn:aws:iam::123456789012:role/staged' },
  'codedeploy.CreateDeployment': {
    revision: { revisionType: 'S3', s3Location: { bucket: 'staged', key: 'app.zip', bundleType: 'zip' } },
  },
  'codecommit.PutFile': { branchName: 'main', fileContent: 'c3RhZ2Vk', filePath: 'README.md' },
  'elasticloadbalancing.CreateTargetGroup': { Protocol: 'HTTP', Port: 80 },
  'elasticloadbalancing.CreateListener': { Protocol: 'HTTP', Port: 80 },
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
  'codepipeline.pipelineexecution': 'StartPipelineExecution',
  'elasticloadbalancing.tagtargetgroup': 'CreateTargetGroup',
}
