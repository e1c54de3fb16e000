import type { Files } from '../../../shell/index.ts'
import type { ObjectStore } from '../object/store.ts'
import { makeParents } from './withParents.ts'

/** Objects as files: `objects/ab/cdef...`, where git has them. Unlike git's they are text, neither compressed nor packed. */
export class LooseObjects implements ObjectStore {
  private readonly files: Files
  private readonly dir: string
  constructor(files: Files, gitDir: string) {
    this.files = files
    this.dir = `${gitDir}/objects`
  }

  text(id: string): string | undefined {
    return this.files.node(this.path(id))?.text
  }

  put(id: string, text: string): void {
    const path = this.path(id)
    makeParents(this.files, path)
    this.files.write(path, text)
    this.files.chmod(path, 0o444)
  }

  startingWith(prefix: string): readonly string[] {
    const under = prefix.length >= 2 ? `${this.dir}/${prefix.slice(0, 2)}` : this.dir
    return this.files.below(under).flatMap((path) => {
      const id = path.slice(this.dir.length + 1).replace('/', '')
      return id.length === 40 && id.startsWith(prefix) ? [id] : []
    })
  }

  private path(id: string): string {
    return `${this.dir}/${id.slice(0, 2)}/${id.slice(2)}`
  }
}
