import { type Session, withChanges } from '../../shell/index.ts'
import { defineLabView } from '../labView.ts'

/** One file or directory of a session. */
export interface FileEntry {
  readonly path: string
  readonly dir: boolean
  /** Characters of its text. */
  readonly size: number
  /** Virtual time of its last change. */
  readonly at: number
}

/** What becomes of a file that is dropped on the canvas. */
export interface FileHandler {
  readonly extensions: readonly string[]
  /** A regular expression for what its text has, with the flag m. */
  readonly has: string
  /** Whether it is also asked about a text of which no sort is known. */
  readonly otherwise?: boolean | undefined
  /** The command line, with `FILE` in the place of the path. */
  readonly line: string
}

const fileTree = (session: string, world: { get(id: string): unknown }) =>
  (world.get(`shell.Session/${session}`) as Session | undefined)?.files ?? withChanges({}, {})

/** Files below a directory, parents before children. */
export const filesView = defineLabView<{ session: string; under: string }, readonly FileEntry[]>({
  name: 'files',
  reads: ['shell.Session'],
  selectLab(lab, { session, under }) {
    const prefix = under === '/' ? '/' : `${under}/`
    return Object.entries(fileTree(session, lab.simulation.world))
      .filter(([path]) => path.startsWith(prefix))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, node]) => ({ path, dir: node.dir === true, size: node.text?.length ?? 0, at: node.at }))
  },
})

/** The text of a file; `null` when there is none. */
export const fileView = defineLabView<{ session: string; path: string }, string | null>({
  name: 'file',
  reads: ['shell.Session'],
  selectLab: (lab, { session, path }) => {
    const node = fileTree(session, lab.simulation.world)[path]
    return node && !node.dir ? (node.text ?? '') : null
  },
})

/** What the domains do with files that are dropped on the canvas. */
export const fileHandlersView = defineLabView<null, readonly FileHandler[]>({
  name: 'fileHandlers',
  reads: [],
  ofDomains: true,
  selectLab: (lab) =>
    lab.domains.flatMap(({ files = [] }) =>
      files.map(({ extensions, has, otherwise, line }) => ({
        extensions,
        has: has.source,
        otherwise,
        line: line('FILE'),
      })),
    ),
})
