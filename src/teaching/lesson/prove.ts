import { labDomains } from '../../host/composition.ts'
import { Lab } from '../../host/lab.ts'
import { linesOf } from '../../host/linesOf.ts'
import { load } from '../../host/save.ts'
import { digest, rules } from '../../kernel/index.ts'
import type { Concept } from '../concepts.ts'
import type { Misconception } from '../misconceptions/misconception.ts'
import type { Facts } from './figures.ts'
import type { Beat, Lesson, LessonFiles } from './lesson.ts'
import { linksOf, type Problem } from './prose.ts'
import { readLesson } from './readLesson.ts'
import type { TaskBlock } from './schema.ts'
import { type RunResult, Stage } from './stage.ts'
import { type Move, movesOf } from './world.ts'

/** What a lesson is proven against. */
export interface Library {
  readonly facts: Facts
  readonly concepts: ReadonlyMap<string, Concept>
  readonly misconceptions: ReadonlyMap<string, Misconception>
  readonly sceneText: (name: string) => string | undefined
  /** Ids of all lessons, for links. */
  readonly lessons: ReadonlySet<string>
  /** Told of each step, for someone who wants to know. */
  readonly tell?: ((text: string) => void) | undefined
}

/** Seeds beside the lesson's own on which its solutions must win. */
const OTHER_SEEDS = [2, 1009]

/** Everything that is wrong with a lesson, found by reading it and by going through it as learners of all sorts would. Empty when it is proven. */
export function proveLesson(folder: string, files: LessonFiles, library: Library): readonly Problem[] {
  const { lesson, problems } = readLesson(folder, files, { facts: library.facts, sceneText: library.sceneText })
  if (!lesson) return problems
  return [...problems, ...new Proof(lesson, files, library).problems()]
}

class Proof {
  private readonly found: Problem[] = []
  private readonly lesson: Lesson
  private readonly files: LessonFiles
  private readonly library: Library

  constructor(lesson: Lesson, files: LessonFiles, library: Library) {
    this.lesson = lesson
    this.files = files
    this.library = library
  }

  problems(): readonly Problem[] {
    const { lesson } = this
    this.checkNames()
    if (this.found.length > 0) return this.found
    this.walk(lesson.seed, true)
    if (this.found.length > 0) return this.found
    for (const seed of OTHER_SEEDS) this.walk(seed, false)
    try {
      this.withhold()
    } catch (error) {
      this.complain(2, error instanceof Error ? error.message : String(error))
    }
    return this.found
  }

  private complain(line: number, message: string, file = 'lesson.md') {
    this.found.push({ file, line, message })
  }

  private tell(text: string) {
    this.library.tell?.(text)
  }

  private checkNames() {
    const { lesson, library, files } = this
    for (const id of [...lesson.concepts, ...lesson.needs])
      if (!library.concepts.has(id)) this.complain(2, `there is no concept ${id}`)
    for (const scene of [lesson.scene, ...lesson.beats.map(({ world }) => world?.scene)])
      if (scene !== undefined && library.sceneText(scene) === undefined) this.complain(2, `there is no scene ${scene}`)
    const { withhold } = lesson
    if (withhold && 'misconception' in withhold && !library.misconceptions.has(withhold.misconception))
      this.complain(2, `there is no misconception ${withhold.misconception}`)
    if (withhold && 'rule' in withhold && !rules.has(withhold.rule))
      this.complain(2, `there is no rule ${withhold.rule}`)
    for (const { line, text, predict } of [{ line: 2, text: lesson.opening } as Beat, ...lesson.beats]) {
      for (const { sort, id } of linksOf(text)) {
        if (sort === 'concept' && !library.concepts.has(id)) this.complain(line, `there is no concept ${id}`)
        if (sort === 'lesson' && !library.lessons.has(id)) this.complain(line, `there is no lesson ${id}`)
      }
      for (const { misconception } of predict?.options ?? [])
        if (misconception !== undefined && !library.misconceptions.has(misconception))
          this.complain(line, `there is no misconception ${misconception}`)
    }
    if (!lesson.beats.some(({ predict, task }) => predict || task)) this.complain(2, 'the learner does nothing in it')
    if (!lesson.beats.some(({ task }) => task)) return
    if (files['solution.sh'] === undefined) this.complain(1, 'a lesson with a task has one', 'solution.sh')
    if (files['antisolution.sh'] === undefined) this.complain(1, 'a lesson with a task has one', 'antisolution.sh')
    if (!withhold) this.complain(2, "a lesson with a task says how to 'withhold' what it teaches")
  }

