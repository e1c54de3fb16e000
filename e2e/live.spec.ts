// Someone takes away what was built, as a zip of files for the real tools, and brings it back in a world that has nothing of it.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { Bench } from './bench.ts'

test('a shop is taken away as a zip, and dropping the zip elsewhere builds it again', async ({ page }) => {
  const bench = await Bench.open(page, 'shop')
  await bench.find('Take it live')
  const dialog = page.getByRole('dialog', { name: 'Take it live' })
  await dialog.getByRole('button', { name: 'deployment-web.yaml' }).click()
  await expect(dialog.getByRole('figure', { name: 'kubernetes/default/deployment-web.yaml' })).toContainText(
    'image: nginx:1.27',
  )
  const downloading = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download as a zip' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('shop.zip')
  const bytes = await readFile(await download.path())
  const texts = Object.entries(unzipSync(new Uint8Array(bytes))).map(([path, text]) => [path, strFromU8(text)] as const)
  expect(texts.map(([path]) => path).sort()).toEqual([
    'shop/README.md',
    'shop/kubernetes/default/deployment-web.yaml',
    'shop/kubernetes/default/service-web.yaml',
    'shop/kubernetes/kustomization.yaml',
    'shop/up.sh',
  ])
  expect(Object.fromEntries(texts)['shop/kubernetes/default/deployment-web.yaml']).not.toMatch(
    /status:|uid:|creationTimestamp/,
  )

  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  const other = await Bench.open(page, 'docker')
  await other.dropBytes(other.canvas, 'shop.zip', bytes)
  await expect(other.output).toContainText('sh up.sh')
  await other.runOn('1 min')
  await expect(other.output).toContainText('deployment.apps/web created')
  await other.runOn('1 min')
  await expect(other.thing(/^Deployment web,/)).toBeVisible()
  await expect(other.thing(/^Pod web-.*, Ready/)).toHaveCount(3)
})

test('a zip that is none leaves the world as it is', async ({ page }) => {
  const bench = await Bench.open(page, 'docker')
  await bench.drop(bench.canvas, [{ name: 'odd.zip', text: 'not a zip at all' }])
  await expect(bench.messages).toContainText('The zip is damaged')
})

test('a folder dropped on the canvas is taken in like a zip of it', async ({ page }, info) => {
  const folder = info.outputPath('shop')
  await mkdir(`${folder}/kubernetes`, { recursive: true })
  await writeFile(`${folder}/up.sh`, 'kubectl apply -f kubernetes/settings.yaml\n')
  await writeFile(
    `${folder}/kubernetes/settings.yaml`,
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  colour: brass\n',
  )
  const bench = await Bench.open(page, 'three-nodes')
  await bench.dropPath(bench.canvas, folder)
  await expect(bench.output).toContainText('sh up.sh')
  await bench.runOn('10 s')
  await expect(bench.output).toContainText('configmap/settings created')
})
