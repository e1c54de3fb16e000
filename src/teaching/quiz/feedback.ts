import { fitsGlob } from '../../host/goals/glob.ts'
import type { Lab } from '../../host/lab.ts'
import { linesOf } from '../../host/linesOf.ts'
import { readScene } from '../../host/scene.ts'
import { decisionOf, isDecision } from '../../host/views/decision.ts'
import { markOf } from '../../host/views/marks.ts'
import { type Told, tellEvent } from '../../host/views/telling.ts'
import { whyView } from '../../host/views/why.view.ts'
import type { PastEvent } from '../../kernel/index.ts'
import type { Misconception } from '../misconceptions/misconception.ts'
import { filled as withValues } from './draws.ts'
import type { Evaluated } from './evaluated.ts'
import type { Feedback, ReplayStep } from './item.ts'
import { BY_GOALS, WORLD_SEED } from './makeItem.ts'
import type { Template } from './template.ts'
import { linesOfFix, tryLines } from './trial.ts'
import { giveLines, givenOf, type Worlds } from './worlds.ts'

/** Steps of a replay at most. */
const MOST_STEPS = 14

/** Judges an answer, and says why: by the causes of this very run. `answer` is one text, or lines for `order`, `parsons` and `reach`. */
export function feedbackOf(
  worlds: Worlds,
  misconceptions: ReadonlyMap<string, Misconception>,
  template: Template,
  evaluated: Evaluated,
  answer: string | readonly string[],
): Feedback {
  const { filled, base, truth, distractors, drawn } = evaluated
  const lines = typeof answer === 'string' ? linesOf(answer) : answer
  const text = typeof answer === 'string' ? answer : answer.join('\n')
  const task = filled.task
  if (BY_GOALS.has(template.format) && task) {
    const given = template.format === 'fix' ? linesOfFix(task, text) : lines
    const trial = tryLines(worlds, base, task, given)
    const right = trial.picture.state === 'won'
    const lab = worlds.at(base)
    giveLines(lab, right ? given : solvedBy(evaluated), 'learner')
    lab.simulation.advanceTo(lab.simulation.now + task.run)
    return {
      right,
      says: withValues(filled.explain.says, drawn),
      ...told(lab, evaluated),
      goals: trial.picture.goals,
      verdicts: {},
      world: worldOf(evaluated, []),
    }
  }
  const right = isRight(template, evaluated, text)
  const wrong = right
    ? undefined
    : distractors.find(({ says, misconception }) => misconception && same(template, says, text))
  const believed = wrong?.misconception === undefined ? undefined : misconceptions.get(wrong.misconception)
  const lab = worlds.run(base, givenOf(filled.happens), filled.answer?.run ?? 0)
  return {
    right,
    truth,
    says: withValues(filled.explain.says, { ...drawn, answer: truth ?? '' }).replaceAll('${answer}', truth ?? ''),
    misconception: believed && { id: believed.id, says: believed.says, instead: believed.instead },
    ...told(lab, evaluated),
    verdicts: verdictsOf(lab, evaluated),
    world: worldOf(evaluated, givenOf(filled.happens)),
  }
}

/** Whether an answer is right where one is: numbers may be off by `within`. */
function isRight(template: Template, { truth = '', filled }: Evaluated, answer: string): boolean {
  if (template.format !== 'number' && template.format !== 'moment') return answer === truth
  const [given, real] = [numberIn(answer), numberIn(truth)]
  return given !== undefined && real !== undefined && Math.abs(given - real) <= (filled.answer?.within ?? 0)
}

function same(template: Template, says: string, answer: string): boolean {
  if (template.format !== 'number' && template.format !== 'moment') return says === answer
  return numberIn(says) === numberIn(answer)
}

function numberIn(text: string): number | undefined {
  const number = Number.parseFloat(text.replace(',', '.'))
  return Number.isFinite(number) ? number : undefined
}

