type State = 'padding' | 'skip' | 'pre-commit' | 'commit' | 'post-merge' | 'collapsing'

/**
 * The lines that `log --graph` draws before commits, given them one after another. Models: git graph.c, whose states these are: a
 * commit's own line, the lines below a merge, and lines on which branches move left until each stands in its column.
 */
export class TextGraph {
  private commit = ''
  private parents: readonly string[] = []
  private columns: string[] = []
  private fresh: string[] = []
  private mapping: number[] = []
  private oldMapping: number[] = []
  private size = 0
  private width = 0
  private state: State = 'padding'
  private previous: State = 'padding'
  private expansion = 0
  private index = 0
  private previousIndex = 0
  private layout = 0
  private added = 0
  private previousAdded = 0

  /** Goes on to the next commit, with those of its parents that will be shown. */
  update(commit: string, parents: readonly string[]): void {
    this.commit = commit
    this.parents = parents
    this.previousIndex = this.index
    this.updateColumns()
    this.expansion = 0
    if (this.state !== 'padding') this.state = 'skip'
    else this.state = this.needsPreCommit() ? 'pre-commit' : 'commit'
  }

  /** Whether nothing is left to be drawn before the next commit. */
  get finished(): boolean {
    return this.state === 'padding'
  }

  /** The next line, and whether it is the commit's own. */
  next(): { readonly text: string; readonly commit: boolean } {
    const { state } = this
    const text = this.draw(state)
    return { text: text.padEnd(this.width), commit: state === 'commit' }
  }

  /** A line that only goes on with what is there. */
  padding(): string {
    if (this.state !== 'commit') return this.next().text
    const text = this.columns
      .map((column) =>
        column === this.commit && this.parents.length > 2 ? `|${' '.repeat((this.parents.length - 2) * 2)}` : '| ',
      )
      .join('')
    this.previous = 'padding'
    return text.padEnd(this.width)
  }

  private draw(state: State): string {
    if (state === 'padding') return this.fresh.map(() => '| ').join('')
    if (state === 'skip') {
      this.become(this.needsPreCommit() ? 'pre-commit' : 'commit')
      return '...'
    }
    if (state === 'pre-commit') return this.preCommitLine()
    if (state === 'commit') return this.commitLine()
    return state === 'post-merge' ? this.postMergeLine() : this.collapsingLine()
  }

  private become(state: State): void {
    this.previous = this.state
    this.state = state
  }

  private settle(): void {
    this.become(this.straight() ? 'padding' : 'collapsing')
  }

  private updateColumns(): void {
    this.columns = this.fresh
    this.fresh = []
    const most = this.columns.length + this.parents.length
    this.size = 2 * most
    this.mapping = Array.from({ length: this.size }, () => -1)
    this.width = 0
    this.previousAdded = this.added
    this.added = 0
    let seen = false
    for (let i = 0; i <= this.columns.length; i++) {
      if (i === this.columns.length && seen) break
      const column = i === this.columns.length ? this.commit : (this.columns[i] as string)
      if (column !== this.commit) {
        this.insert(column, -1)
        continue
      }
      seen = true
      this.index = i
      this.layout = -1
      for (const parent of this.parents) this.insert(parent, i)
      if (this.parents.length === 0) this.width += 2
    }
    while (this.size > 1 && (this.mapping[this.size - 1] as number) < 0) this.size--
  }

  private insert(commit: string, from: number): void {
    let i = this.fresh.indexOf(commit)
    if (i < 0) i = this.fresh.push(commit) - 1
    let at: number
    if (this.parents.length > 1 && from > -1 && this.layout === -1) {
      const distance = from - i
      const shift = distance > 1 ? 2 * distance - 3 : 1
      this.layout = distance > 0 ? 0 : 1
      this.added = this.parents.length + this.layout - 2
      at = this.width + (this.layout - 1) * shift
      this.width += 2 * this.layout
    } else if (this.added > 0 && i === this.mapping[this.width - 2]) {
      at = this.width - 2
      this.added = -1
    } else {
      at = this.width
      this.width += 2
    }
    this.mapping[at] = i
  }

  private get dashes(): number {
    return this.parents.length + this.layout - 3
  }

