// A pod is Pending: its panel has the scheduler's exact words, each node's refusal, and a fix that was tried and works.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

test('why it is pending, why not here, and a fix', async ({ page }) => {
  const bench = await Bench.open(page, 'crowded')
  const pending = bench.thing(/^Pod web-.*, Pending/)
  await expect(pending).toHaveCount(1)
  await pending.click()
  await expect(bench.inspector).toBeVisible()
  await bench.inspector.getByRole('tab', { name: 'Why' }).click()
  await expect(bench.inspector.getByRole('heading', { name: 'Why is it Pending?' })).toBeVisible()
  const words = bench.inspector.getByRole('group', { name: /says$/ })
  await words.getByRole('button', { name: 'all', exact: true }).click()
  await expect(words).toContainText(
    '0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.',
  )
  const chain = bench.inspector.getByRole('list', { name: /^Why it is Pending/ })
  await expect(chain.getByRole('listitem').last()).toContainText('kubectl apply -f web.yaml')

  await expect(bench.inspector.getByRole('heading', { name: 'Why not here?' })).toBeVisible()
  const table = bench.inspector.getByRole('table', { name: /^What each rule said/ })
  await expect(table.getByRole('row', { name: /node-a1/ })).toContainText(/Insufficient cpu|short/)
  await expect(table.getByRole('row', { name: /node-b1/ })).toContainText(/Insufficient cpu|short/)
  await expect(table.getByRole('row', { name: /node-a2/ })).toContainText(/taint|dedicated/)

  const fix = bench.inspector.getByRole('button', { name: /Try it$/ }).first()
  await expect(fix).toBeVisible({ timeout: 60_000 })
  await fix.click()
  await bench.runOn('1 min')
  await expect(bench.thing(/^Pod web-.*, Pending/)).toHaveCount(0)
  await expect(bench.thing(/^Pod web-.*, Ready/)).toHaveCount(5)
})