/** The event that explains an item: the last one about its thing that cites the rule, else one that such an event led to. */
export function explaining(lab: Lab, { filled, base, truth }: Evaluated): PastEvent | undefined {
  const { journal } = lab.simulation
  const { rule, thing, first } = filled.explain
  // When the answer is a moment, what came after it explains nothing.
  const until = filled.answer?.when
    ? base.checkpoint.at + (Number.parseFloat(truth ?? '') + 1) * 1000
    : Number.POSITIVE_INFINITY
  const events = journal.slice(base.past.length).filter((event) => event.at <= until && fitsGlob(thing, event.to))
  const citing = (event: PastEvent) => cites(event, rule)
  const own = first ? events.find(citing) : events.findLast(citing)
  return own ?? events.findLast((event) => journal.why(event.id).some(citing))
}

/** Whether an event cites a rule or a part of it: by name, or in its table. */
export function cites(event: PastEvent, rule: string): boolean {
  const { rule: own, inputs } = event
  if (own === undefined) return false
  if (own === rule || own.startsWith(`${rule}/`) || own.startsWith(`${rule}.`)) return true
  const stem = own.replace(/\.[^.]*$/, '')
  return isDecision(inputs) && inputs.rows.some(({ refusedBy }) => `${stem}.filter/${refusedBy}` === rule)
}

function told(lab: Lab, evaluated: Evaluated): { trace: readonly Told[]; replay: readonly ReplayStep[] } {
  const event = explaining(lab, evaluated)
  const chain = event ? (whyView.selectLab(lab, { event: event.id }) as { chain: readonly Told[] }).chain : []
  return { trace: chain, replay: replayOf(lab, evaluated, event) }
}

/** What left a mark since the question began, and what explains it; the middle is left out of a long one. */
function replayOf({ simulation }: Lab, { base }: Evaluated, explained: PastEvent | undefined): readonly ReplayStep[] {
  const { journal } = simulation
  const steps: ReplayStep[] = []
  for (let i = base.past.length; i < journal.length; i++) {
    const event = journal.at(i) as PastEvent
    if (event.by === 'trial') continue
    const mark = markOf(simulation, event)
    if (!mark && event.id !== explained?.id) continue
    const { text, tone } = tellEvent(simulation, event)
    steps.push({ at: event.at - base.checkpoint.at, text, tone: mark?.tone ?? tone })
  }
  if (steps.length <= MOST_STEPS) return steps
  return [...steps.slice(0, MOST_STEPS / 2), ...steps.slice(-MOST_STEPS / 2)]
}

function verdictsOf(lab: Lab, evaluated: Evaluated): Feedback['verdicts'] {
  const { simulation } = lab
  const event = simulation.journal
    .slice(evaluated.base.past.length)
    .findLast((one) => fitsGlob(evaluated.filled.explain.thing, one.to) && isDecision(one.inputs))
  const decision = event && decisionOf(simulation, event)
  return Object.fromEntries(
    (decision?.candidates ?? []).map(({ name, refused, winner }) => [
      name,
      {
        fits: refused === undefined,
        text: refused ? [...(refused.lacks ?? refused.reasons)].reverse().join(', ') : winner ? 'chosen' : 'would do',
      },
    ]),
  )
}

function solvedBy({ filled }: Evaluated): readonly string[] {
  if (filled.lines) return filled.lines.right
  return [...linesOf(filled.solution ?? ''), ...linesOf(filled.task?.apply ?? '')]
}

function worldOf({ filled, base }: Evaluated, happens: readonly { at: number; line: string }[]): Feedback['world'] {
  const began = base.checkpoint.at
  return {
    seed: WORLD_SEED,
    lines: [
      ...readScene('', filled.world).lines.map(({ at, line }) => ({ at, line })),
      ...happens.map(({ at, line }) => ({ at: began + at, line })),
    ],
    at: began,
  }
}
