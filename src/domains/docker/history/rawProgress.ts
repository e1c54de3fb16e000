import { EPOCH } from '../../../kernel/index.ts'
import { digestOf } from '../../containerd/index.ts'
import type { Build } from '../build/build.ts'
import type { ProgressItem } from '../build/progress.ts'

/** Progress as lines of JSON, one for each vertex. Models: buildkit client/graph.go SolveStatus as progressui's rawjson prints it */
export function rawProgress(build: Build, items: readonly ProgressItem[]): string {
  return items
    .map((item) => {
      const digest = digestOf(`${build.id} ${build.born} ${item.id}`)
      const vertex = {
        digest,
        name: item.name,
        started: timeText(item.startedAt),
        ...(item.endedAt === undefined ? {} : { completed: timeText(item.endedAt) }),
        ...(item.cached ? { cached: true } : {}),
        ...(item.error === undefined ? {} : { error: item.error }),
      }
      const logs = item.log.map((line) => ({ vertex: digest, stream: 1, data: base64(`${line}\n`) }))
      return `${JSON.stringify({ vertexes: [vertex], ...(logs.length > 0 ? { logs } : {}) })}\n`
    })
    .join('')
}

function timeText(at: number): string {
  return new Date(EPOCH + at).toISOString()
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}
