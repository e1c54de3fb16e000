// Someone new finds first things to try, does some of them in their own order, and is left alone when they want to be.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

test('first things are ticked by what was done, and stay away once sent away', async ({ page }) => {
  const bench = new Bench(page)
  await page.goto('/#/lab/shop')
  await bench.settled()
  await bench.pause()
  const list = page.getByRole('region', { name: 'First things to try' })
  const toggle = list.getByRole('button', { name: /of 6$/ })
  await expect(toggle).toHaveText('First things to try0 of 6')
  await toggle.click()
  await expect(list.getByRole('listitem')).toHaveText([
    /^Kill a pod/,
    /^Scrub/,
    /^Ask why/,
    /^Break a node/,
    /^Type/,
    /^Build/,
  ])
  await toggle.click()

  await bench.type('kubectl get pods')
  await bench.runOn('10 s')
  await expect(toggle).toContainText('1 of 6')
  await bench
    .thing(/^Pod web-/)
    .first()
    .click()
  await expect(toggle).toContainText('2 of 6')
  await bench.timeline.getByRole('slider', { name: 'Time of the world' }).press('PageDown')
  await expect(toggle).toContainText('3 of 6')
  await toggle.click()
  await expect(list.getByRole('img', { name: 'Done' })).toHaveCount(3)

  await list.getByRole('button', { name: 'Send the list away' }).click()
  await expect(list).toBeHidden()
  await page.reload()
  await bench.settled()
  await expect(list).toBeHidden()
  await bench.find('First things to try')
  await expect(toggle).toContainText('3 of 6')
})

test('larger text is kept, and a conversation ends where the page is left', async ({ page }) => {
  await page.goto('/#/review')
  await expect(page.getByRole('heading', { name: 'Reviews', level: 1 })).toBeVisible()
  const bench = await Bench.open(page, 'shop')
  await bench.find('Settings')
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('button', { name: '200%' }).click()
  await expect(page.locator('body')).toHaveCSS('font-size', '26px')
  await page.goBack()
  await expect(settings).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Reviews', level: 1 })).toBeVisible()
  await page.goForward()
  await bench.settled()
  await expect(settings).toBeHidden()
  await expect(page.locator('body')).toHaveCSS('font-size', '26px')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
})
