// A drain waits for a PodDisruptionBudget in kubectl's words, and goes on as soon as the budget allows it.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

test('the eviction is refused, tried again, and done once there is one more replica', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  await bench.type('kubectl create poddisruptionbudget web --selector=app=web --min-available=3')
  await bench.runOn('10 s')
  await expect(bench.output).toContainText('poddisruptionbudget.policy/web created')

  await bench.type('kubectl drain node-a1 --ignore-daemonsets')
  await bench.runOn('10 s')
  await expect(bench.output).toContainText('node/node-a1 cordoned')
  await expect(bench.output).toContainText(
    /error when evicting pods\/"web-\S+" -n "default" \(will retry after 5s\): Cannot evict pod as it would violate the pod's disruption budget\./,
  )
  await expect(bench.prompt).toHaveAccessibleName('Input to the running command')

  // The prompt is taken by the drain, so this is done on the canvas.
  await bench.choose(bench.thing(/^Deployment web,/), /^One more replica/)
  await expect(bench.output).toContainText('deployment.apps/web scaled')
  await bench.runOn('1 min')
  await expect(bench.output).toContainText(/pod\/web-\S+ evicted/)
  await expect(bench.output).toContainText('node/node-a1 drained')
  await expect(bench.prompt).toHaveAccessibleName('Command line')
  await bench.type('kubectl get pods -o wide --field-selector spec.nodeName=node-a1')
  await bench.runOn('10 s')
  await expect(bench.output).toContainText('No resources found in default namespace.')
})