  /** Goes through the lesson on one seed. On its own seed everything is tried; on others only the predictions and the solutions. */
  private walk(seed: number, own: boolean) {
    this.tell(`\nseed ${seed}`)
    const stage = new Stage(this.lesson, this.library.sceneText, seed)
    let tasks = 0
    for (const beat of this.lesson.beats) {
      for (const problem of stage.begin(beat)) this.complain(beat.line, problem)
      for (const { sort, id } of linksOf(beat.text))
        if (sort === 'thing' && !stage.has(id))
          this.complain(beat.line, `there is no thing ${id} when this beat begins`)
      if (beat.world?.select !== undefined && !stage.has(beat.world.select))
        this.complain(beat.line, `there is no thing ${beat.world.select} to select`)
      if (beat.predict) this.predict(stage, beat, seed)
      if (beat.task) this.task(stage, beat, beat.task, tasks++, own, seed)
      if (this.found.length > 12) return
    }
    if (own) this.twice(stage)
  }

  private predict(stage: Stage, { line, predict, title }: Beat, seed: number) {
    if (!predict) return
    for (const { thing } of predict.options)
      if (thing !== undefined && !stage.has(thing))
        this.complain(line, `there is no thing ${thing} for the ghost of an option`)
    const missed = stage.hold(predict)
    if (missed !== undefined) this.complain(line, missed)
    const output = stage.reveal(predict)
    this.tell(`  ${title}: the truth line prints ${JSON.stringify(output)}`)
    const true_ = predict.options.filter((option) => (option.output ?? option.says).trim() === output)
    if (true_.length !== 1)
      this.complain(
        line,
        `on seed ${seed} the truth line prints ${JSON.stringify(output)}, which picks ${true_.length} options and not one`,
      )
    if (predict.why !== undefined && !stage.has(predict.why))
      this.complain(line, `there is no thing ${predict.why} to explain when the truth is known`)
  }

  private moves(name: string, task: number): readonly Move[] {
    return movesOf(this.files[name] ?? '', linesOf)[task] ?? []
  }

  private named(pattern: RegExp): readonly string[] {
    return Object.keys(this.files)
      .filter((name) => pattern.test(name))
      .sort()
  }

