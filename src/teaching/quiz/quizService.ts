import type { Domain } from '../../kernel/index.ts'
import type { Misconception } from '../misconceptions/misconception.ts'
import type { Evaluated } from './evaluated.ts'
import { feedbackOf } from './feedback.ts'
import type { Feedback, Item } from './item.ts'
import { readCode, SEEDS, templateNumber } from './itemCode.ts'
import { Maker } from './makeItem.ts'
import type { Planned } from './quizClient.ts'
import type { Template } from './template.ts'
import { linesOfFix, type Trial, tryLines } from './trial.ts'
import { Worlds } from './worlds.ts'

/** What a page may know of a template before any item of it is made. */
export interface TemplateCard {
  readonly id: string
  readonly title: string
  readonly topic: string
  readonly concepts: readonly string[]
  readonly format: string
  readonly level: number
}

/** Quizzes being made and judged: the same in a worker, in Node and in tests. */
export class QuizService {
  private readonly templates: ReadonlyMap<string, Template>
  private readonly misconceptions: ReadonlyMap<string, Misconception>
  private readonly worlds: Worlds
  private readonly maker: Maker
  private readonly made = new Map<string, { readonly item: Item; readonly evaluated: Evaluated }>()

  private wished: readonly Planned[] = []
  /** Items that were made and whose answers nobody has worked out yet. */
  private unanswered: Evaluated[] = []
  private readonly titleOf: (concept: string) => string

  constructor(
    domains: readonly Domain[],
    templates: readonly Template[],
    misconceptions: ReadonlyMap<string, Misconception>,
    titleOf: (concept: string) => string = (concept) => concept,
  ) {
    this.titleOf = titleOf
    this.templates = new Map(templates.map((template) => [template.id, template]))
    this.misconceptions = misconceptions
    this.worlds = new Worlds(domains)
    this.maker = new Maker(this.worlds, misconceptions)
  }

  cards(): readonly TemplateCard[] {
    return [...this.templates.values()].map(({ id, title, topic, concepts, format, level }) => ({
      id,
      title,
      topic,
      concepts,
      format,
      level,
    }))
  }

  /** An item of a template by a seed; when that seed makes none, by the next that does. Undefined when there is no such template. */
  make(id: string, seed: number): Item | undefined {
    const template = this.templates.get(id)
    if (!template) return undefined
    for (let i = 0; i < 16; i++) {
      const at = (seed + i) % SEEDS
      const made = this.maker.make(template, at)
      if ('unfit' in made) continue
      const item: Item = { ...made.item, titles: made.item.concepts.map(this.titleOf) }
      if (!this.made.has(item.code)) this.unanswered.push(made.evaluated)
      this.made.set(item.code, { item, evaluated: made.evaluated })
      return item
    }
    return undefined
  }

  /** The item of a code, with whether its template has changed since; undefined when there is none. */
  open(code: string): { readonly item: Item; readonly changed: boolean } | undefined {
    const key = readCode(code)
    if (!key) return undefined
    const template = [...this.templates.values()].find(({ id }) => templateNumber(id) === key.number)
    const item = template && this.make(template.id, key.seed)
    return item && { item, changed: template.version % 32 !== key.version }
  }

  check(code: string, answer: string | readonly string[]): Feedback {
    const { template, evaluated } = this.madeOf(code)
    return feedbackOf(this.worlds, this.misconceptions, template, evaluated, answer)
  }

  /** What lines do to the world of a task, without an answer being given. */
  attempt(code: string, answer: string | readonly string[]): Trial | undefined {
    const { template, evaluated } = this.madeOf(code)
    const { task } = evaluated.filled
    if (!task) return undefined
    const lines = template.format === 'fix' ? linesOfFix(task, String(answer)) : [answer].flat()
    return tryLines(this.worlds, evaluated.base, task, lines)
  }

  /** Says what will be asked for next: `prepare` makes it, one at a time. */
  ahead(plan: readonly Planned[]): void {
    this.wished = plan
  }

  /** Makes the next of what was wished for, then works out the next answer, so that both are known when asked for. False when nothing is left. */
  prepare(): boolean {
    const [next, ...rest] = this.wished
    this.wished = rest
    if (next && 'code' in next) this.open(next.code)
    else if (next) this.make(next.template, next.seed)
    else this.unanswered.shift()?.distractors
    return rest.length + this.unanswered.length > 0
  }

  private madeOf(code: string): { readonly template: Template; readonly evaluated: Evaluated } {
    const made = this.made.get(code) ?? (this.open(code) && this.made.get(code))
    const template = made && this.templates.get(made.item.template)
    if (!made || !template) throw new Error(`there is no item ${code}`)
    return { template, evaluated: made.evaluated }
  }
}
