import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

test('one request is followed hop by hop while the world stands, by keyboard alone', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  const before = await bench.now()
  await bench.find('Trace one request')
  const list = page.getByRole('region', { name: 'One request' })
  const hops = list.getByRole('button', { name: /^Hop \d/ })
  await expect(hops.first()).toHaveAccessibleName(/customers\. It sends GET http/)
  await expect(hops.last()).toHaveAccessibleName(/It answers 200 after \d+ ms/)
  await expect(list.getByText(/^200 after \d+ ms$/)).toBeVisible()
  await hops.first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(hops.nth(1)).toBeFocused()
  await expect(list.locator('[aria-current=step]')).toContainText('The load balancer at')
  await page.keyboard.press('End')
  await expect(hops.last()).toBeFocused()
  // Requests of one moment go to different endpoints.
  const endpoint = () => list.getByRole('button', { name: /The endpoint .* is chosen/ }).getAttribute('aria-label')
  const seen = new Set<string | null>()
  await expect
    .poll(async () => {
      seen.add(await endpoint())
      await list.getByRole('button', { name: 'Another one' }).click()
      return seen.size
    })
    .toBeGreaterThan(1)
  await hops.first().focus()
  await page.keyboard.press('Escape')
  await expect(list).toBeHidden()
  expect(await bench.now()).toBe(before)
})

test('heat names the thing that cannot follow, and why', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  await bench.find('Show or hide where it queues')
  const heat = page.getByRole('region', { name: 'Bottlenecks' })
  await expect(heat).toContainText('Nothing is short of anything.')
  await bench.type('kubectl set resources deployment web --requests=cpu=10m --limits=cpu=20m')
  await bench.runOn('1 min')
  await bench.type('lab traffic rate customers 4000')
  await bench.runOn('10 s')
  await expect(heat.getByRole('status')).toContainText(/Worst: Pod web-.*so it cannot follow/)
  await expect(page.locator('[data-heat="4"]').first()).toBeVisible()
  await heat.getByRole('button', { name: 'Hide heat' }).click()
  await expect(heat).toBeHidden()
})

test('charts have a table twin, and a click on one goes to that moment', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  await bench.openDock('Metrics')
  await bench.runOn('10 s')
  await bench.runOn('10 s')
  const chart = bench.dock.getByRole('img', { name: /^Requests: .*now \d+\/s/ })
  await expect(chart).toBeVisible()
  const end = await bench.now()
  const box = await chart.boundingBox()
  if (!box) throw new Error('the chart has no box')
  await page.mouse.click(box.x + box.width * 0.3, box.y + box.height * 0.4)
  await expect.poll(() => bench.now()).toBeLessThan(end)
  await bench.dock.getByRole('button', { name: 'Table', exact: true }).click()
  await expect(bench.dock.getByRole('table', { name: 'Requests, answers and use' })).toContainText('40/s')
})
