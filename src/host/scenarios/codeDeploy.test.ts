import { describe, expect, it } from 'vitest'
import blueGreen from '../../lessons/scenes/blue-green.sh?raw'
import { readScene } from '../scene.ts'
import { Scenario } from './scenario.ts'

const { lines } = readScene('blue-green', blueGreen)

/** The shop of the scene: ECS behind a load balancer with two target groups, CodeDeploy with a canary, and customers. */
function shop(): Scenario {
  const lab = new Scenario(lines.filter(({ at }) => at === 0).map(({ line }) => line))
  lab.wait(150)
  lab.run("address=$(aws elbv2 describe-load-balancers --query 'LoadBalancers[0].DNSName' --output text)")
  lab.run(
    "listener=$(aws elbv2 describe-listeners --load-balancer-arn $(aws elbv2 describe-load-balancers --query 'LoadBalancers[0].LoadBalancerArn' --output text) --query 'Listeners[0].ListenerArn' --output text)",
  )
  lab.run('cd ~/shop')
  expect(lab.run('curl -s http://$address/')).toBe('shop 1.0')
  lab.run('lab traffic start customers --to http://$address/ --rate 40')
  return lab
}

/** Target groups and weights of the listener: `blue 90, green 10`. */
function weights(lab: Scenario): string {
  return lab
    .run(
      "aws elbv2 describe-listeners --listener-arns $listener --query 'Listeners[0].DefaultActions[0].ForwardConfig.TargetGroups[].[TargetGroupArn,Weight]' --output text",
    )
    .trim()
    .split('\n')
    .map((line) => line.replace(/^\S*targetgroup\/(\w+)\/\S+\s+/, '$1 '))
    .join(', ')
}

/** Creator, status and error of each deployment, newest first. */
function deployments(lab: Scenario): readonly string[] {
  return lab
    .run(
      "for id in $(aws deploy list-deployments --query 'deployments[]' --output text); do aws deploy get-deployment --deployment-id $id --query 'deploymentInfo.[creator,status,errorInformation.code]' --output text; done",
    )
    .trim()
    .split('\n')
}

