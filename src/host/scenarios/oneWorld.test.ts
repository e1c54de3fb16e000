import { describe, expect, it } from 'vitest'
import { Scenario } from './scenario.ts'

/** The sample service on its road: repository, build, registry, ECS behind a load balancer, Kubernetes. */
function road(): Scenario {
  const lab = new Scenario()
  lab.run('git clone -q https://git.example.com/quotes.git')
  lab.run('cd quotes')
  expect(lab.run('sh aws/setup.sh')).toContain('done: http://quotes-')
  lab.run("address=$(aws elbv2 describe-load-balancers --query 'LoadBalancers[0].DNSName' --output text)")
  lab.wait(150)
  return lab
}

function executions(lab: Scenario): readonly string[] {
  return lab
    .run(
      "aws codepipeline list-pipeline-executions --pipeline-name quotes --query 'pipelineExecutionSummaries[].[status,sourceRevisions[0].revisionSummary]' --output text",
    )
    .trim()
    .split('\n')
}

describe('one world', () => {
  it('takes a commit to ECS and to Kubernetes, and stops what is broken on the way', () => {
    const lab = road()
    expect(executions(lab)).toEqual(['Succeeded\tAnswer with words worth keeping'])
    expect(lab.run('curl -s http://$address/api/version')).toBe('1.0.0\n')
    expect(lab.run('kubectl get deployment quotes --no-headers')).toMatch(/^quotes +2\/2/)

    lab.run("sed -i 's/1.0.0/1.1.0/' nginx/default.conf && git commit -qam 'Say 1.1.0' && git push -q")
    lab.wait(150)
    expect(executions(lab)[0]).toBe('Succeeded\tSay 1.1.0')
    expect(lab.run('curl -s http://$address/api/version')).toBe('1.1.0\n')

    lab.run("echo '5;broken' >> data/quotes.csv && git commit -qam 'Add a quote' && git push -q")
    lab.wait(90)
    expect(executions(lab)[0]).toBe('Failed\tAdd a quote')
    const failed = lab.events.findLast(({ kind, type }) => kind === 'aws.codebuild.Build' && type === 'Failed')
    const why = lab.why(failed?.id ?? 0)
    expect(why.join('\n')).toContain('`npm test`')
    expect(why.at(-1)).toContain('git push')
    expect(lab.run('curl -s http://$address/api/version')).toBe('1.1.0\n')
    lab.checkPromises()
  })

  it('goes back by itself when the new revision fails its health checks', () => {
    const lab = road()
    lab.run(`sed -i 's/return 200 "ok/return 500 "ok/' nginx/default.conf && git commit -qam 'Break it' && git push -q`)
    lab.wait(600)
    expect(executions(lab)[0]).toBe('Failed\tBreak it')
    const events = lab.run(
      "aws ecs describe-services --cluster quotes --services quotes --query 'services[0].events[].message' --output text",
    )
    expect(events).toContain('deployment failed: tasks failed to start.')
    expect(events).toContain('rolling back to')
    expect(lab.run('curl -s http://$address/healthz')).toBe('ok\n')
    lab.checkPromises()
  })

  it('takes a canary back when the alarm of the load balancer goes off', () => {
    const lab = road()
    lab.run('lab traffic start customers --to http://$address/ --rate 40')
    lab.run(
      "balancer=$(aws elbv2 describe-load-balancers --query 'LoadBalancers[0].LoadBalancerArn' --output text | sed 's/.*loadbalancer.//')",
    )
    lab.run(
      'aws cloudwatch put-metric-alarm --alarm-name errors --namespace AWS/ApplicationELB --metric-name HTTPCode_Target_5XX_Count --dimensions Name=LoadBalancer,Value=$balancer --statistic Sum --period 60 --evaluation-periods 1 --threshold 5 --comparison-operator GreaterThanThreshold --treat-missing-data notBreaching',
    )
    const strategy =
      "--deployment-configuration 'strategy=CANARY,bakeTimeInMinutes=2,canaryConfiguration={canaryPercent=10,canaryBakeTimeInMinutes=5},alarms={alarmNames=[errors],enable=true,rollback=true},minimumHealthyPercent=100,maximumPercent=200'"
    expect(lab.run(`aws ecs update-service --cluster quotes --service quotes ${strategy}`)).toContain(
      '(ClientException) when calling the UpdateService operation: advancedConfiguration field is required for all loadBalancers when using the canary deployment strategy',
    )
    for (const line of [
      "vpc=$(aws ec2 describe-vpcs --filters Name=is-default,Values=true --query 'Vpcs[0].VpcId' --output text)",
      "blue=$(aws elbv2 describe-target-groups --names quotes --query 'TargetGroups[0].TargetGroupArn' --output text)",
      "green=$(aws elbv2 create-target-group --name green --protocol HTTP --port 8080 --vpc-id $vpc --target-type ip --health-check-path /healthz --health-check-interval-seconds 10 --query 'TargetGroups[0].TargetGroupArn' --output text)",
      "listener=$(aws elbv2 describe-listeners --load-balancer-arn $(aws elbv2 describe-load-balancers --query 'LoadBalancers[0].LoadBalancerArn' --output text) --query 'Listeners[0].ListenerArn' --output text)",
      'rule=$(aws elbv2 create-rule --listener-arn $listener --priority 1 --conditions Field=path-pattern,Values=/* --actions \'[{"Type":"forward","ForwardConfig":{"TargetGroups":[{"TargetGroupArn":"\'$blue\'","Weight":100},{"TargetGroupArn":"\'$green\'","Weight":0}]}}]\' --query \'Rules[0].RuleArn\' --output text)',
    ])
      lab.run(line)
    lab.run(
      `aws ecs update-service --cluster quotes --service quotes ${strategy} --load-balancers "targetGroupArn=$blue,containerName=web,containerPort=8080,advancedConfiguration={alternateTargetGroupArn=$green,productionListenerRule=$rule,roleArn=arn:aws:iam::123456789012:role/quotes-tasks}"`,
    )
    lab.wait(600)
    lab.run(`sed -i 's|location = /api|location / { return 500 "broken"; }\n    location = /api|' nginx/default.conf`)
    lab.run("git commit -qam 'Break the page' && git push -q")
    lab.wait(240)
    expect(executions(lab)[0]).toBe('Failed\tBreak the page')
    const alarm = lab.events.find(({ kind, into }) => kind === 'aws.cloudwatch.Alarm' && into === 'ALARM')
    expect(alarm).toBeDefined()
    const failed = lab.events.find(({ kind, type }) => kind === 'aws.ecs.Deployment' && type === 'Failed')
    expect(lab.why(failed?.id ?? 0).join('\n')).toContain('errors')
    expect(lab.run('curl -s http://$address/')).toContain('4 quotes')
    lab.checkPromises()
  })
})
