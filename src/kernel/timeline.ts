import { Checkpoints, type Saved, spacing } from './checkpoints.ts'
import type { PastEvent } from './event.ts'
import { invariant } from './invariant.ts'
import type { Simulation } from './simulation.ts'

/** One line that was given, when and to which session. */
export interface Given {
  readonly at: number
  readonly line: string
  readonly session: string
  /** What gave it when it was not typed: `canvas`, `editor`, `fault`. */
  readonly by?: string | undefined
}

/** One course of history. The seed and the history make all of it. */
export interface Branch {
  readonly id: number
  readonly name: string
  /** The branch that it left, and when. */
  readonly parent: number | undefined
  readonly forkedAt: number
  readonly history: readonly Given[]
  /** How far it has been run, in ms. */
  readonly end: number
}

interface Course extends Branch {
  history: Given[]
  end: number
  name: string
  readonly saved: Checkpoints
  /** What is known to happen on it from the beginning, and of that what happens from the fork on; the journal may have gone further. */
  known: readonly PastEvent[]
  past: readonly PastEvent[]
}

/**
 * A simulation with its past: seeks to any time by replaying, and forks when someone acts in the past. The journal of a
 * branch is the same however often it is replayed, so what lies ahead of a sought time is known until someone acts.
 */
export class Timeline {
  readonly simulation: Simulation
  private readonly courses: Course[] = []
  private course: Course
  /** How many lines of the branch's history have been given so far. */
  private given = 0
  private savedAt = 0
  private readonly beginning: Saved

  constructor(simulation: Simulation) {
    invariant(simulation.now === 0 && simulation.journal.length === 0, 'a timeline begins with a fresh simulation')
    this.simulation = simulation
    this.beginning = { given: 0, checkpoint: simulation.checkpoint() }
    this.course = {
      id: 0,
      name: 'main',
      parent: undefined,
      forkedAt: 0,
      history: [],
      end: 0,
      saved: new Checkpoints([this.beginning]),
      known: [],
      past: [],
    }
    this.courses.push(this.course)
  }

  get now(): number {
    return this.simulation.now
  }

  get branch(): Branch {
    return this.course
  }

  get branches(): readonly Branch[] {
    return this.courses
  }

  /** Whether the branch has been run further than where it stands: the past, as the learner sees it. */
  get inPast(): boolean {
    return this.now < this.course.end || this.given < this.course.history.length
  }

  /** Gives a line now. In the past it forks: the branch that lay ahead is kept under its own name. */
  command(line: string, session = 'main', by?: string): void {
    if (this.inPast) this.fork()
    this.course.history.push({ at: this.now, line, session, by })
    this.given++
    this.simulation.command(line, session, by)
    this.save()
  }

  /** Runs to `at`, giving the lines of the history that are due on the way; from the nearest checkpoint. R2: equal to having run there. */
  seek(at: number): void {
    this.leap(at)
    while (this.given < this.course.history.length) {
      const next = this.course.history[this.given] as Given
      if (next.at > at) break
      this.run(next.at)
      this.given++
      this.simulation.command(next.line, next.session, next.by)
      this.save()
    }
    this.run(at)
    this.course.end = Math.max(this.course.end, this.now)
  }

  /** Takes the next event, giving lines that are due before it; undefined when nothing is due by `limit`. */
  step(limit = Number.POSITIVE_INFINITY): PastEvent | undefined {
    const next = this.course.history[this.given]
    const due = this.simulation.nextAt()
    if (next && (due === undefined || next.at < due)) {
      this.seek(next.at)
      return this.simulation.journal.at(this.simulation.journal.length - 1)
    }
    const event = this.simulation.step(limit)
    this.course.end = Math.max(this.course.end, this.now)
    return event
  }

  /** Shows another branch, at the given time or where it ends. */
  switchTo(id: number, at?: number): void {
    const course = this.courses.find((other) => other.id === id)
    invariant(course, `there is no branch ${id}`)
    if (course !== this.course) {
      this.keepKnown()
      this.course = course
      // What the other branch did is not this one's past.
      this.simulation.restore(this.beginning.checkpoint)
      this.stand(course.saved.upTo(at ?? course.end))
    }
    this.seek(at ?? course.end)
  }

