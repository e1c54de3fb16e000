// Bad input of every sort gets the real tool's words or one clear sentence, and never takes the world along.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

const deployment = (replicas: string, extra = '') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: bad
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: bad
  template:
    metadata:
      labels:
        app: bad
    spec:
      containers:
      - name: server
        image: nginx:1.27
${extra}`

test('malformed YAML is marked with line and column as it is typed', async ({ page }) => {
  const bench = await Bench.open(page, 'three-nodes')
  await bench.openDock('Editor')
  await bench.dock.getByRole('button', { name: 'New file' }).first().click()
  await page.getByRole('textbox', { name: 'Name of the new file' }).fill('broken.yaml')
  await page.keyboard.press('Enter')
  await page
    .getByRole('textbox', { name: /^Text of .*broken\.yaml/ })
    .fill('kind: Pod\nmetadata:\n  name: [a, b\nspec: {}\n')
  const problems = page.getByRole('list', { name: 'Problems' })
  await expect(problems.getByRole('listitem').first()).toContainText(/^(Error)?\s*[34]:\d+/)
  await page.getByRole('textbox', { name: /^Text of .*broken\.yaml/ }).fill(deployment('3'))
  await expect(problems).toBeHidden()
})

test('wrong types, unknown fields and alias bombs get the words of kubectl', async ({ page }) => {
  const bench = await Bench.open(page, 'three-nodes')
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
  for (const [of, by] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh'])
    bomb.push(`${by}: &${by} [${`*${of},`.repeat(9).slice(0, -1)}]`)
  await bench.drop(bench.canvas, [{ name: 'types.yaml', text: deployment('three') }])
  await expect(bench.output).toContainText(
    'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
  )
  await bench.drop(bench.canvas, [{ name: 'fields.yaml', text: deployment('3', '        imagePolicy: Always\n') }])
  await expect(bench.output).toContainText(
    'strict decoding error: unknown field "spec.template.spec.containers[0].imagePolicy"',
  )
  await bench.drop(bench.canvas, [{ name: 'bomb.yaml', text: `${bomb.join('\n')}\n` }])
  await expect(bench.output).toContainText('error converting YAML to JSON: yaml: document contains excessive aliasing')
  await bench.runOn('10 s')
  await expect(bench.thing(/^Deployment /)).toHaveCount(0)
})

test('a file of 5 MB is refused wherever it comes from', async ({ page }) => {
  const bench = await Bench.open(page, 'three-nodes')
  await bench.drop(bench.canvas, [{ name: 'huge.yaml', text: `# ${'x'.repeat(5_000_000)}\n` }])
  await expect(bench.messages).toContainText('huge.yaml is larger than 1 MB, so it was not taken.')
  await bench.drop(bench.canvas, [{ name: 'huge.orrery.json', text: `"${'x'.repeat(5_000_001)}"` }])
  await expect(bench.messages).toContainText('The file is larger than 5 MB, so it was not read.')
  await expect(page.getByRole('heading', { name: 'Three small nodes' })).toBeVisible()
})

test('a damaged link says so and leaves the present world as it is', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  await expect(bench.thing(/^Pod web-/)).toHaveCount(3)
  const pods = await bench.names(bench.thing(/^Pod web-/))
  const { link, fingerprint } = await bench.share()
  const at = link.length - 40
  const tampered = `${link.slice(0, at)}${link[at] === 'A' ? 'B' : 'A'}${link.slice(at + 1)}`
  await page.goto(tampered)
  await expect(bench.messages).toContainText('This link is damaged.')
  await expect(bench.messages).toContainText('Your own world is as it was.')
  await expect(page.getByRole('heading', { name: 'Shop', level: 1 })).toBeVisible()
  await expect.poll(() => bench.names(bench.thing(/^Pod web-/))).toEqual(pods)
  expect((await bench.share()).fingerprint).toBe(fingerprint)
})

test('a corrupted save is set aside and a fresh world started', async ({ page }) => {
  await page.goto('/#/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.evaluate(
    () =>
      new Promise<void>((done, failed) => {
        const opening = indexedDB.open('keyval-store')
        opening.onupgradeneeded = () => opening.result.createObjectStore('keyval')
        opening.onerror = () => failed(opening.error)
        opening.onsuccess = () => {
          const writing = opening.result.transaction('keyval', 'readwrite')
          writing
            .objectStore('keyval')
            .put([{ id: 'one', title: 'Mine', save: { version: 1, seed: 'x' } }], 'orrery.shelf')
          writing.oncomplete = () => {
            opening.result.close()
            done()
          }
        }
      }),
  )
  // Away and back, so that the page is loaded with what is kept now.
  await page.goto('about:blank')
  await page.goto('/#/lab')
  const bench = new Bench(page)
  await expect(bench.canvas).toBeVisible()
  await expect(bench.messages).toContainText('A kept world is damaged and cannot be opened. A fresh one was started.')
  const download = page.waitForEvent('download')
  await bench.messages.getByRole('button', { name: 'Download what is left of it' }).click()
  expect((await download).suggestedFilename()).toBe('damaged.orrery.json')
  await expect(page.getByRole('heading', { name: 'Three small nodes' })).toBeVisible()
  await expect(bench.thing('Node node-a1, Ready')).toBeVisible()
})
