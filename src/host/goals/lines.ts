import { COMMANDED, type PastEvent, type Simulation } from '../../kernel/index.ts'

/** Who gives lines that are not the learner's. */
const OTHERS: ReadonlySet<string> = new Set(['scene', 'lesson', 'trial'])

/** The lines that the learner gave, and which of them changed something that can be seen. */
export class Lines {
  readonly given: string[] = []
  private readonly roots = new Map<number, number>()
  private readonly effective = new Set<number>()

  take(event: PastEvent, simulation: Simulation): void {
    if (event.type === COMMANDED && event.causes.length === 0) {
      if (OTHERS.has(event.by ?? '')) return
      this.given.push((event.data as { line?: string } | undefined)?.line ?? '')
      this.roots.set(event.id, event.id)
      return
    }
    const root = this.roots.get(event.causes[0] ?? -1)
    if (root === undefined) return
    this.roots.set(event.id, root)
    if (event.kind !== undefined && simulation.kind(event.kind)?.face) this.effective.add(root)
  }

  /** How many lines changed something: looking is free. */
  get counted(): number {
    return this.effective.size
  }
}