  private task(stage: Stage, { line, title }: Beat, task: TaskBlock, number: number, own: boolean, seed: number) {
    const began = stage.began()
    const solutions = this.named(/^solution/)
    const runs = new Map<string, RunResult>()
    const run = (name: string): RunResult => {
      const result = stage.play(task, began, this.moves(name, number))
      runs.set(name, result)
      this.tell(`  ${title}: ${name}: ${stateText(result, task)}`)
      for (const { line: given, output, exitCode } of result.told)
        this.tell(
          `    $ ${given.replaceAll('\n', '\n    > ')}${exitCode === 0 ? '' : `   (exit code ${exitCode})`}\n${output.replace(/^/gm, '      ').trimEnd()}`,
        )
      return result
    }
    if (own) {
      const nothing = run('doing nothing')
      if (nothing.picture.state === 'won')
        this.complain(
          line,
          nothing.picture.at === began.at ? 'it is solved before it begins' : 'doing nothing solves it',
        )
      const anti = run('antisolution.sh')
      if (anti.picture.state === 'won') this.complain(1, 'it wins, and it must not', 'antisolution.sh')
      for (const name of this.named(/^near-miss/)) run(name)
    }
    for (const name of solutions.slice(1)) this.mustWin(name, run(name), task, seed)
    // The first one last: the lesson goes on in the world that it leaves.
    const [first] = solutions
    if (first !== undefined) this.mustWin(first, run(first), task, seed)
    if (!own) return
    task.hints.forEach((hint, i) => {
      if (hint.when && ![...runs.values()].some(({ hints }) => hints[i]))
        this.complain(line, `no run comes to the hint '${hint.says}'; write a near-miss.sh that does`)
    })
    task.lost.forEach((lost, i) => {
      const comes = [...runs.values()].some(
        ({ picture: { because } }) => because && 'lost' in because && because.lost === i,
      )
      if (!comes) this.complain(line, `no run is lost because '${lost.says}'; write a near-miss.sh that is`)
    })
    task.stars.forEach((star, i) => {
      const earned = solutions.some((name) => {
        const picture = runs.get(name)?.picture
        return picture?.state === 'won' && picture.stars[i]?.open === true
      })
      if (!earned) this.complain(line, `no solution earns the star '${star.says}'`)
    })
  }

  private mustWin(name: string, result: RunResult, task: TaskBlock, seed: number) {
    if (result.picture.state === 'won') return
    const failed = result.told.find(({ exitCode }) => exitCode !== 0)
    const hint = failed ? `; '${failed.line.split('\n')[0]}' failed: ${failed.output.trim().split('\n')[0] ?? ''}` : ''
    this.complain(1, `it does not win on seed ${seed}: ${stateText(result, task)}${hint}`, name)
  }

  /** With what it teaches taken away, no solution may win every task. */
  private withhold() {
    const { withhold, seed, beats } = this.lesson
    if (!withhold || !beats.some(({ task }) => task)) return
    const replaced =
      'misconception' in withhold
        ? this.library.misconceptions.get(withhold.misconception)
        : 'rule' in withhold
          ? { rule: withhold.rule, decide: () => withhold.answer }
          : undefined
    const line = 'line' in withhold ? withhold.line : undefined
    for (const name of this.named(/^solution/)) {
      const stage = new Stage(
        this.lesson,
        this.library.sceneText,
        seed,
        replaced && { [replaced.rule]: replaced.decide },
      )
      let tasks = 0
      let won = true
      for (const beat of beats) {
        stage.begin(beat)
        if (beat.predict) {
          stage.hold(beat.predict)
          stage.reveal(beat.predict)
        }
        if (!beat.task) continue
        const result = stage.play(beat.task, stage.began(), this.moves(name, tasks++), line)
        this.tell(`  withheld, ${name}: ${stateText(result, beat.task)}`)
        if (result.picture.state !== 'won') {
          won = false
          break
        }
      }
      if (won) this.complain(2, `${name} wins even when what the lesson teaches is withheld`)
    }
  }

  /** The same run twice gives the same journal. */
  private twice(stage: Stage) {
    const save = stage.history()
    const again = new Lab({ domains: labDomains, seed: save.seed })
    load(again, save)
    const [a, b] = [stage.lab.simulation.journal, again.simulation.journal]
    if (digest(a) !== digest(b)) this.complain(1, 'the same run twice gave two journals')
  }
}

function stateText({ picture }: RunResult, task: TaskBlock): string {
  const goals = picture.goals.map(({ state }, i) => `'${task.goals[i]?.says}' ${state}`).join(', ')
  const because = picture.because
  const why = !because
    ? ''
    : ` because ${'goal' in because ? `'${task.goals[because.goal]?.says}' was broken` : `'${task.lost[because.lost]?.says}'`}`
  const stars = picture.stars
    .map(({ open, value }, i) => `; star '${task.stars[i]?.says}' ${open ? 'earned' : 'missed'} (${value})`)
    .join('')
  return `${picture.state}${why}: ${goals}${picture.state === 'won' ? stars : ''}`
}
