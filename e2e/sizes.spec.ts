// From a phone to a projector: nothing runs out of the page sideways, and what matters can be reached.
import { expect, type Locator, type Page, test } from '@playwright/test'
import { Bench } from './bench.ts'

async function fits(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth))
    .toBe(0)
}

async function inside(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible()
  await expect(async () => {
    const box = await control.boundingBox()
    const size = page.viewportSize()
    if (!box || !size) throw new Error('nothing to measure')
    expect(box.x).toBeGreaterThanOrEqual(0)
    expect(box.x + box.width).toBeLessThanOrEqual(size.width)
    expect(box.y + box.height).toBeLessThanOrEqual(size.height)
  }).toPass({ timeout: 30_000 })
}

test('a phone of 360 by 740', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto('/#/')
  await expect(page.getByRole('button', { name: /^Kill .*, Ready/ }).first()).toBeVisible()
  await fits(page)
  await page.goto('/#/lab/shop')
  const bench = new Bench(page)
  await bench.settled()
  await fits(page)
  const bar = page.getByRole('navigation', { name: 'Panels' })
  for (const name of ['Terminal', 'Editor', 'Metrics', 'Events', 'Outline', 'Inspect']) {
    await inside(page, bar.getByRole('button', { name }))
  }
  await inside(page, bench.timeline.getByRole('button', { name: 'Pause', exact: true }))
  await inside(page, bench.timeline.getByRole('slider', { name: 'Moment' }))
  await inside(page, page.getByRole('button', { name: 'Find anything, run anything' }))
  await inside(page, page.getByRole('button', { name: 'More' }))

  await bar.getByRole('button', { name: 'Terminal' }).click()
  const sheet = page.getByRole('dialog', { name: 'Terminal' })
  await sheet.getByRole('combobox', { name: 'Command line' }).fill('kubectl get deployments')
  await page.keyboard.press('Enter')
  await expect(bench.output).toContainText(/web\s+3\/3/)
  await fits(page)
  // The first Escape leaves the line, the second the sheet.
  await page.keyboard.press('Escape')
  await expect(bench.prompt).not.toBeFocused()
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await bench.thing(/^Deployment web,/).click()
  await bar.getByRole('button', { name: 'Inspect' }).click()
  await expect(
    page.getByRole('dialog', { name: 'Inspector' }).getByRole('heading', { name: 'web', exact: true }),
  ).toBeVisible()
  await fits(page)
})

test('a projector of 1920 by 1080, presenting', async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 1080 })
  const bench = await Bench.open(page, 'shop')
  await fits(page)
  await page.getByRole('group', { name: 'Mode' }).getByRole('button', { name: 'Present' }).click()
  await expect(page.getByRole('heading', { name: 'Shop', level: 1 })).toBeVisible()
  await fits(page)
  const pods = page.getByRole('group', { name: /^Pod web-/ })
  await expect(pods).toHaveCount(3)
  for (let i = 0; i < 3; i++) await inside(page, pods.nth(i))
  await inside(page, page.getByRole('list', { name: 'Keys' }))
  const size = await page
    .getByRole('heading', { name: 'Shop', level: 1 })
    .evaluate((one) => Number.parseFloat(getComputedStyle(one).fontSize))
  expect(size).toBeGreaterThanOrEqual(20)
  await page.keyboard.press('f')
  await expect(page.getByText(/world held at/)).toBeHidden()
  await page.keyboard.press('f')
  await expect(page.getByText(/world held at/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(bench.timeline).toBeVisible()
})
