// From a push to running services: a repository, a pipeline, a registry, ECS behind a load balancer and Kubernetes beside it.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

test('by mouse: the menu of the pipeline releases, and its stages light up one after another', async ({ page }) => {
  const bench = await Bench.open(page, 'one-world')
  await expect(bench.thing('Pipeline quotes, Succeeded')).toBeVisible()
  await bench.choose(bench.thing('Stage Production, Succeeded'), /^Disable transition/, 'title')
  await bench.choose(bench.thing('Pipeline quotes,'), /^Release change/, 'title')
  await bench.runOn('1 min')
  await bench.runOn('1 min')
  await expect(bench.thing('Execution #2, Waiting')).toBeVisible()
  await bench.choose(bench.thing(/^Stage Production/), /^Enable transition/, 'title')
  await bench.runOn('1 min')
  await bench.runOn('1 min')
  await expect(bench.thing('Pipeline quotes, Succeeded')).toBeVisible()
  await expect(bench.thing('Execution #2, Succeeded')).toBeVisible()
  await bench.openDock('Terminal')
  await expect(bench.output).toContainText('aws codepipeline start-pipeline-execution --name quotes')
})

test('by keyboard: a broken commit stops in its build, and why leads from there to the push', async ({ page }) => {
  const bench = await Bench.open(page, 'one-world')
  await expect(bench.thing('Pipeline quotes, Succeeded')).toBeVisible()
  await bench.type("echo '5;broken' >> data/quotes.csv && git commit -qam 'Add a quote' && git push")
  await expect(bench.output).toContainText('main -> main')
  await bench.runOn('1 min')
  await expect(bench.thing('Stage Build, Failed')).toBeVisible()
  await bench.type(
    'aws codebuild batch-get-builds --ids $(aws codebuild list-builds --query "ids[0]" --output text) --query "builds[0].buildStatus"',
  )
  await bench.runOn('10 s')
  await expect(bench.output).toContainText('"FAILED"')
  await bench.thing('Action Image, Failed').click()
  await page.keyboard.press('Enter')
  const chain = bench.inspector.getByRole('list', { name: /^Why it is Failed/ })
  await expect(chain).toContainText('npm test')
  await expect(chain.getByRole('listitem').last()).toContainText('git push')
  await expect(chain.getByRole('listitem').last()).toContainText('It began here')
})

test('a canary goes back when the alarm of its load balancer goes off', async ({ page }) => {
  const bench = await Bench.open(page, 'one-world')
  await expect(bench.thing('ECS service quotes, Steady')).toBeVisible()
  for (const line of [
    "balancer=$(aws elbv2 describe-load-balancers --query 'LoadBalancers[0].LoadBalancerArn' --output text | sed 's/.*loadbalancer.//')",
    'aws cloudwatch put-metric-alarm --alarm-name errors --namespace AWS/ApplicationELB --metric-name HTTPCode_Target_5XX_Count --dimensions Name=LoadBalancer,Value=$balancer --statistic Sum --period 60 --evaluation-periods 1 --threshold 5 --comparison-operator GreaterThanThreshold --treat-missing-data notBreaching',
    "vpc=$(aws ec2 describe-vpcs --filters Name=is-default,Values=true --query 'Vpcs[0].VpcId' --output text)",
    "blue=$(aws elbv2 describe-target-groups --names quotes --query 'TargetGroups[0].TargetGroupArn' --output text)",
    "green=$(aws elbv2 create-target-group --name green --protocol HTTP --port 8080 --vpc-id $vpc --target-type ip --health-check-path /healthz --health-check-interval-seconds 10 --query 'TargetGroups[0].TargetGroupArn' --output text)",
    "listener=$(aws elbv2 describe-listeners --load-balancer-arn $(aws elbv2 describe-load-balancers --query 'LoadBalancers[0].LoadBalancerArn' --output text) --query 'Listeners[0].ListenerArn' --output text)",
    `rule=$(aws elbv2 create-rule --listener-arn $listener --priority 1 --conditions Field=path-pattern,Values=/* --actions '[{"Type":"forward","ForwardConfig":{"TargetGroups":[{"TargetGroupArn":"'$blue'","Weight":100},{"TargetGroupArn":"'$green'","Weight":0}]}}]' --query 'Rules[0].RuleArn' --output text)`,
    `aws ecs update-service --cluster quotes --service quotes --deployment-configuration 'strategy=CANARY,bakeTimeInMinutes=2,canaryConfiguration={canaryPercent=10,canaryBakeTimeInMinutes=5},alarms={alarmNames=[errors],enable=true,rollback=true},minimumHealthyPercent=100,maximumPercent=200' --load-balancers "targetGroupArn=$blue,containerName=web,containerPort=8080,advancedConfiguration={alternateTargetGroupArn=$green,productionListenerRule=$rule,roleArn=arn:aws:iam::123456789012:role/quotes-tasks}" --query service.status`,
  ])
    await bench.type(line)
  await expect(bench.output).toContainText('"ACTIVE"')
  await bench.runOn('5 min')
  await bench.runOn('5 min')
  for (const line of [
    `sed -i 's|location = /api|location / { return 500 "broken"; }\\n    location = /api|' nginx/default.conf`,
    "git commit -qam 'Break the page' && git push",
  ])
    await bench.type(line)
  await expect(bench.output).toContainText('main -> main')
  await bench.runOn('5 min')
  await expect(bench.thing('Stage Production, Failed')).toBeVisible()
  await bench.type(
    'curl -s http://$(aws elbv2 describe-load-balancers --query "LoadBalancers[0].DNSName" --output text)/',
  )
  await bench.runOn('10 s')
  await expect(bench.output).toContainText('4 quotes')
  await bench.type(
    "aws ecs describe-services --cluster quotes --services quotes --query 'services[0].events[].message'",
  )
  await bench.runOn('10 s')
  await expect(bench.output).toContainText('alarm detected: errors')
})