  private needsPreCommit(): boolean {
    return this.parents.length >= 3 && this.index < this.columns.length - 1 && this.expansion < this.dashes * 2
  }

  private straight(): boolean {
    for (let i = 0; i < this.size; i++) {
      const target = this.mapping[i] as number
      if (target >= 0 && target !== i >> 1) return false
    }
    return true
  }

  private preCommitLine(): string {
    let seen = false
    let out = ''
    this.columns.forEach((column, i) => {
      if (column === this.commit) {
        seen = true
        out += `|${' '.repeat(this.expansion)}`
      } else if (seen && this.expansion === 0)
        out += this.previous === 'post-merge' && this.previousIndex < i ? '\\' : '|'
      else out += seen ? '\\' : '|'
      out += ' '
    })
    this.expansion++
    if (!this.needsPreCommit()) this.become('commit')
    return out
  }

  private commitLine(): string {
    let seen = false
    let out = ''
    for (let i = 0; i <= this.columns.length; i++) {
      if (i === this.columns.length && seen) break
      const column = i === this.columns.length ? this.commit : (this.columns[i] as string)
      if (column === this.commit) {
        seen = true
        out += '*'
        for (let dash = 0; this.parents.length > 2 && dash < this.dashes; dash++)
          out += dash === this.dashes - 1 ? '-.' : '--'
      } else if (seen && this.added > 1) out += '\\'
      else if (seen && this.added === 1)
        out += this.previous === 'post-merge' && this.previousAdded > 0 && this.previousIndex < i ? '\\' : '|'
      else if (this.previous === 'collapsing' && this.oldMapping[2 * i + 1] === i && (this.mapping[2 * i] ?? -1) < i)
        out += '/'
      else out += '|'
      out += ' '
    }
    if (this.parents.length > 1) this.become('post-merge')
    else this.settle()
    return out
  }

  private postMergeLine(): string {
    const signs = ['/', '|', '\\'] as const
    const [first] = this.parents
    let seen = false
    let parentSeen = false
    let out = ''
    for (let i = 0; i <= this.columns.length; i++) {
      if (i === this.columns.length && seen) break
      const column = i === this.columns.length ? this.commit : (this.columns[i] as string)
      if (column === this.commit) {
        seen = true
        let sign = this.layout
        this.parents.forEach((_, j) => {
          out += signs[sign] ?? ''
          if (sign === 2) {
            if (this.added > 0 || j < this.parents.length - 1) out += ' '
          } else sign++
        })
        if (this.added === 0) out += ' '
      } else if (seen) out += this.added > 0 ? '\\ ' : '| '
      else {
        out += '|'
        if (this.layout !== 0 || i !== this.index - 1) out += parentSeen ? '_' : ' '
      }
      if (column === first) parentSeen = true
    }
    this.settle()
    return out
  }

  private collapsingLine(): string {
    const before = this.mapping
    const after = Array.from({ length: Math.max(this.size, before.length) }, () => -1)
    let horizontal = -1
    let horizontalTarget = -1
    const stretch = (edge: number, target: number, i: number): void => {
      if (horizontal !== -1) return
      horizontal = edge
      horizontalTarget = target
      for (let j = target * 2 + 3; j < i - 2; j += 2) after[j] = target
    }
    for (let i = 0; i < this.size; i++) {
      const target = before[i] as number
      if (target < 0) continue
      if (target * 2 === i) after[i] = target
      else if ((after[i - 1] as number) < 0) {
        after[i - 1] = target
        stretch(i, target, i)
      } else if (after[i - 1] !== target) {
        after[i - 2] = target
        stretch(i - 1, target, i)
      }
    }
    this.mapping = after
    this.oldMapping = [...after]
    if ((after[this.size - 1] as number) < 0) this.size--
    let used = false
    let out = ''
    for (let i = 0; i < this.size; i++) {
      const target = after[i] as number
      if (target < 0) out += ' '
      else if (target * 2 === i) out += '|'
      else if (target === horizontalTarget && i !== horizontal - 1) {
        if (i !== target * 2 + 3) after[i] = -1
        used = true
        out += '_'
      } else {
        if (used && i < horizontal) after[i] = -1
        out += '/'
      }
    }
    if (this.straight()) this.become('padding')
    else this.previous = 'collapsing'
    return out
  }
}
