// A small app is built from nothing on the canvas: placed, connected, refused with the reason, copied, duplicated and taken back.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

test('by mouse: place, connect, be refused with the reason, duplicate, undo', async ({ page }) => {
  const bench = await Bench.open(page, 'three-nodes')
  await place(bench, 'Deployment')
  await bench.runOn('10 s')
  const deployment = bench.thing(/^Deployment web-\d, Healthy/)
  await expect(deployment).toHaveCount(1)
  await place(bench, 'Service')
  await bench.runOn('10 s')
  const service = bench.thing(/^Service web-\d, Serving/)
  await expect(service).toHaveCount(1)

  // A line from the Service to a machine is refused while it is held, with what it could go to.
  await service.hover()
  const grip = await service.locator('.dg-grip').boundingBox()
  if (!grip) throw new Error('the Service has no handle')
  await page.mouse.move(grip.x + 6, grip.y + 6)
  await page.mouse.down()
  const node = await bench.thing(/^Node node-a1/).boundingBox()
  if (!node) throw new Error('there is no node')
  await page.mouse.move(node.x + 60, node.y + 14, { steps: 6 })
  await expect(bench.canvas).toContainText('A Service cannot be connected to a Node. It connects to: Deployments.')
  await expect(deployment).toHaveAttribute('data-target', 'may')
  await expect(bench.thing(/^Node node-b1/)).toHaveAttribute('data-target', 'not')
  const target = await deployment.boundingBox()
  if (!target) throw new Error('there is no Deployment')
  await page.mouse.move(target.x + 30, target.y + 14, { steps: 6 })
  await expect(bench.canvas).toContainText('kubectl set selector service')
  await page.mouse.up()
  await bench.openDock('Terminal')
  await bench.runOn('10 s')
  await expect(bench.output).toContainText('selector updated')

  // Copied, it is YAML that anyone could apply; duplicated, it is another with pods of its own.
  await deployment.click({ position: { x: 20, y: 12 } })
  await page.keyboard.press('Control+c')
  await expect(bench.messages).toContainText('Copied Deployment')
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toMatch(/^apiVersion: apps\/v1\nkind: Deployment\n/)
  expect(text).not.toMatch(/^status:|uid:|resourceVersion:/m)
  await page.keyboard.press('Control+d')
  await bench.runOn('10 s')
  await expect(bench.thing(/^Deployment web-\d/)).toHaveCount(2)
  await bench.canvas.focus()
  await page.keyboard.press('Control+z')
  await expect(bench.messages).toContainText('Undid: kubectl apply')
  await bench.runOn('1 min')
  await expect(bench.thing(/^Deployment web-\d/)).toHaveCount(1)
})

test('pasted YAML becomes things, and what nobody knows is refused', async ({ page }) => {
  const bench = await Bench.open(page, 'three-nodes')
  const paste = async (text: string) => {
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
    await bench.canvas.focus()
    await page.keyboard.press('Control+v')
  }
  await paste(
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: words\ndata:\n  a: b\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: lone\nspec:\n  containers:\n  - name: web\n    image: nginx:1.27\n',
  )
  await expect(bench.output).toContainText('kubectl apply -f /home/learner/pasted-1.yaml')
  await bench.runOn('10 s')
  await expect(bench.output).toContainText('configmap/words created')
  await expect(bench.thing('Pod lone, Ready')).toBeVisible()
  await paste('dear: diary\n')
  await expect(bench.messages).toContainText('Nothing here takes in a text that begins with “dear: diary”.')
})

test('by keyboard: place, connect, choose several, take away and bring back', async ({ page }) => {
  const bench = await Bench.open(page, 'three-nodes')
  await bench.canvas.focus()
  for (const name of ['Deployment', 'Service']) {
    await page.keyboard.press('a')
    const field = page.getByRole('combobox', { name: 'Add to the canvas' })
    await field.fill(name)
    await expect(page.getByRole('option', { selected: true })).toContainText(name)
    await field.press('Enter')
    await expect(field).toBeHidden()
    await bench.canvas.focus()
    await page.keyboard.press('Enter')
    await bench.runOn('10 s')
    await expect(bench.thing(new RegExp(`^${name} web-\\d`))).toHaveCount(1)
    await bench.canvas.focus()
  }
  // The ring goes from thing to thing; from the Service a line is drawn to the Deployment.
  await go(bench, /^Service web/)
  await page.keyboard.press('c')
  await go(bench, /^Deployment web/)
  await page.keyboard.press('Enter')
  await bench.openDock('Terminal')
  await expect(bench.output).toContainText('kubectl set selector service')
  await bench.runOn('10 s')
  await bench.canvas.focus()
  await go(bench, /^Deployment web/)
  await page.keyboard.press('Delete')
  await expect(bench.messages).toContainText('Taken away: Deployment')
  await bench.runOn('1 min')
  await expect(bench.thing(/^Deployment web/)).toHaveCount(0)
  await bench.canvas.focus()
  await page.keyboard.press('Control+z')
  await expect(bench.messages).toContainText('What is there now is new: time goes on.')
  await bench.runOn('10 s')
  await expect(bench.thing(/^Deployment web-\d, Healthy/)).toHaveCount(1)
})

test('a template is a running system, and one key tidies what was dragged', async ({ page }) => {
  const bench = await Bench.open(page, 'three-nodes')
  await bench.canvas.getByRole('button', { name: 'Templates' }).click()
  await page.getByRole('button', { name: /Web app on Kubernetes/ }).click()
  await bench.runOn('1 min')
  await expect(bench.thing('Service storefront, Serving')).toBeVisible()
  await expect(bench.thing(/^Pod storefront-.*, Ready/)).toHaveCount(3)
  const service = bench.thing('Service storefront, Serving')
  const before = await service.boundingBox()
  if (!before) throw new Error('there is no Service')
  await page.mouse.move(before.x + 20, before.y + 12)
  await page.mouse.down()
  await page.mouse.move(before.x + 20, before.y + 90, { steps: 6 })
  await page.mouse.up()
  await bench.canvas.focus()
  await page.keyboard.press('Control+z')
  await expect(bench.messages).toContainText('Undid the move.')
})

/** Takes something from the palette by its name and puts it on the bare canvas. */
async function place(bench: Bench, name: string): Promise<void> {
  const { page } = bench
  await bench.canvas.getByRole('button', { name: 'Add anything' }).click()
  await page.getByRole('combobox', { name: 'Add to the canvas' }).fill(name)
  await page
    .getByRole('option', { name: new RegExp(`^${name}\\b`) })
    .first()
    .click()
  const box = await bench.canvas.boundingBox()
  if (!box) throw new Error('there is no canvas')
  await page.mouse.click(box.x + box.width - 40, box.y + box.height - 20)
}

/** Brings the ring to a thing with arrow keys alone. */
async function go(bench: Bench, name: RegExp): Promise<void> {
  const { page, canvas } = bench
  await page.keyboard.press('Home')
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown'])
    for (let i = 0; i < 8; i++) {
      const active = await canvas.getAttribute('aria-activedescendant')
      const label = active === null ? '' : await page.locator(`[id="${active}"]`).getAttribute('aria-label')
      if (name.test(label ?? '')) return
      await page.keyboard.press(key)
    }
  throw new Error(`no way by arrow keys to ${name}`)
}
