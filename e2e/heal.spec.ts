// A pod dies and another takes its place; asked why it is there, the new one leads back to the line that killed the old one.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

test('the menu of a pod deletes it, and why of its heir ends at that line', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  const pods = bench.thing(/^Pod web-/)
  await expect(pods).toHaveCount(3)
  const before = await bench.names(pods)
  const [, victim = ''] = /^Pod (\S+),/.exec(before[0] ?? '') ?? []
  await bench.choose(bench.thing(`Pod ${victim},`), /^Delete/)
  await bench.runOn('1 min')
  await expect(bench.thing(/^Pod web-.*, Ready/)).toHaveCount(3)
  await expect(bench.thing(`Pod ${victim},`)).toHaveCount(0)
  const after = await bench.names(pods)
  const heir = after.find((name) => !before.some((old) => old.split(',')[0] === name.split(',')[0]))
  expect(heir).toBeDefined()
  await bench.thing(heir ?? '').click()
  await page.keyboard.press('Enter')
  const chain = bench.inspector.getByRole('list', { name: /^Why it is Ready/ })
  await expect(chain.getByRole('listitem').last()).toContainText(`kubectl delete pod ${victim}`)
  await expect(chain.getByRole('listitem').last()).toContainText('It began here')
})

test('the Delete key and the faults under X do the same by keyboard', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  const pods = bench.thing(/^Pod web-/)
  await expect(pods).toHaveCount(3)
  const [first = ''] = await bench.names(pods)
  const [, victim = ''] = /^Pod (\S+),/.exec(first) ?? []
  await bench.thing(first).click()
  await expect(bench.inspector).toBeVisible()
  await page.keyboard.press('x')
  await bench.enter(/^Kill its container/)
  await bench.runOn('10 s')
  await bench.openDock('Terminal')
  await expect(bench.output).toContainText(`lab fault kill ${victim}`)
  await expect(bench.output).toContainText('a fault')
  await bench.runOn('1 min')
  await expect(bench.thing(`Pod ${victim}, Ready`)).toBeVisible()

  await bench.thing(`Pod ${victim},`).click()
  await page.keyboard.press('Delete')
  await bench.runOn('1 min')
  await expect(bench.thing(`Pod ${victim},`)).toHaveCount(0)
  await expect(bench.thing(/^Pod web-.*, Ready/)).toHaveCount(3)
})
