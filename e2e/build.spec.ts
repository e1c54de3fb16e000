// From bare nodes to a served site, once with the mouse and once with the keyboard alone: a Deployment, a Service, and traffic that flows.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

// Requests fly only where motion is welcome.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

async function flows(bench: Bench): Promise<void> {
  await expect(bench.thing(/^Pod web-.*, Ready/)).toHaveCount(3)
  await expect(bench.thing(/^Service web-.*, Serving/)).toBeVisible()
  await expect(bench.thing(/^Clients .*, Sending/)).toBeVisible()
  // The rate stands on the line, and no share of failures beside it.
  await expect(bench.canvas.getByText(/^50\/s/)).toHaveText(/^50\/s(p95 \d+ ms)?$/)
}

test('with the mouse, by click and place and by a drag', async ({ page }) => {
  const bench = await Bench.open(page, 'three-nodes')
  const box = await bench.canvas.boundingBox()
  if (!box) throw new Error('the canvas has no box')
  const list = page.getByRole('listbox')
  const place = { position: { x: box.width / 2, y: box.height - 60 } }

  await bench.canvas.getByRole('button', { name: 'Add: Workloads' }).click()
  await list.getByRole('option', { name: /^Deployment/ }).click()
  await bench.canvas.hover(place)
  await expect(bench.canvas.getByText('kubectl create deployment')).toBeVisible()
  await bench.canvas.click(place)
  await expect(bench.thing(/^Deployment web-/)).toBeVisible()
  await bench.runOn('10 s')
  await expect(bench.thing(/^Pod web-.*, Ready/)).toHaveCount(3)

  // Pulled out of the list onto the Deployment, which is then what the Service stands for.
  await bench.canvas.getByRole('button', { name: 'Add: Network' }).click()
  await list.getByRole('option', { name: /^Service/ }).hover()
  await page.mouse.down()
  // The canvas may still be on its way to where it fits, so that it is aimed at until it is met.
  await expect(async () => {
    const onto = await bench.thing(/^Deployment web-/).boundingBox()
    if (!onto) throw new Error('nothing to aim at')
    await page.mouse.move(onto.x + onto.width / 2, onto.y + onto.height / 2, { steps: 6 })
    await expect(bench.canvas.getByText('kubectl expose deployment')).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 60_000 })
  await page.mouse.up()
  await expect(bench.thing(/^Service web-/)).toBeVisible()

  await bench.canvas.getByRole('button', { name: 'Add: Network' }).click()
  await list.getByRole('option', { name: /^Traffic/ }).click()
  await bench.thing(/^Service web-/).click()
  await bench.runOn('10 s')
  await flows(bench)
})

test('with the keyboard alone', async ({ page }) => {
  const bench = await Bench.open(page, 'three-nodes')
  for (const what of ['Add Deployment', 'Add Service', 'Add Traffic']) {
    await bench.find(what)
    await runOnByKeys(bench)
  }
  await flows(bench)

  // The outline is the canvas in words: all that was built is there, and one more can be added to it.
  await page.keyboard.press('Alt+o')
  const tree = page.getByRole('tree', { name: 'Outline of the world' })
  await expect(tree.getByRole('treeitem', { name: /^web-\S+ Deployment/ })).toBeVisible()
  await tree.getByRole('treeitem').first().focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await expect(page.getByRole('button', { name: 'Add', exact: true })).toBeFocused()
  await page.keyboard.press('Enter')
  await bench.enter(/^Job$/)
  await runOnByKeys(bench)
  await expect(tree.getByRole('treeitem', { name: /^count-\S+ Job/ })).toBeVisible()
})

async function runOnByKeys(bench: Bench): Promise<void> {
  const before = await bench.now()
  await bench.timeline.getByRole('button', { name: 'Run until', exact: true }).press('Enter')
  await bench.enter(/, 10 s on$/)
  await expect.poll(() => bench.now()).toBeGreaterThan(before)
}
