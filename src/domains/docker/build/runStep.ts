import type { Emission, World } from '../../../kernel/index.ts'
import { startProcess } from '../../../shell/process.ts'
import { digestOf, startProblem } from '../../containerd/index.ts'
import { filesOfImage, runnableLayers } from '../image/runnable.ts'
import type { Build } from './build.ts'
import { type CacheRecord, cacheId } from './cache.ts'
import type { Operation, Vertex } from './graph.ts'
import { below, filesOf, stackOf } from './stack.ts'
import type { StepMount } from './step.ts'
import { fails } from './stepEvents.ts'

/** The container of a RUN, and the process in it. */
export function runStep(
  build: Build,
  vertex: Vertex,
  operation: Operation & { readonly is: 'run' },
  world: World,
): readonly Emission[] {
  const { layers, root } = stackOf(build, vertex.parent)
  const mounts: StepMount[] = []
  const env: { [name: string]: string } = { HOME: '/root', ...Object.fromEntries(operation.env) }
  for (const mount of operation.mounts) {
    if (mount.type === 'bind')
      mounts.push({ target: mount.target, files: below(filesOf(build, mount.from).tree, mount.source) })
    else if (mount.type === 'tmpfs') mounts.push({ target: mount.target, files: {} })
    else if (mount.type === 'cache') {
      const cache = mountKey(mount.id)
      const record = world.get(cacheId(build.owner, cache)) as CacheRecord | undefined
      mounts.push({ target: mount.target, files: record?.files ?? {}, cache })
    } else if (mount.type === 'secret') {
      const text = build.secrets[mount.id]
      if (text === undefined) {
        if (mount.required) return [fails(build, vertex, `secret ${mount.id}: not found`)]
        continue
      }
      if (mount.env !== undefined) env[mount.env] = text
      if (mount.env === undefined || mount.target !== '')
        mounts.push({ target: mount.target, files: { '': { text, at: 0, mode: 0o400 } } })
    }
  }
  if (operation.script)
    mounts.push({ target: operation.script.path, files: { '': { text: operation.script.data, at: 0, mode: 0o755 } } })
  const image = runnableLayers({ layers, root, config: {} })
  const tree = filesOfImage({ layers, root, config: {} })
  const problem = startProblem(
    image,
    operation.argv,
    (path) => tree[path] !== undefined || mounts.some(({ target }) => target === path),
  )
  if (problem) {
    const what = problem.message.replace(/^.*?error during container init: /, '').replace(/: unknown$/, '')
    return [
      fails(
        build,
        vertex,
        `process ${JSON.stringify(operation.argv.join(' '))} did not complete successfully: runc run failed: unable to start container process: error during container init: ${what}`,
        60,
      ),
    ]
  }
  const id = stepId(build, vertex)
  return [
    {
      to: id,
      kind: 'docker.BuildStep',
      type: 'Began',
      by: build.owner,
      data: { owner: build.id, vertex: vertex.id, layers, root, env, cwd: operation.cwd, mounts, written: {} },
    },
    { ...startProcess(`${id}/1`, { host: id, pid: 1, argv: operation.argv }), by: build.owner, after: 80 },
  ]
}

/** Key of the record that keeps a cache mount. */
export function mountKey(id: string): string {
  return `mount-${digestOf(id).slice(7, 31)}`
}

/** Id of the container of a step. */
export function stepId(build: Build, vertex: Vertex): string {
  return `docker.BuildStep/${build.id.slice(build.id.indexOf('/') + 1)}/${vertex.id}`
}