function taskSets(lab: Scenario): string {
  return lab
    .run(
      "aws ecs describe-services --cluster shop --services shop --query 'services[0].taskSets[].[status,taskDefinition]' --output text",
    )
    .trim()
    .replace(/\tarn\S+task-definition\//g, ' ')
}

describe('CodeDeploy and ECS', () => {
  it('gives a tenth of the traffic to a broken version, and takes it back by itself when the alarm goes off', () => {
    const lab = shop()
    expect(taskSets(lab)).toBe('PRIMARY shop:1')
    expect(lab.run('sh release.sh 1.1 500')).toContain('"deploymentId": "d-')
    lab.wait(45)
    expect(weights(lab)).toBe('blue 90, green 10')
    expect(taskSets(lab)).toBe('PRIMARY shop:1\nACTIVE shop:2')
    lab.wait(75)
    expect(deployments(lab)).toEqual(['codeDeployRollback\tSucceeded\tNone', 'user\tStopped\tALARM_ACTIVE'])
    expect(weights(lab)).toMatch(/^blue \d+$/)
    lab.wait(60)
    expect(taskSets(lab)).toBe('PRIMARY shop:1')
    for (let i = 0; i < 5; i++) expect(lab.run('curl -s http://$address/')).toBe('shop 1.0')

    const back = lab.events.find(({ kind, type, data }) => {
      const { creator } = (data ?? {}) as { readonly creator?: string }
      return kind === 'aws.codedeploy.Deployment' && type === 'Created' && creator === 'codeDeployRollback'
    })
    const why = lab.why(back?.id ?? 0).join('\n')
    expect(why).toContain('errors')
    expect(why).toContain('sh release.sh 1.1 500')
    lab.checkPromises()
  }, 60_000)

  it('lets a good version through: a tenth for five minutes, then all, and the old tasks end', () => {
    const lab = shop()
    lab.run('sh release.sh 1.2')
    lab.wait(60)
    expect(weights(lab)).toBe('blue 90, green 10')
    expect(new Set(Array.from({ length: 40 }, () => lab.run('curl -s http://$address/')))).toEqual(
      new Set(['shop 1.0', 'shop 1.2']),
    )
    lab.run(
      'aws deploy wait deployment-successful --deployment-id $(aws deploy list-deployments --query "deployments[0]" --output text)',
    )
    expect(deployments(lab)).toEqual(['user\tSucceeded\tNone'])
    expect(weights(lab)).toMatch(/^green \d+$/)
    lab.wait(60)
    expect(taskSets(lab)).toBe('PRIMARY shop:2')
    expect(lab.run('curl -s http://$address/')).toBe('shop 1.2')

    lab.run('sh release.sh 1.3')
    lab.wait(60)
    expect(weights(lab)).toBe('green 90, blue 10')
    expect(
      lab.run(
        'aws deploy stop-deployment --auto-rollback-enabled --deployment-id $(aws deploy list-deployments --query "deployments[0]" --output text)',
      ),
    ).toContain('"status": ')
    lab.wait(60)
    expect(weights(lab)).toMatch(/^green \d+$/)
    expect(taskSets(lab)).toBe('PRIMARY shop:2')
    lab.checkPromises()
  }, 60_000)

  it('is told by a pipeline what to deploy: a push to the repository, and the alarm fails the execution', () => {
    const lab = shop()
    lab.run(
      `aws iam create-role --role-name pipeline --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"codepipeline.amazonaws.com"},"Action":"sts:AssumeRole"}]}'`,
    )
    lab.run(
      `aws iam put-role-policy --role-name pipeline --policy-name may --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["codecommit:*","codedeploy:*","ecs:RegisterTaskDefinition","iam:PassRole"],"Resource":"*"}]}'`,
    )
    lab.run('aws codecommit create-repository --repository-name shop')
    lab.run(
      'git init -q -b main road && cp appspec.yaml road/ && sed "s/VERSION/2.0/; s/STATUS/200/" taskdef.json > road/taskdef.json && cd road',
    )
    lab.run('git config user.email a@example.com && git config user.name A')
    lab.run(
      'git remote add origin $(aws codecommit get-repository --repository-name shop --query repositoryMetadata.cloneUrlHttp --output text)',
    )
    lab.run("git add . && git commit -qm 'Sell 2.0' && git push -q origin main")
    const action = (stage: string, category: string, provider: string, configuration: object, more: object) => ({
      name: stage,
      actions: [
        { name: stage, actionTypeId: { category, owner: 'AWS', provider, version: '1' }, configuration, ...more },
      ],
    })
    const pipeline = {
      name: 'shop',
      roleArn: 'arn:aws:iam::123456789012:role/pipeline',
      pipelineType: 'V2',
      artifactStore: { type: 'S3', location: 'shop-artifacts' },
      stages: [
        action(
          'Source',
          'Source',
          'CodeCommit',
          { RepositoryName: 'shop', BranchName: 'main' },
          { outputArtifacts: [{ name: 'source' }] },
        ),
        action(
          'Deploy',
          'Deploy',
          'CodeDeployToECS',
          {
            ApplicationName: 'shop',
            DeploymentGroupName: 'shop',
            TaskDefinitionTemplateArtifact: 'source',
            AppSpecTemplateArtifact: 'source',
          },
          { inputArtifacts: [{ name: 'source' }] },
        ),
      ],
    }
    expect(
      lab.run(
        `aws codepipeline create-pipeline --pipeline '${JSON.stringify(pipeline)}' --query pipeline.name --output text`,
      ),
    ).toBe('shop\n')
    lab.wait(600)
    expect(executions(lab)).toEqual(['Succeeded\tSell 2.0'])
    expect(lab.run('curl -s http://$address/')).toBe('shop 2.0')

    lab.run(
      "sed -i 's/return 200 .shop/return 500 \\\\u0027shop/' taskdef.json && git commit -qam 'Break it' && git push -q origin main",
    )
    lab.wait(300)
    expect(executions(lab)).toEqual(['Failed\tBreak it', 'Succeeded\tSell 2.0'])
    expect(deployments(lab).slice(0, 2)).toEqual(['codeDeployRollback\tSucceeded\tNone', 'user\tStopped\tALARM_ACTIVE'])
    const failed = lab.events.findLast(({ kind, type }) => kind === 'aws.codepipeline.Execution' && type === 'Failed')
    expect(lab.why(failed?.id ?? 0).at(-1)).toContain('git push')
    expect(lab.run('curl -s http://$address/')).toBe('shop 2.0')
    lab.checkPromises()
  }, 60_000)
})

function executions(lab: Scenario): readonly string[] {
  return lab
    .run(
      "aws codepipeline list-pipeline-executions --pipeline-name shop --query 'pipelineExecutionSummaries[].[status,sourceRevisions[0].revisionSummary]' --output text",
    )
    .trim()
    .split('\n')
}
