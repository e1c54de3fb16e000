// After the first load the network is not needed: nothing is asked of it, and what is kept is found again.
import { expect, type Page, test } from '@playwright/test'
import { Bench } from './bench.ts'

test.use({ serviceWorkers: 'allow' })

/** Waits until everything is on this machine. */
async function keptWhole(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
}

test('a reload without a network opens scenes, and saves survive', async ({ page, context }) => {
  const bench = await Bench.open(page, 'shop')
  await bench.type('kubectl scale deployment web --replicas=5')
  await bench.runOn('1 min')
  await expect(bench.thing(/^Pod web-.*, Ready/)).toHaveCount(5)
  const { fingerprint } = await bench.share()
  await keptWhole(page)
  await context.setOffline(true)
  await page.reload()
  await bench.settled()
  await expect(page.getByRole('heading', { name: 'Shop', level: 1 })).toBeVisible()
  expect((await bench.share()).fingerprint).toBe(fingerprint)

  // What was never opened before is there as well: another scene, the editor, home.
  await page.goto('/#/lab/three-nodes')
  await expect(bench.thing('Node node-a1, Ready')).toBeVisible()
  await bench.pause()
  await bench.openDock('Editor')
  await expect(bench.dock.getByRole('button', { name: 'New file' }).first()).toBeVisible()
  await page.goto('/#/')
  await expect(page.getByRole('button', { name: /^Kill .*, Ready/ }).first()).toBeVisible()
  await expect(page.getByRole('link', { name: /Resume/ })).toBeVisible()
})

test('once it is here nothing is asked of the network', async ({ page, context }) => {
  await page.goto('/#/')
  await keptWhole(page)
  await page.reload()
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  const asked: string[] = []
  context.on('request', (request) => {
    // What the page asks, its own service answers; what that asks goes out. To look for a new version is its only errand.
    if (request.serviceWorker() && !/\/sw\.js$/.test(request.url())) asked.push(request.url())
  })
  const bench = await Bench.open(page, 'shop')
  for (const tab of ['Terminal', 'Editor', 'Metrics', 'Events', 'Outline'] as const) await bench.openDock(tab)
  await bench
    .thing(/^Pod web-.*, Ready/)
    .first()
    .click()
  await expect(bench.inspector).toBeVisible()
  expect(asked).toEqual([])
})

test('a new version waits until it is asked for', async ({ page, context }) => {
  // The same page as it would be after the next release: one byte more in its service.
  let release = 0
  await context.route(/\/sw\.js$/, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: `${await response.text()}\n// release ${release}` })
  })
  await page.goto('/#/lab/shop')
  const bench = new Bench(page)
  await bench.settled()
  await keptWhole(page)
  await page.reload()
  await bench.settled()
  await page.evaluate(() => {
    document.body.dataset['old'] = 'true'
  })
  release = 1
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
  await expect(bench.messages).toContainText('A new version is ready.')
  // It has not reloaded by itself.
  await expect(page.locator('body')).toHaveAttribute('data-old', 'true')
  await bench.messages.getByRole('button', { name: 'Reload' }).click()
  await expect(page.locator('body')).not.toHaveAttribute('data-old', 'true')
  await bench.settled()
  await expect(page.getByRole('heading', { name: 'Shop', level: 1 })).toBeVisible()
})
