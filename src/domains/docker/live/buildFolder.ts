import type { ExportedFile, World } from '../../../kernel/index.ts'
import type { Build } from '../build/build.ts'
import { familiarName } from './familiarName.ts'

/** The folder that an image is built of. */
export interface BuildFolder {
  /** `images/quotes-1`. */
  readonly path: string
  readonly files: readonly ExportedFile[]
  /** Name of its Dockerfile, where it is another one than `Dockerfile`. */
  readonly dockerfile?: string | undefined
}

/** The Dockerfile and the context of the newest build that gave an image this name, as a folder; undefined where no build did. */
export function buildFolder(world: World, tag: string): BuildFolder | undefined {
  const wanted = familiarName(tag)
  let newest: Build | undefined
  for (const entity of world.all('docker.Build')) {
    const build = entity as Build
    if (build.state === 'done' && build.tags.includes(wanted) && build.born > (newest?.born ?? -1)) newest = build
  }
  if (!newest) return undefined
  const { context, filename, text } = newest
  const path = `images/${wanted.slice(wanted.lastIndexOf('/') + 1).replace(/[^\w.-]/g, '-')}`
  const files: ExportedFile[] = []
  for (const [name, node] of Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1)))
    if (!node.dir && name !== `/${filename}`) files.push({ path: `${path}${name}`, text: node.text ?? '' })
  files.push({ path: `${path}/${filename}`, text })
  return { path, files, ...(filename === 'Dockerfile' ? {} : { dockerfile: filename }) }
}

/** The command line that builds a folder under a name. */
export function buildLine({ path, dockerfile }: BuildFolder, tag: string): string {
  return `docker build -q -t ${tag}${dockerfile === undefined ? '' : ` -f ${path}/${dockerfile}`} ${path}`
}
