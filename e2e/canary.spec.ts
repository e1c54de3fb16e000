// A broken version gets a tenth of the customers; the alarm goes off, and CodeDeploy takes the traffic back by itself.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

test('an alarm ends a canary, and the page shows how the traffic goes back and why', async ({ page }) => {
  const bench = await Bench.open(page, 'blue-green')
  const printed = async (line: string, words: RegExp): Promise<void> => {
    await bench.type(line)
    await bench.runOn('10 s')
    await expect(bench.output).toContainText(words)
  }
  const weights =
    "aws elbv2 describe-rules --listener-arn $(aws elbv2 describe-listeners --load-balancer-arn $(aws elbv2 describe-load-balancers --query 'LoadBalancers[0].LoadBalancerArn' --output text) --query 'Listeners[0].ListenerArn' --output text) --query 'Rules[0].Actions[0].ForwardConfig.TargetGroups[].Weight' --output text"
  const status = "aws deploy get-deployment --query 'deploymentInfo.[creator,status]' --output text --deployment-id"
  await printed(weights, /90\s+10/)
  await printed(`${status} $(aws deploy list-deployments --query 'deployments[0]' --output text)`, /user\s+InProgress/)

  await bench.runOn('1 min')
  await expect(bench.thing('Alarm errors, ALARM')).toBeVisible()
  await bench.thing(/^Alarm errors/).click()
  await expect(bench.inspector.getByRole('list', { name: /^Why it is/ })).toContainText('sh release.sh 1.1 500')
  await printed(
    `${status} $(aws deploy list-deployments --query 'deployments[0]' --output text)`,
    /codeDeployRollback\s+Succeeded/,
  )
  await printed(`${status} $(aws deploy list-deployments --query 'deployments[1]' --output text)`, /user\s+Stopped/)
})
