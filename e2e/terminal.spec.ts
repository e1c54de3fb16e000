// The terminal: sessions side by side, what the page does for the clock, search and copies of what was printed.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

test('two sessions each have their own directory', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  await bench.type('cd /tmp')
  await bench.dock.getByRole('button', { name: 'New session' }).click()
  await expect(bench.prompt).toBeFocused()
  await bench.type('pwd')
  await expect(bench.output).toContainText('/home/learner')
  await bench.dock.getByRole('button', { name: 'main', exact: true }).click()
  await bench.type('pwd')
  await expect(bench.output).toContainText('/tmp')
  await bench.dock.getByRole('button', { name: 'Close session 2' }).click()
  await expect(bench.dock.getByRole('button', { name: 'session 2', exact: true })).toBeHidden()
})

test('the clock is turned and a branch begun by lines', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  const end = await bench.now()
  await bench.type('lab goto 0:50')
  await expect.poll(() => bench.now()).toBe(50_000)
  await expect(bench.output).toContainText('It is 00:50.0.')
  await bench.type('lab goto now')
  await expect.poll(() => bench.now()).toBe(end)
  await bench.type('lab fork 1:00 kubectl scale deployment web --replicas=5')
  await expect(bench.timeline).toContainText('2 branches')
  await bench.type('lab explain web')
  await expect(bench.output).toContainText('kubectl scale deployment web --replicas=5')
})

test('what was printed is found and copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const bench = await Bench.open(page, 'shop')
  await bench.type('kubectl get deployments')
  await expect(bench.output).toContainText('web')
  await bench.prompt.press('Control+Shift+F')
  const search = bench.dock.getByRole('textbox', { name: 'Search in the output' })
  await search.fill('AVAILABLE')
  await search.press('Enter')
  await expect(bench.output.locator('[data-found]')).toContainText('AVAILABLE')
  await search.press('Escape')
  await bench.dock.getByRole('button', { name: 'Copy the last command and its output' }).click()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/^\$ kubectl get deployments\nNAME/)
})
