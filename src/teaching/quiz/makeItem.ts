import { linesOf } from '../../host/linesOf.ts'
import type { Misconception } from '../misconceptions/misconception.ts'
import { apart, ordered, shuffled } from './arranged.ts'
import { type Drawn, drawnOf, type Picks, picksOf } from './draws.ts'
import { Evaluated, once, type Unfit } from './evaluated.ts'
import type { Asked, Distractor, Item, ItemPart, Place } from './item.ts'
import { codeOf } from './itemCode.ts'
import { outcomeOf, rootsOf, said } from './outcome.ts'
import { fill } from './readTemplate.ts'
import type { Format } from './schema.ts'
import type { Filled, Template } from './template.ts'
import { type Base, givenOf, readLine, type Worlds } from './worlds.ts'

/** The seed of every question's world: worlds that begin alike are then run once. Items differ by what they draw. */
export const WORLD_SEED = 41
/** Another one, to see that an answer does not hang on chance. */
const OTHER_SEED = 97
/** Why a draw that its template leaves out makes no item. */
export const FORBIDDEN = "'where' does not allow it"
const NO_ANSWER = 'the answer did not come'
const NOBODY_WRONG = 'nobody would be wrong: all misconceptions lead to the same answer'
const TIED = 'the answer hangs on chance: another seed of the world, another answer'
/** How many draws are tried for one seed. */
const MOST_ATTEMPTS = 40
/** Formats in which one of several options is picked. */
export const PICKED: ReadonlySet<Format> = new Set(['choice', 'place', 'hotspot', 'cause'])
/** Formats that goals decide. */
export const BY_GOALS: ReadonlySet<Format> = new Set(['fix', 'reach', 'parsons'])

/** An item, and what only the engine knows of it. */
export interface Made {
  readonly item: Item
  readonly evaluated: Evaluated
}

/** What a run came to, and the further wrong answers that can be read there. */
interface Told {
  readonly outcome: string
  readonly others: readonly string[]
}

/** Makes items of templates. Everything that it finds out is kept, so a draw is run once however many seeds lead to it. */
export class Maker {
  readonly worlds: Worlds
  private readonly misconceptions: ReadonlyMap<string, Misconception>
  private readonly known = new Map<string, Evaluated | Unfit>()
  private readonly proving: boolean

  /** `proving` sees first whether a draw makes an item, also with another seed of the world; else that is taken to be proven. */
  constructor(worlds: Worlds, misconceptions: ReadonlyMap<string, Misconception>, proving = false) {
    this.worlds = worlds
    this.misconceptions = misconceptions
    this.proving = proving
  }

