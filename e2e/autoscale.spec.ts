// Load comes and the HorizontalPodAutoscaler answers, watched at sixty times real speed.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

test('replicas grow under load', async ({ page }) => {
  const bench = await Bench.open(page, 'autoscale')
  const pods = bench.thing(/^Pod php-apache-/)
  await expect(pods.first()).toBeVisible()
  const before = await pods.count()
  await bench.speed(60)
  await bench.play()
  await expect.poll(() => bench.now(), { timeout: 40_000 }).toBeGreaterThan(300_000)
  await bench.pause()
  expect(await pods.count()).toBeGreaterThan(before)
  await bench.type('kubectl get hpa php-apache')
  await bench.runOn('10 s')
  await expect(bench.output).toContainText(
    /php-apache\s+Deployment\/php-apache\s+cpu: \d+%\/50%\s+1\s+10\s+([2-9]|10)\s/,
  )
})
