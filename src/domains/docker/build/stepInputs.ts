import { stable } from '../../../kernel/index.ts'
import type { Build } from './build.ts'
import { select, sumsOf } from './contents.ts'
import type { Vertex } from './graph.ts'
import type { StepInputs } from './reuse.rule.ts'
import { below, filesOf } from './stack.ts'

/** What a step's result depends upon; throws `NotFound`. */
export function inputsOf(build: Build, vertex: Vertex): StepInputs {
  const { operation } = vertex
  const parent = vertex.parent === undefined ? undefined : build.steps[vertex.parent]?.key
  switch (operation.is) {
    case 'image':
      return { command: `FROM ${operation.reference}@${operation.digest}` }
    case 'mkdir':
      return { parent, command: `WORKDIR ${operation.path} ${operation.user}`.trim() }
    case 'copy': {
      const files = Object.assign(
        {},
        ...operation.items.map((item) => sumsOf(select(item, operation, (path) => filesOf(build, path.from)))),
      ) as { [path: string]: string }
      const { items, excludes, is: _, ...rest } = operation
      const named = items.map((item) =>
        item.is === 'path'
          ? { path: item.path, parents: item.parents }
          : item.is === 'inline'
            ? { inline: item.name }
            : { url: item.url },
      )
      return { parent, command: `COPY ${stable({ ...rest, items: named, excludes })}`, files }
    }
    case 'run': {
      const mounts = operation.mounts.map(({ from: _, ...mount }) => mount)
      const files = Object.assign(
        {},
        ...operation.mounts
          .filter(({ type }) => type === 'bind')
          .map((mount) => {
            const { tree } = filesOf(build, mount.from)
            return sumsOf(
              Object.entries(below(tree, mount.source)).map(([path, node]) => ({
                below: `${mount.target}${path}`.slice(1),
                name: '',
                node,
                source: path,
              })),
            )
          }),
      ) as { [path: string]: string }
      const { argv, cwd, user, network, security, script } = operation
      return {
        parent,
        command: `RUN ${stable({ argv, cwd, user, network, security, script, mounts })}`,
        env: Object.fromEntries(operation.env),
        ...(Object.keys(files).length > 0 ? { files } : {}),
      }
    }
  }
}
