// On a tour through the page the console stays silent, the policy is never broken, and nothing but the page's own origin is asked.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

test.use({ contextOptions: { reducedMotion: 'no-preference' } })

test('nothing is complained of and nothing is fetched from elsewhere', async ({ page, baseURL }) => {
  const complaints: string[] = []
  const foreign: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (/^(https?|wss?):/.test(request.url()) && new URL(request.url()).origin !== new URL(baseURL ?? '').origin)
      foreign.push(request.url())
  })
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`policy: ${violatedDirective} ${blockedURI}`)
    })
  })
  await page.goto('/#/')
  await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveCount(1)
  await page
    .getByRole('button', { name: /^Kill .*, Ready/ })
    .first()
    .press('x')
  const bench = await Bench.open(page, 'shop')
  for (const tab of ['Terminal', 'Editor', 'Metrics', 'Events', 'Outline'] as const) await bench.openDock(tab)
  await bench.openDock('Editor')
  await bench.dock.getByRole('button', { name: 'web.yaml' }).click()
  await expect(page.getByRole('textbox', { name: /^Text of/ })).toBeVisible()
  await bench
    .thing(/^Pod web-.*, Ready/)
    .first()
    .click()
  for (const tab of ['State', 'YAML', 'Events', 'Metrics', 'Why'])
    await bench.inspector.getByRole('tab', { name: tab }).click()
  await bench.share()
  await bench.find('Zoom to Fleet')
  await bench.find('Zoom to Node')
  await bench.play()
  await expect.poll(() => bench.now()).toBeGreaterThan(77_000)
  await bench.find('Present to a class')
  await page.keyboard.press('Escape')
  await expect(bench.timeline).toBeVisible()
  // The specs themselves keep service workers away; offline.spec.ts has one.
  expect(complaints.filter((text) => !text.includes('blocked by Playwright'))).toEqual([])
  expect(foreign).toEqual([])
})
