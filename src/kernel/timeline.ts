import type { PastEvent } from './event.ts'
import { invariant } from './invariant.ts'
import type { Checkpoint, Simulation } from './simulation.ts'

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
  /** Checkpoints in order of time, each with how many lines had been given by then; the first is the beginning. */
  readonly saved: Saved[]
  /** What happened from the fork on, kept while another branch is shown so that its marks can be drawn. */
  past: readonly PastEvent[]
}

interface Saved {
  readonly given: number
  readonly checkpoint: Checkpoint
}

/** How many events lie between two checkpoints of a small world; a world with more records is saved less often. */
const SPACING = 256
/** Checkpoints kept on one branch; when there are more, every second of the older half goes. */
const KEPT = 96

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

  constructor(simulation: Simulation) {
    invariant(simulation.now === 0 && simulation.journal.length === 0, 'a timeline begins with a fresh simulation')
    this.simulation = simulation
    this.course = {
      id: 0,
      name: 'main',
      parent: undefined,
      forkedAt: 0,
      history: [],
      end: 0,
      saved: [{ given: 0, checkpoint: simulation.checkpoint() }],
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

  /** Runs to `at`, giving the lines of the history that are due on the way. Goes back by replaying. R2: equal to having run there. */
  seek(at: number): void {
    if (at < this.now) this.back(at)
    while (this.given < this.course.history.length) {
      const next = this.course.history[this.given] as Given
      if (next.at > at) break
      this.run(next.at)
      this.given++
      this.simulation.command(next.line, next.session, next.by)
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
      this.keepPast()
      this.course = course
      this.restore(course.saved[0] as Saved)
    }
    this.seek(at ?? course.end)
  }

  /** Leaves the branch as it is and goes on from now on a new one. Returns the id of the new branch. */
  fork(name?: string): number {
    this.keepPast()
    const parent = this.course
    const id = this.courses.length
    this.course = {
      id,
      name: name ?? `branch ${id}`,
      parent: parent.id,
      forkedAt: this.now,
      history: parent.history.slice(0, this.given),
      end: this.now,
      saved: parent.saved.filter(
        ({ given, checkpoint }) => given <= this.given && checkpoint.journalLength <= this.simulation.journal.length,
      ),
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
    const beginning = this.course.saved[0] as Saved
    this.courses.length = 0
    branches.forEach((branch, i) => {
      invariant(
        branch.id === i && (i === 0 ? branch.parent === undefined : (branch.parent ?? i) < i),
        `branch ${branch.id} has no place`,
      )
      this.courses.push({ ...branch, history: [...branch.history], saved: [beginning], past: [] })
    })
    for (const course of this.courses) {
      this.course = course
      this.restore(beginning)
      this.seek(course.end)
      this.keepPast()
    }
    this.switchTo(shown, at)
  }

  rename(id: number, name: string): void {
    const course = this.courses.find((other) => other.id === id)
    if (course) course.name = name
  }

  /** What is known of a branch from the time at which it left its parent, also of what lies ahead of a sought time. */
  pastOf(id: number): readonly PastEvent[] {
    const course = this.courses.find((other) => other.id === id)
    if (!course) return []
    if (course !== this.course) return course.past
    const { journal } = this.simulation
    const past = journal.slice(journal.after(course.forkedAt - 1))
    return past.length > course.past.length ? past : course.past
  }

  private back(at: number): void {
    this.keepPast()
    const { saved } = this.course
    let i = saved.length - 1
    while (i > 0 && (saved[i] as Saved).checkpoint.at > at) i--
    this.restore(saved[i] as Saved)
  }

  private restore({ given, checkpoint }: Saved): void {
    this.simulation.restore(checkpoint)
    this.savedAt = this.simulation.journal.length
    this.given = given
  }

  /** Keeps what is known of the shown branch before the journal is cut back. */
  private keepPast(): void {
    this.course.past = this.pastOf(this.course.id)
  }

  private run(at: number): void {
    const { simulation } = this
    while (simulation.now < at) {
      const spacing = this.spacing()
      let taken = 0
      while (taken < spacing && simulation.step(at)) taken++
      if (taken < spacing) simulation.advanceTo(at)
      this.save()
    }
    simulation.advanceTo(at)
  }

  private spacing(): number {
    return Math.max(SPACING, this.simulation.size >> 1)
  }

  private save(): void {
    const { simulation, course } = this
    if (simulation.journal.length - this.savedAt < this.spacing()) return
    this.savedAt = simulation.journal.length
    const last = course.saved[course.saved.length - 1]
    if (last && last.checkpoint.journalLength >= simulation.journal.length) return
    course.saved.push({ given: this.given, checkpoint: simulation.checkpoint() })
    if (course.saved.length > KEPT) {
      const half = KEPT >> 1
      course.saved.splice(0, course.saved.length, ...course.saved.filter((_, i) => i === 0 || i >= half || i % 2 === 0))
    }
  }
}
