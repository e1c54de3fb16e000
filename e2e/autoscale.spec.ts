// Load comes and the HorizontalPodAutoscaler answers, watched at sixty times real speed.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

test('replicas grow under load', async ({ page }) => {
  const bench = await Bench.open(page, 'three-nodes')
  for (const line of [
    'kubectl create deployment php-apache --image=registry.k8s.io/hpa-example --port=80',
    'kubectl set resources deployment php-apache --requests=cpu=200m',
    'kubectl expose deployment php-apache --port=80 --type=LoadBalancer',
    'kubectl autoscale deployment php-apache --cpu=50% --min=1 --max=6',
  ]) {
    await bench.type(line)
    await bench.runOn('10 s')
  }
  await expect(bench.output).toContainText('horizontalpodautoscaler.autoscaling/php-apache autoscaled')
  await expect(bench.thing(/^Pod php-apache-.*, Ready/)).toHaveCount(1)

  await bench.type('lab traffic start load-generator --to service/php-apache --rate 100')
  const begun = await bench.now()
  await bench.speed(60)
  await bench.play()
  await expect.poll(() => bench.now(), { timeout: 60_000 }).toBeGreaterThan(begun + 150_000)
  await bench.pause()
  await expect(bench.thing(/^Pod php-apache-.*, Ready/)).toHaveCount(6)
  await bench.type('kubectl get hpa php-apache')
  await bench.runOn('10 s')
  await expect(bench.output).toContainText(/php-apache\s+Deployment\/php-apache\s+cpu: \d+%\/50%\s+1\s+6\s+6\s/)
})
