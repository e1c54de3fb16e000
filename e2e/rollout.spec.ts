// A rollout goes wrong at a bad image, and is taken back from the menu of its Deployment.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

test('a bad image is seen on the canvas and undone from the menu', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  await bench.type('kubectl set image deployment/web web=nginx:1.161')
  await bench.runOn('1 min')
  await expect(bench.output).toContainText('deployment.apps/web image updated')
  await expect(bench.thing(/^Pod web-.*, (ImagePullBackOff|ErrImagePull)/)).toHaveCount(1)
  await expect(bench.thing(/^Pod web-.*, Ready/)).toHaveCount(3)
  await bench.type('kubectl get pods')
  await bench.runOn('10 s')
  await expect(bench.output).toContainText(/ImagePullBackOff|ErrImagePull/)

  await bench.choose(bench.thing(/^Deployment web,/), /^Undo the last rollout/)
  await bench.runOn('1 min')
  await expect(bench.output).toContainText('kubectl rollout undo deployment')
  await expect(bench.output).toContainText('deployment.apps/web rolled back')
  await expect(bench.thing(/^Deployment web, Healthy/)).toBeVisible()
  await expect(bench.thing(/^Pod web-/)).toHaveCount(3)
  await expect(bench.thing(/^Pod web-.*, Ready/)).toHaveCount(3)
})
