// Ten minutes of a world with faults, run in the browser's worker, are the same history to the last byte as in Node (R1).
import { writeFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { labDomains } from '../src/host/composition.ts'
import { Lab } from '../src/host/lab.ts'
import { saveOf } from '../src/host/save.ts'
import { labViews } from '../src/host/views/index.ts'
import { digest } from '../src/kernel/index.ts'
import { writeSaveFile } from '../src/workspace/saveFile.ts'
import { Bench } from './bench.ts'

const END = 600_000

const history: readonly (readonly [seconds: number, line: string, by?: string])[] = [
  [0, 'lab cluster up --nodes 3 --zones 2'],
  [31, 'kubectl create deployment shop --image=nginx:1.27 --replicas=4 --port=80'],
  [40.25, 'kubectl expose deployment shop --port=80'],
  [50, 'lab traffic start customers --to service/shop --rate 80'],
  [70, 'kubectl set resources deployment shop --requests=cpu=200m,memory=128Mi'],
  [95.5, 'lab fault component kube-scheduler --for 30s', 'fault'],
  [100, 'kubectl scale deployment shop --replicas=6', 'canvas'],
  [160, 'lab fault node node-b1 --for 3m', 'fault'],
  [240, 'kubectl autoscale deployment shop --min=3 --max=8 --cpu=50%'],
  [290, 'kubectl set image deployment/shop nginx=nginx:1.161'],
  [350, 'kubectl rollout undo deployment/shop'],
  [400, 'lab fault partition node-a1 --for 1m', 'fault'],
  [430, 'for i in 1 2 3; do kubectl get pods; sleep 5; done'],
  [500, 'lab fault spike customers --times 10 --for 1m', 'fault'],
]

test('the browser tells the same story as Node', async ({ page }, info) => {
  const lab = new Lab({ domains: labDomains, views: labViews, seed: 2026 })
  for (const [seconds, line, by] of history) {
    lab.seek(seconds * 1000)
    lab.command(line, 'main', by)
  }
  lab.seek(END)
  const { journal } = lab.simulation
  const types = new Set(journal.slice(0).map(({ type }) => type))
  for (const type of ['PullFailed', 'Rescaled', 'MarkedUnknown', 'CutOff', 'Crashed']) expect(types).toContain(type)

  const file = info.outputPath('ten-minutes.orrery.json')
  await writeFile(file, writeSaveFile('Ten minutes', saveOf(lab)))

  const bench = await Bench.open(page, 'three-nodes')
  const chooser = page.waitForEvent('filechooser')
  await bench.find('Import a file')
  await (await chooser).setFiles(file)
  await expect(page.getByRole('heading', { name: 'Ten minutes' })).toBeVisible()
  await expect.poll(() => bench.now()).toBe(END)
  const { fingerprint } = await bench.share()
  expect(fingerprint).toBe(digest(journal))
})