  /** The item of a seed: the first of its draws that tells right from wrong, made as small as that allows. */
  make(template: Template, seed: number): Made | Unfit {
    let why = 'nothing could be drawn'
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const picks = picksOf(template, seed, attempt)
      const found = this.evaluate(template, picks)
      if ('unfit' in found) {
        why = found.unfit
        continue
      }
      const evaluated = this.shrunk(template, picks, found)
      const code = codeOf({ template: template.id, seed, level: template.level, version: template.version })
      return { item: { ...evaluated.item, code }, evaluated }
    }
    return { unfit: why }
  }

  /** Runs one draw. */
  evaluate(template: Template, picks: Picks): Evaluated | Unfit {
    const key = `${template.id} ${JSON.stringify(picks)}`
    let found = this.known.get(key)
    if (!found) {
      const drawn = drawnOf(template, picks)
      found = drawn ? this.run(template, drawn) : { unfit: FORBIDDEN }
      this.known.set(key, found)
    }
    return found
  }

  private shrunk(template: Template, picks: Picks, found: Evaluated): Evaluated {
    if (template.shrink.length === 0) return found
    let [best, kept] = [found, picks]
    const wanted = new Set(found.distractors.map(({ misconception }) => misconception))
    for (const name of template.shrink) {
      for (let at = 0; at < (kept[name] ?? 0); at++) {
        const smaller = this.evaluate(template, { ...kept, [name]: at })
        if ('unfit' in smaller) continue
        const has = new Set(smaller.distractors.map(({ misconception }) => misconception))
        if (![...wanted].every((one) => has.has(one))) continue
        best = smaller
        kept = { ...kept, [name]: at }
        break
      }
    }
    return best
  }

  private run(template: Template, drawn: Drawn): Evaluated | Unfit {
    const filled = fill(template, drawn)
    const base = once(() => this.worlds.base(filled.world, WORLD_SEED))
    const told = once(() => this.outcome(filled, base()))
    const wrong = once(() => this.wrongAnswers(template, filled, base(), told()))
    const truth = () => {
      const { outcome } = told() ?? {}
      if (outcome === undefined) throw new Error(`${template.id} with ${JSON.stringify(drawn)}: ${NO_ANSWER}`)
      return this.words(filled, outcome)
    }
    const byGoals = BY_GOALS.has(template.format)
    const asked = once(() => this.askedOf(template, filled, base, truth, wrong))
    if (this.proving && !byGoals) {
      const unfit = this.unfit(template, filled, told, wrong, asked)
      if (unfit !== undefined) return { unfit }
    }
    const item = this.itemOf(template, filled, base, asked())
    return new Evaluated({ drawn, filled, item }, base, byGoals ? () => undefined : truth, byGoals ? () => [] : wrong)
  }

  /** What the mistaken would answer, and what else somebody might. */
  private wrongAnswers(template: Template, filled: Filled, base: Base, told: Told | undefined): readonly Distractor[] {
    const truth = told && this.words(filled, told.outcome)
    const wrong: Distractor[] = []
    const add = (says: string, misconception?: string) => {
      if (says !== truth && !wrong.some((one) => one.says === says))
        wrong.push(misconception === undefined ? { says } : { says, misconception })
    }
    for (const id of template.misconceptions) {
      const mistaken = this.misconceptions.get(id)
      if (!mistaken) throw new Error(`there is no misconception ${id}`)
      const theirs = this.outcome(filled, base, mistaken)
      if (theirs !== undefined) add(this.words(filled, theirs.outcome), id)
    }
    for (const other of told?.others ?? []) add(this.words(filled, other))
    return wrong
  }

  /** Why a draw makes no item, if it makes none. */
  private unfit(
    { misconceptions, format }: Template,
    filled: Filled,
    told: () => Told | undefined,
    wrong: () => readonly Distractor[],
    asked: () => Asked,
  ): string | undefined {
    const truth = told()?.outcome
    if (truth === undefined) return NO_ANSWER
    if (misconceptions.length > 0 && !wrong().some(({ misconception }) => misconception)) return NOBODY_WRONG
    if (PICKED.has(format)) {
      const [words, options] = [this.words(filled, truth), optionsOf(asked())]
      if (wrong().length < 2) return 'there are fewer than two distractors'
      if (!options.includes(words)) return `the answer '${words}' is none of what can be picked`
      const strange = wrong().find(({ says }) => !options.includes(says) && format !== 'choice')
      if (strange) return `the distractor '${strange.says}' is none of what can be picked`
    }
    const elsewhere = this.outcome(filled, this.worlds.base(filled.world, OTHER_SEED))?.outcome
    const apart = Math.abs(Number.parseFloat(elsewhere ?? '') - Number.parseFloat(truth))
    return elsewhere === truth || apart <= (filled.answer?.within ?? 0) ? undefined : TIED
  }

  /** The outcome of a run, and the further wrong ones where it is the true one. */
  private outcome(filled: Filled, base: Base, mistaken?: Misconception): Told | undefined {
    const { answer, options } = filled
    if (!answer) return undefined
    const lab = this.worlds.run(base, givenOf(filled.happens), answer.run, mistaken)
    const began = { position: base.past.length, at: base.checkpoint.at }
    const outcome = outcomeOf(lab, answer, began)
    if (outcome === undefined) return undefined
    if (mistaken || base.seed !== WORLD_SEED) return { outcome, others: [] }
    const causes = answer.cause === undefined ? [] : rootsOf(lab, began)
    const others = options.others.flatMap((other) =>
      typeof other === 'string'
        ? [other]
        : readLine(lab, other.read)
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean),
    )
    return { outcome, others: [...causes, ...others] }
  }

  private words(filled: Filled, outcome: string): string {
    if (filled.places) return outcome === '' ? (filled.places.none ?? '') : outcome
    if (filled.spots) return outcome
    return said(outcome, filled.options, filled.answer?.unit === undefined ? undefined : filled.answer.unit)
  }

  private itemOf(template: Template, filled: Filled, base: () => Base, asked: Asked): Omit<Item, 'code'> {
    const { id, title, topic, concepts, format, level } = template
    const shows = filled.prompt.some((part) => part.is === 'show')
    const lab = shows ? this.worlds.at(base()) : undefined
    const prompt = filled.prompt.map((part): ItemPart => {
      if (part.is !== 'show' || !lab) return part as ItemPart
      return { is: 'printed', of: linesOf(part.lines).map((line) => ({ line, output: readLine(lab, line) })) }
    })
    return { template: id, title, topic, concepts, titles: concepts, format, level, prompt, asked }
  }

  private askedOf(
    template: Template,
    filled: Filled,
    base: () => Base,
    truth: () => string,
    wrong: () => readonly Distractor[],
  ): Asked {
    const { format } = template
    const { answer, places, spots, task, lines } = filled
    const shuffle = (texts: readonly string[], by = '') => shuffled(texts, `${template.id} ${by} ${texts.length}`)
    switch (format) {
      case 'choice':
      case 'cause': {
        const right = truth()
        const others = wrong().slice(0, format === 'cause' ? 5 : filled.options.most - 1)
        const options = ordered([right, ...others.map(({ says }) => says)], (texts) => shuffle(texts, right))
        return { format, options, code: format === 'cause' }
      }
      case 'hotspot': {
        const lab =
          spots?.after && answer ? this.worlds.run(base(), givenOf(filled.happens), answer.run) : this.worlds.at(base())
        const all = readLine(lab, spots?.read ?? 'true').split('\n')
        return { format, options: [...new Set(all.filter((line) => line.trim() !== ''))], code: true }
      }
      case 'place': {
        const lab = this.worlds.at(base())
        const read = readLine(lab, places?.read ?? 'true')
          .split('\n')
          .filter((line) => line.trim() !== '')
        const size = places?.size === undefined ? undefined : Number(places.size)
        return {
          format,
          places: read.map(placeOf),
          none: places?.none,
          asked: places?.asked,
          facts: places?.facts ?? [],
          size: size !== undefined && Number.isFinite(size) ? size : undefined,
        }
      }
      case 'number':
        return { format, unit: answer?.unit, within: answer?.within ?? 0 }
      case 'moment':
        return { format, until: lengthOf(filled), within: answer?.within ?? 0 }
      case 'order': {
        const right = truth()
        return { format, entries: apart(shuffle(right.split('\n'), right), right) }
      }
      case 'parsons':
        return {
          format,
          lines: apart(shuffle([...(lines?.right ?? []), ...(lines?.decoys ?? [])]), (lines?.right ?? []).join('\n')),
        }
      case 'fix': {
        const text = `${readLine(this.worlds.at(base()), `cat ${task?.file ?? ''}`)}\n`
        return { format, file: task?.file ?? '', text, goals: (task?.goals ?? []).map(({ says }) => says) }
      }
      case 'reach':
        return { format, goals: (task?.goals ?? []).map(({ says }) => says) }
    }
  }
}

/** What can be picked in an item. */
export function optionsOf(asked: Asked): readonly string[] {
  if ('options' in asked) return asked.options
  if (asked.format !== 'place') return []
  return [...asked.places.map(({ name }) => name), ...(asked.none === undefined ? [] : [asked.none])]
}

/** How long a run is, in seconds, from when the question begins. */
function lengthOf({ happens, answer }: Filled): number {
  return Math.ceil(((givenOf(happens).at(-1)?.at ?? 0) + (answer?.run ?? 0)) / 1000)
}

function placeOf(line: string): Place {
  const [name = '', facts = '', used, of] = line.split('|').map((part) => part.trim())
  const number = (text: string | undefined) => (text === undefined || text === '' ? undefined : Number(text))
  return { name, facts, used: number(used), of: number(of) }
}
