// Someone tries another course of events from a moment, and holds both against each other.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

test('what if there were six: both courses are run from one moment and shown side by side', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  await bench.find('What if')
  const dialog = page.getByRole('dialog', { name: 'What if…' })
  await dialog.getByLabel('Command line').fill('kubectl scale deployment web --replicas=6')
  await dialog.getByRole('button', { name: '1 min', exact: true }).click()
  await dialog.getByRole('button', { name: 'Run both' }).click()
  const compare = page.getByRole('dialog', { name: 'Compare two branches' })
  await expect(compare.getByRole('table', { name: /^Figures of both branches/ })).toContainText('Availability')
  const counts = compare.getByRole('table', { name: /^How many things/ })
  await expect(counts.getByRole('row', { name: /Pods/ })).toBeVisible()
  const cells = await counts.getByRole('row', { name: /Pods/ }).getByRole('cell').allTextContents()
  const [a, b] = cells.slice(-2).map(Number)
  expect((b ?? 0) - (a ?? 0)).toBe(3)
})
