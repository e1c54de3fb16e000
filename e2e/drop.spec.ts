// Someone brings a manifest of their own: dropped on the canvas it is applied, uploaded in the editor it can be applied at the prompt.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

const manifest = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app: ${name}
spec:
  replicas: 3
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
      - name: server
        image: nginx:1.27
        ports:
        - containerPort: 80
`

test('a manifest dropped on the canvas becomes a Deployment with its pods', async ({ page }) => {
  const bench = await Bench.open(page, 'three-nodes')
  await bench.drop(bench.canvas, [{ name: 'greeter.yaml', text: manifest('greeter') }])
  await expect(bench.output).toContainText('kubectl apply -f')
  await expect(bench.thing(/^Deployment greeter,/)).toBeVisible()
  await bench.runOn('10 s')
  await bench.runOn('10 s')
  await expect(bench.output).toContainText('deployment.apps/greeter created')
  await expect(bench.thing(/^Pod greeter-.*, Ready/)).toHaveCount(3)
})

test('a manifest uploaded in the editor is applied at the prompt', async ({ page }) => {
  const bench = await Bench.open(page, 'three-nodes')
  await bench.openDock('Editor')
  const chooser = page.waitForEvent('filechooser')
  await bench.dock.getByRole('button', { name: 'Upload', exact: true }).click()
  await (await chooser).setFiles({
    name: 'greeter.yaml',
    mimeType: 'application/yaml',
    buffer: Buffer.from(manifest('greeter')),
  })
  await expect(
    bench.dock.getByRole('navigation', { name: 'Files' }).getByRole('button', { name: 'greeter.yaml' }),
  ).toBeVisible()
  await bench.openDock('Terminal')
  await bench.type('kubectl apply -f greeter.yaml')
  await bench.runOn('10 s')
  await expect(bench.output).toContainText('deployment.apps/greeter created')
  await bench.runOn('10 s')
  await bench.type('kubectl get deployment greeter')
  await bench.runOn('10 s')
  await expect(bench.output).toContainText(/greeter\s+3\/3\s+3\s+3/)
})

test('a file that is no text, and one that is too large, are refused with the reason', async ({ page }) => {
  const bench = await Bench.open(page, 'three-nodes')
  await bench.drop(bench.canvas, [
    { name: 'picture.yaml', text: 'a\u0000b' },
    { name: 'large.yaml', text: `# ${'x'.repeat(5_000_000)}\n` },
  ])
  await expect(bench.messages).toContainText('picture.yaml is not text, so it was not taken.')
  await expect(bench.messages).toContainText('large.yaml is larger than 1 MB, so it was not taken.')
})
