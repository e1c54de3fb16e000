// Someone goes back by keyboard, acts in the past, and finds both pasts kept.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

test('acting in the past makes a branch and keeps the other', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  const pods = bench.thing(/^Pod web-/)
  await expect(pods).toHaveCount(3)
  await bench.runOn('10 s')
  const given = await bench.now()
  await bench.type('kubectl scale deployment web --replicas=5')
  await bench.runOn('1 min')
  await expect(pods).toHaveCount(5)

  const slider = bench.timeline.getByRole('slider', { name: 'Time of the world' })
  await slider.press('PageDown')
  await expect(slider).toHaveAttribute('aria-valuetext', /in the past/)
  const back = page.getByRole('main', { name: 'Canvas' }).getByRole('button', { name: 'Return to now' })
  await expect(back).toBeVisible()
  await back.click()
  await expect(back).toBeHidden()
  await expect(slider).not.toHaveAttribute('aria-valuetext', /in the past/)

  await slider.press('Home')
  await expect(slider).toHaveAttribute('aria-valuenow', '0')
  await slider.press('PageUp')
  await expect.poll(() => bench.now()).toBeGreaterThan(0)
  await slider.press('End')
  await expect(pods).toHaveCount(5)
  // Back to before the line was given: the terminal shows what had been typed by then.
  for (let at = await bench.now(); at >= given; at = await bench.now()) {
    await slider.press('PageDown')
    await expect.poll(() => bench.now()).toBeLessThan(at)
  }
  await expect(bench.output).not.toContainText('--replicas=5')
  await expect(pods).toHaveCount(3)
  await expect(back).toBeVisible()

  await bench.type('kubectl scale deployment web --replicas=1')
  await expect(bench.timeline).toContainText('2 branches')
  await bench.runOn('1 min')
  await expect(pods).toHaveCount(1)
  await expect(bench.output).toContainText('--replicas=1')

  await bench.timeline.getByRole('button', { name: /^Branch:/ }).click()
  await page.getByRole('menuitemcheckbox', { name: 'main', exact: true }).click()
  await expect(bench.timeline.getByRole('button', { name: 'Branch: main' })).toBeVisible()
  await slider.press('End')
  await expect(pods).toHaveCount(5)
  await expect(bench.output).toContainText('--replicas=5')
  await expect(bench.output).not.toContainText('--replicas=1')

  await bench.timeline.getByRole('button', { name: /^Branch:/ }).click()
  await page.getByRole('menuitemcheckbox', { name: /, from / }).click()
  await slider.press('End')
  await expect(pods).toHaveCount(1)

  await bench.timeline.getByRole('button', { name: 'compare' }).click()
  const sheet = page.getByRole('dialog', { name: 'Compare two branches' })
  await expect(sheet.getByRole('table', { name: 'Things whose state differs' }).getByRole('row')).not.toHaveCount(1)
})
