import { labDomains } from '../../host/composition.ts'
import { linesOf } from '../../host/linesOf.ts'
import { rules } from '../../kernel/index.ts'
import { draw } from '../../kernel/random.ts'
import type { Misconception } from '../misconceptions/misconception.ts'
import { allPicks, type Picks } from './draws.ts'
import type { Evaluated } from './evaluated.ts'
import { feedbackOf } from './feedback.ts'
import type { Distractor } from './item.ts'
import { BY_GOALS, FORBIDDEN, Maker, optionsOf, PICKED } from './makeItem.ts'
import type { Template } from './template.ts'
import { linesOfFix, tryLines } from './trial.ts'
import { givenOf, readLine, Worlds } from './worlds.ts'

/** What a template makes, and what is wrong with it. */
export interface Proof {
  readonly problems: readonly string[]
  /** Different items. */
  readonly items: readonly Evaluated[]
  /** Draws that make none, by why. */
  readonly unfit: Readonly<Record<string, number>>
  /** How often each misconception was a distractor. */
  readonly diagnosed: Readonly<Record<string, number>>
  /** Rules that events about the explained thing, or before them, cite. */
  readonly cited: readonly string[]
}

/** Fewest different items of a template. */
const LEAST_ITEMS = 6

/**
 * Proves a template over everything that it can draw, at most `most` of that: equal draws are equal items, so none is run twice.
 * With `enough`, it goes through them in an order that its id decides and stops at so many items, once each misconception was met.
 */
export function prove(
  template: Template,
  misconceptions: ReadonlyMap<string, Misconception>,
  most = 200,
  enough = Number.POSITIVE_INFINITY,
): Proof {
  const problems = new Set<string>()
  const unfit: Record<string, number> = {}
  const diagnosed: Record<string, number> = Object.fromEntries(template.misconceptions.map((id) => [id, 0]))
  const cited = new Set<string>()
  const worlds = new Worlds(labDomains)
  const maker = new Maker(worlds, misconceptions, true)
  const items: Evaluated[] = []
  const strange = template.misconceptions.filter((id) => !misconceptions.has(id))
  for (const id of strange) problems.add(`there is no misconception ${id}`)
  if (strange.length > 0) return { problems: [...problems], items, unfit, diagnosed, cited: [] }

  const byGoals = BY_GOALS.has(template.format)
  for (const picks of inOrder(template, allPicks(template, most), enough)) {
    if (items.length >= enough && (byGoals || Object.values(diagnosed).every((times) => times > 0))) break
    const found = maker.evaluate(template, picks)
    if ('unfit' in found) {
      unfit[found.unfit] = (unfit[found.unfit] ?? 0) + 1
      // A quiz shows an item before it has run what comes of it: each draw that 'where' allows must be one.
      if (found.unfit !== FORBIDDEN) problems.add(`${found.unfit}; leave it out by 'where': ${JSON.stringify(picks)}`)
      continue
    }
    items.push(found)
    const of = `with ${JSON.stringify(found.drawn)}: `
    for (const { misconception } of found.distractors)
      if (misconception) diagnosed[misconception] = (diagnosed[misconception] ?? 0) + 1
    for (const problem of problemsOf(template, found)) problems.add(of + problem)
    if (byGoals) for (const problem of goalProblems(worlds, template, found)) problems.add(of + problem)
    const explained = explainProblem(worlds, misconceptions, template, found, cited)
    if (explained !== undefined) problems.add(of + explained)
  }
  const { rule } = template.trees['explain'] as { rule: string }
  if (![...rules.keys()].some((id) => id === rule || id.startsWith(`${rule}/`) || id.startsWith(`${rule}.`)))
    problems.add(`there is no rule ${rule}`)
  if (items.length < LEAST_ITEMS)
    problems.add(`it makes ${items.length} different items, and should make ${LEAST_ITEMS}: ${JSON.stringify(unfit)}`)
  for (const [id, times] of Object.entries(diagnosed))
    if (times === 0 && !byGoals) problems.add(`misconception ${id} is the distractor of no item`)
  return { problems: [...problems], items, unfit, diagnosed, cited: [...cited].sort() }
}

/** Draws as they come when all are looked at, else shuffled: neighbours are alike. */
function inOrder({ id }: Template, all: readonly Picks[], enough: number): readonly Picks[] {
  if (all.length <= enough) return all
  return all
    .map((picks, i) => ({ picks, at: draw(0, id, i) }))
    .sort((a, b) => a.at - b.at)
    .map(({ picks }) => picks)
}

