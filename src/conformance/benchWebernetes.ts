import { mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'vite'
import { type BenchResult, deployment, type PodCase, wantedOf } from './benchCase.ts'

type Webernetes = typeof import('@ngrok/webernetes')

/** Virtual ms that its clock is moved on by between two turns of the event loop: as fast as it goes, not in real time. */
const STRIDE = 1000

/** Bundles @ngrok/webernetes, which Node cannot import as it is published, and returns the path of the bundle. */
export async function bundleWebernetes(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'orrery-bench-'))
  const packages = createRequire(import.meta.url).resolve('vite/package.json')
  const entry = join(dirname(packages), '../@ngrok/webernetes/dist/index.js')
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: entry, outDir, minify: false, rollupOptions: { output: { entryFileNames: 'webernetes.mjs' } } },
  })
  return join(outDir, 'webernetes.mjs')
}

/** Measures @ngrok/webernetes on the same case, after a smaller one that warms it up. */
export async function measureWebernetes(one: PodCase, bundle: string): Promise<BenchResult> {
  const library = (await import(bundle)) as Webernetes
  await run({ ...one, replicas: Math.min(one.replicas, 20) }, library)
  globalThis.gc?.()
  return await run(one, library)
}

async function run(one: PodCase, { BaseImage, Cluster }: Webernetes): Promise<BenchResult> {
  const cluster = new Cluster({ nodes: one.nodes })
  for (const version of ['1.27', '1.28']) {
    cluster.registerImage(
      class extends BaseImage {
        static readonly imageName = 'nginx'
        static readonly imageVersion = version
        readonly defaultCommand = ['server']
        override async exec(context: Parameters<InstanceType<typeof BaseImage>['exec']>[0]): Promise<number> {
          return await context.waitUntilKilled()
        }
      },
    )
  }
  await cluster.init()
  const pods = new Map<string, { readonly image: string; readonly ready: boolean }>()
  const informer = cluster.informer('pods', (type, pod) => {
    if (pod.metadata?.namespace !== 'default') return
    const name = pod.metadata?.name ?? ''
    const ready = pod.status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') ?? false
    if (type === 'delete') pods.delete(name)
    else pods.set(name, { image: pod.spec?.containers[0]?.image ?? '', ready })
  })
  if (one.what === 'rolling') await settle(cluster, one, pods, 'nginx:1.27')
  const from = cluster.clock.nowMs()
  const [started, used] = [performance.now(), process.cpuUsage()]
  await settle(cluster, one, pods, one.what === 'rolling' ? 'nginx:1.28' : 'nginx:1.27')
  const ms = performance.now() - started
  const { user, system } = process.cpuUsage(used)
  const virtualMs = Math.round(cluster.clock.nowMs() - from)
  globalThis.gc?.()
  const heapMb = process.memoryUsage().heapUsed / 1e6
  const done = [...pods.values()].filter((pod) => pod.ready).length
  await informer.stop()
  void cluster.close()
  return { ms, cpuMs: (user + system) / 1000, virtualMs, done, heapMb }
}

async function settle(
  cluster: InstanceType<Webernetes['Cluster']>,
  one: PodCase,
  pods: ReadonlyMap<string, { readonly image: string; readonly ready: boolean }>,
  image: string,
): Promise<void> {
  for (let i = 0; i < one.deployments; i++) await cluster.apply([deployment(`web-${i}`, one.replicas, image) as never])
  const wanted = wantedOf(one)
  const settled = () => pods.size === wanted && [...pods.values()].every((pod) => pod.ready && pod.image === image)
  while (!settled()) {
    cluster.clock.step(STRIDE)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
