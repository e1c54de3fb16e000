import { labDomains } from '../../host/composition.ts'
import { Course } from '../../host/goals/course.ts'
import { fitsGlob } from '../../host/goals/glob.ts'
import { lineOutput } from '../../host/goals/lineOutput.ts'
import type { Began, TaskPicture } from '../../host/goals/task.ts'
import { Lab } from '../../host/lab.ts'
import { linesOf } from '../../host/linesOf.ts'
import { load } from '../../host/save.ts'
import { labViews } from '../../host/views/index.ts'
import { INTERRUPT } from '../../kernel/index.ts'
import { outputText, transcript } from '../../shell/index.ts'
import { askedOf, type Beat, type Lesson } from './lesson.ts'
import type { PredictBlock, TaskBlock } from './schema.ts'
import { type Move, straight, worldOf } from './world.ts'

type Rules = Readonly<Record<string, (input: never) => unknown>>

const SESSION = 'shell.Session/main'
/** Virtual ms: longest that a line may run, the time that a person takes for the next, and for reading a beat. */
const LONGEST = 10 * 60_000
const PACE = 1000
const READS = 5000

/** How one run of a task went. */
export interface RunResult {
  readonly picture: TaskPicture
  /** By hint: whether it came at some time. */
  readonly hints: readonly boolean[]
  /** Each line with what it printed. */
  readonly told: readonly { readonly line: string; readonly output: string; readonly exitCode: number }[]
}

/** A lesson being gone through without a screen, as a learner would: the same moves that its panel makes. */
export class Stage {
  lab: Lab
  private readonly sceneText: (name: string) => string | undefined
  private readonly seed: number
  private readonly rules: Rules | undefined

  constructor(lesson: Lesson, sceneText: (name: string) => string | undefined, seed: number, rules?: Rules) {
    this.sceneText = sceneText
    this.seed = seed
    this.rules = rules
    this.lab = this.open(lesson.start ?? this.scene(lesson.scene ?? ''))
  }

  /** What happens when a beat begins. Returns what its lines said when they failed. */
  begin({ world }: Beat): readonly string[] {
    if (world?.scene !== undefined) this.lab = this.open(this.scene(world.scene))
    const failed = linesOf(world?.lines ?? '').flatMap((line) => {
      const { exitCode, output } = this.give(line, 'lesson')
      return exitCode === 0 ? [] : [`'${line.split('\n')[0]}' fails: ${output.trim()}`]
    })
    this.pass(world?.pass ?? 0)
    if (world?.hold !== true) this.pass(READS)
    return failed
  }

  /** Goes to where a prediction is held; says what happened instead when that never comes. */
  hold({ held }: PredictBlock): string | undefined {
    if (!held || 'line' in held) return undefined
    if (held.after !== undefined) this.lab.command(held.after, 'main', 'lesson')
    const found = this.lab.ask('until', { next: 'event', type: held.event, about: held.about ?? '*' }) as {
      at: number
    } | null
    if (found) this.lab.seek(Math.max(this.lab.timeline.now, found.at - 1))
    if (found) return undefined
    const before = this.lab.simulation.journal.length
    this.pass(60_000)
    const types = new Set<string>()
    for (const event of this.lab.simulation.journal.slice(before))
      if (fitsGlob(held.about ?? '*', event.to)) types.add(event.type)
    return `no ${held.event} comes to ${held.about ?? 'anything'}; within a minute there were ${[...types].join(', ') || 'no events at all'}`
  }

  /** Lets a prediction come true, and gives the output of its truth line. */
  reveal({ held, run, truth }: PredictBlock): string | undefined {
    if (held && 'line' in held) this.lab.command(held.line, 'main', 'lesson')
    this.pass(run)
    this.finish()
    return lineOutput(this.lab, truth)?.trim()
  }

  began(): Began {
    return { position: this.lab.simulation.journal.length, at: this.lab.timeline.now }
  }

  /** Makes moves in a task that began just now or to which one went back, then waits until it is won, lost or its patience ends. */
  play(task: TaskBlock, began: Began, moves: readonly Move[], withheld?: string): RunResult {
    const { lab } = this
    lab.seek(began.at)
    // Else what was done in the run before would be done again.
    if (lab.timeline.inPast) lab.timeline.fork()
    const course = new Course(askedOf(task), began, lab)
    const told: RunResult['told'][number][] = []
    const hints = task.hints.map(() => false)
    let picture = course.look(lab)
    const look = () => {
      picture = course.look(lab)
      picture.hints.forEach((at, i) => {
        hints[i] ||= at !== null
      })
      return picture.state === 'open'
    }
    lab.seek(lab.timeline.now + PACE)
    if (withheld !== undefined) {
      const { exitCode, output } = this.give(withheld, 'lesson')
      if (exitCode !== 0) throw new Error(`the line of 'withhold' fails: ${output.trim()}`)
    }
    for (const { line, wait } of moves) {
      if (!look()) break
      if (wait !== undefined) this.wait(wait, look)
      if (line !== undefined) told.push(this.give(line))
    }
    this.wait(task.patience, look)
    return { picture, hints, told }
  }

  /** What the world has come from, as one save without branches. */
  history() {
    const { branch, now } = this.lab.timeline
    return straight(this.seed, branch.history, now)
  }

  /** Whether something exists that fits an id. */
  has(id: string): boolean {
    if (!id.includes('*')) return this.lab.simulation.world.get(id) !== undefined
    const kind = id.split('/')[0] ?? ''
    for (const entity of this.lab.simulation.world.all(kind)) if (fitsGlob(id, entity.id)) return true
    return false
  }

  private wait(ms: number, look: () => boolean): void {
    const end = this.lab.timeline.now + ms
    while (look() && this.lab.timeline.now < end) this.pass(Math.min(PACE, end - this.lab.timeline.now))
  }

  private pass(ms: number): void {
    this.lab.seek(this.lab.timeline.now + ms)
  }

  private give(line: string, by?: string) {
    const { lab } = this
    const before = lab.simulation.journal.length
    lab.command(line, 'main', by)
    this.finish()
    const output = outputText(transcript(lab.simulation.journal, SESSION, before))
    const session = lab.simulation.world.get(SESSION) as { readonly shell?: { readonly last?: number } } | undefined
    this.pass(PACE)
    return { line, output, exitCode: session?.shell?.last ?? 0 }
  }

  private finish(): void {
    const { lab } = this
    const end = lab.timeline.now + LONGEST
    const busy = () => lab.simulation.world.get(SESSION)?.state === 'Busy'
    while (busy() && lab.timeline.now < end) if (!lab.timeline.step(end)) lab.seek(end)
    lab.seek(lab.timeline.now)
    if (busy()) lab.command(INTERRUPT)
  }

  private scene(name: string): string {
    const text = this.sceneText(name)
    if (text === undefined) throw new Error(`there is no scene ${name}`)
    return text
  }

  private open(text: string): Lab {
    const { save } = worldOf(text, this.seed)
    const lab = new Lab({
      domains: labDomains,
      views: labViews,
      seed: save.seed,
      ...(this.rules && { rules: this.rules }),
    })
    load(lab, save)
    return lab
  }
}