function problemsOf(template: Template, { truth, distractors, item }: Evaluated): readonly string[] {
  const { asked } = item
  const problems: string[] = []
  if (item.prompt.length === 0) problems.push('it asks nothing')
  if (/\$\{[a-z]/.test(JSON.stringify([item.prompt, asked]))) problems.push('a ${name} of the text was not drawn')
  if (BY_GOALS.has(template.format)) return problems
  if (truth === undefined) return [...problems, 'it has no answer']
  if (PICKED.has(template.format)) {
    const options = optionsOf(asked)
    if (new Set(options).size < options.length) problems.push('two options are the same')
    if (!options.includes(truth)) problems.push(`the answer '${truth}' is none of the options`)
    if (options.length < 3) problems.push('there are fewer than three options')
    if (options.some((option) => option.trim() === '')) problems.push('an option is empty')
  }
  if ((asked.format === 'number' || asked.format === 'moment') && !Number.isFinite(Number.parseFloat(truth)))
    problems.push(`the answer '${truth}' is no number`)
  if (asked.format === 'number' || asked.format === 'moment') {
    const close = distractors.find((one) => one.misconception && near(one, truth, asked.within))
    if (close)
      problems.push(
        `'${close.says}' counts as right, and is what ${close.misconception} leads to: make 'within' smaller`,
      )
  }
  if (asked.format === 'order' && asked.entries.length < 3) problems.push('there are fewer than three things to order')
  return problems
}

function near({ says }: Distractor, truth: string, within: number): boolean {
  return Math.abs(Number.parseFloat(says) - Number.parseFloat(truth)) <= within
}

/** A task must be open at first, won by its solution, and lost by doing nothing, by slips and by lines as they are shown. */
function goalProblems(worlds: Worlds, template: Template, { base, filled, item }: Evaluated): readonly string[] {
  const { task, solution, lines, slips } = filled
  if (!task) return ['it has no task']
  const problems: string[] = []
  const apply = linesOf(task.apply ?? '')
  const outcome = (given: readonly string[]) => tryLines(worlds, base, task, given)
  const won = (given: readonly string[]) => outcome(given).picture.state === 'won'
  if (won(template.format === 'fix' ? apply : [])) problems.push('the goals hold without doing anything')
  const right = template.format === 'parsons' ? (lines?.right ?? []) : [...linesOf(solution ?? ''), ...apply]
  const trial = outcome(right)
  if (trial.picture.state !== 'won')
    problems.push(
      `the solution does not win: ${trial.picture.goals.map(({ state }, i) => `${task.goals[i]?.says}: ${state}`).join('; ')}; it printed ${trial.printed
        .map(({ output }) => output)
        .join(' / ')
        .slice(0, 400)}`,
    )
  for (const slip of slips)
    if (won([...linesOf(slip.lines), ...apply])) problems.push(`a slip wins: ${slip.lines.trim().split('\n')[0]}`)
  if (item.asked.format === 'parsons' && won(item.asked.lines)) problems.push('the lines as they are shown win')
  if (template.format === 'fix') {
    // The same by the way that a learner takes: the text of the file, as the solution leaves it.
    const lab = worlds.at(base)
    for (const line of linesOf(solution ?? '')) readLine(lab, line)
    const text = readLine(lab, `cat ${task.file ?? ''}`)
    if (!won(linesOfFix(task, text))) problems.push('the fixed file does not win when it is handed in as text')
  }
  return problems
}

function explainProblem(
  worlds: Worlds,
  misconceptions: ReadonlyMap<string, Misconception>,
  template: Template,
  found: Evaluated,
  cited: Set<string>,
): string | undefined {
  const { filled, truth, base } = found
  const answer = BY_GOALS.has(template.format)
    ? template.format === 'parsons'
      ? (filled.lines?.right ?? [])
      : template.format === 'fix'
        ? fixedText(worlds, found)
        : linesOf(filled.solution ?? '')
    : (truth ?? '')
  const feedback = feedbackOf(worlds, misconceptions, template, found, answer)
  if (!feedback.right) return 'its own answer is not right'
  if (/\$\{[a-z]/.test(feedback.says)) return "a ${name} of 'explain' was not drawn"
  for (const { rule } of feedback.trace) if (rule !== undefined) cited.add(rule)
  if (feedback.trace.length === 0) {
    // Nothing explains it: tell which rules could.
    const { journal } = worlds.run(base, givenOf(filled.happens), filled.answer?.run ?? 0).simulation
    for (const event of journal.slice(base.past.length))
      if (event.rule !== undefined) cited.add(`${event.rule} (about ${event.to})`)
  }
  if (feedback.trace.length === 0)
    return `no event about ${filled.explain.thing} cites ${filled.explain.rule}, nor has one that does before it`
  if (!feedback.trace.at(-1)?.root) return 'the trace does not lead back to a command'
  return feedback.replay.length === 0 ? 'the replay is empty' : undefined
}

function fixedText(worlds: Worlds, { base, filled }: Evaluated): string {
  const lab = worlds.at(base)
  for (const line of linesOf(filled.solution ?? '')) readLine(lab, line)
  return readLine(lab, `cat ${filled.task?.file ?? ''}`)
}
