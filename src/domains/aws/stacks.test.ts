import { describe, expect, it } from 'vitest'
import { Simulation } from '../../kernel/index.ts'
import { shellDomain } from '../../shell/index.ts'
import { dockerDomain } from '../docker/index.ts'
import { gitDomain } from '../git/index.ts'
import { placesDomain } from '../places/index.ts'
import { callService, REGION, servicePrincipal } from './core/index.ts'
import { awsDomain } from './index.ts'

const BODY = `
Parameters:
  Image: { Type: String, Default: 'aws/codebuild/standard:7.0' }
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { Service: codebuild.amazonaws.com }, Action: 'sts:AssumeRole' }]
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Name: !Sub '\${AWS::StackName}-build'
      ServiceRole: !GetAtt Role.Arn
      Source: { Type: NO_SOURCE, BuildSpec: "version: 0.2\\nphases: { build: { commands: [echo hi] } }" }
      Artifacts: { Type: NO_ARTIFACTS }
      TimeoutInMinutes: '15'
      Environment: { Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: !Ref Image }
  App:
    Type: AWS::CodeDeploy::Application
    Properties: { ComputePlatform: Server }
  Group:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties: { ApplicationName: !Ref App, ServiceRoleArn: !GetAtt Role.Arn, DeploymentGroupName: prod }
  Nightly:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 day)
      Targets: [{ Id: build, Arn: !GetAtt Build.Arn, RoleArn: !GetAtt Role.Arn }]
`

describe('a stack of the services of the lab', () => {
  it('is made, updated and deleted through their own operations', () => {
    const simulation = new Simulation({
      domains: [shellDomain, placesDomain, dockerDomain, gitDomain, awsDomain],
      seed: 1,
    })
    const call = (service: string, operation: string, input: object) => {
      const answer = callService({
        world: simulation.world,
        service,
        operation,
        input: input as never,
        principal: servicePrincipal('test'),
        region: REGION,
      })
      if ('output' in answer) for (const emission of answer.emit ?? []) simulation.schedule(emission, [])
      simulation.advanceTo(simulation.now + 60_000)
      return answer as { output?: { [member: string]: unknown }; error?: { code: string; message: string } }
    }
    const order = { StackName: 'shop', TemplateBody: BODY, Capabilities: ['CAPABILITY_IAM'] }
    expect(call('cloudformation', 'CreateStack', order).error).toBeUndefined()
    const events = call('cloudformation', 'DescribeStackEvents', { StackName: 'shop' }).output?.['StackEvents'] as {
      ResourceStatusReason?: string
      ResourceStatus: string
    }[]
    expect(events.filter(({ ResourceStatus }) => ResourceStatus.endsWith('FAILED'))).toEqual([])
    expect(call('cloudformation', 'DescribeStacks', { StackName: 'shop' }).output?.['Stacks']).toMatchObject([
      { StackStatus: 'CREATE_COMPLETE' },
    ])
    expect(call('codebuild', 'BatchGetProjects', { names: ['shop-build'] }).output?.['projects']).toMatchObject([
      { timeoutInMinutes: 15, environment: { image: 'aws/codebuild/standard:7.0' }, source: { type: 'NO_SOURCE' } },
    ])
    const update = { ...order, Parameters: [{ ParameterKey: 'Image', ParameterValue: 'aws/codebuild/standard:6.0' }] }
    expect(call('cloudformation', 'UpdateStack', update).error).toBeUndefined()
    expect(call('codebuild', 'BatchGetProjects', { names: ['shop-build'] }).output?.['projects']).toMatchObject([
      { environment: { image: 'aws/codebuild/standard:6.0' } },
    ])
    call('cloudformation', 'DeleteStack', { StackName: 'shop' })
    expect(call('cloudformation', 'DescribeStacks', { StackName: 'shop' }).error?.message).toBe(
      'Stack with id shop does not exist',
    )
    for (const [service, operation, list] of [
      ['codebuild', 'ListProjects', 'projects'],
      ['codedeploy', 'ListApplications', 'applications'],
      ['events', 'ListRules', 'Rules'],
    ] as const)
      expect(call(service, operation, {}).output?.[list]).toEqual([])
  })
})