  /** Leaves the branch as it is and goes on from now on a new one. Returns the id of the new branch. */
  fork(name?: string): number {
    this.keepKnown()
    const parent = this.course
    const id = this.courses.length
    this.course = {
      id,
      name: name ?? `branch ${id}`,
      parent: parent.id,
      forkedAt: this.now,
      history: parent.history.slice(0, this.given),
      end: this.now,
      saved: parent.saved.until(this.given, this.simulation.journal.length),
      known: [],
      past: [],
    }
    this.courses.push(this.course)
    return id
  }

  /**
   * Takes over saved branches and runs each to its end, so that all their marks are known; then shows one at a time of it.
   * Only on a timeline to which nothing has been given. Throws when the branches do not form a tree.
   */
  adopt(branches: readonly Branch[], shown: number, at: number): void {
    invariant(this.courses.length === 1 && this.course.history.length === 0, 'branches are adopted by a fresh timeline')
    this.courses.length = 0
    branches.forEach((branch, i) => {
      invariant(
        branch.id === i && (i === 0 ? branch.parent === undefined : (branch.parent ?? i) < i),
        `branch ${branch.id} has no place`,
      )
      this.courses.push({
        ...branch,
        history: [...branch.history],
        saved: new Checkpoints([this.beginning]),
        known: [],
        past: [],
      })
    })
    for (const course of this.courses) {
      this.course = course
      this.stand(this.beginning)
      this.seek(course.end)
      this.keepKnown()
    }
    this.switchTo(shown, at)
  }

  /**
   * Makes another simulation of the same domains and seed what this branch was at the last checkpoint before a time, and answers with the
   * lines that were given after it: a world beside this one, for questions about the past.
   */
  lend(simulation: Simulation, at: number): readonly Given[] {
    const { saved, known, history } = this.course
    const { given, checkpoint } = saved.upTo(at)
    const { journal } = this.simulation
    simulation.adopt(
      checkpoint,
      journal.length < checkpoint.journalLength ? known : journal.slice(0, checkpoint.journalLength),
    )
    return history.slice(given)
  }

  rename(id: number, name: string): void {
    const course = this.courses.find((other) => other.id === id)
    if (course) course.name = name
  }

  /** What is known of a branch from the time at which it left its parent, also of what lies ahead of a sought time. */
  pastOf(id: number): readonly PastEvent[] {
    const course = this.courses.find((other) => other.id === id)
    if (!course) return []
    const { journal } = this.simulation
    if (course !== this.course || journal.length <= course.known.length) return course.past
    return journal.slice(journal.after(course.forkedAt - 1))
  }

  /** Goes to the last checkpoint before `at`, if that is on the way. */
  private leap(at: number): void {
    const back = at < this.now
    if (back) this.keepKnown()
    const saved = this.course.saved.upTo(at)
    if (back || saved.checkpoint.journalLength > this.simulation.journal.length) this.stand(saved)
  }

  private stand({ given, checkpoint }: Saved): void {
    this.simulation.restore(checkpoint, this.course.known)
    this.savedAt = this.simulation.journal.length
    this.given = given
  }

  /** Keeps what is known of the shown branch before the journal is cut back. */
  private keepKnown(): void {
    const { course } = this
    const { journal } = this.simulation
    if (journal.length <= course.known.length) return
    course.known = journal.slice(0)
    const fork = journal.after(course.forkedAt - 1)
    course.past = fork === 0 ? course.known : course.known.slice(fork)
  }

  private run(at: number): void {
    while (this.simulation.step(at)) this.save()
    this.simulation.advanceTo(at)
  }

  private save(): void {
    const { simulation, course } = this
    const { length } = simulation.journal
    if (length - this.savedAt < spacing(simulation.size)) return
    this.savedAt = length
    course.saved.add(length, simulation.size, () => ({ given: this.given, checkpoint: simulation.checkpoint() }))
  }
}
