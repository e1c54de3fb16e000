import { linesOf } from '../../host/linesOf.ts'
import { draw } from '../../kernel/random.ts'
import type { Misconception } from '../misconceptions/misconception.ts'
import { type Drawn, drawnOf, type Picks, picksOf } from './draws.ts'
import { Evaluated, type Judged, once, type Unfit } from './evaluated.ts'
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

/** Makes items of templates. Everything that it finds out is kept, so a draw is run once however many seeds lead to it. */
export class Maker {
  readonly worlds: Worlds
  private readonly misconceptions: ReadonlyMap<string, Misconception>
  private readonly known = new Map<string, Evaluated | Unfit>()
  private readonly proving: boolean

  /** `proving` runs every draw to its end before it makes an item of it, and also with another seed of the world. */
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
    const draw = { drawn, filled }
    if (this.proving || needsAnswer(template, filled)) {
      const judged = this.judge(template, filled, base)
      if ('unfit' in judged) return judged
      return new Evaluated(draw, base, this.itemOf(template, filled, base, judged.asked), () => judged)
    }
    const asked = this.askedOf(template, filled, base, '', [])
    const judged = once(() => this.judge(template, filled, base))
    return new Evaluated(draw, base, this.itemOf(template, filled, base, asked), judged)
  }

  /** Runs the true world and the mistaken ones; says why when they make no item. */
  private judge(template: Template, filled: Filled, base: () => Base): (Judged & { readonly asked: Asked }) | Unfit {
    if (BY_GOALS.has(template.format)) return { distractors: [], asked: this.askedOf(template, filled, base, '', []) }
    const truth = this.outcome(filled, base())
    if (truth === undefined) return { unfit: 'the answer did not come' }
    const words = this.words(filled, truth.outcome)
    const distractors: Distractor[] = []
    const add = (says: string, misconception?: string) => {
      if (says !== words && !distractors.some((one) => one.says === says))
        distractors.push(misconception === undefined ? { says } : { says, misconception })
    }
    for (const id of template.misconceptions) {
      const mistaken = this.misconceptions.get(id)
      if (!mistaken) throw new Error(`there is no misconception ${id}`)
      const theirs = this.outcome(filled, base(), mistaken)
      if (theirs !== undefined) add(this.words(filled, theirs.outcome), id)
    }
    if (template.misconceptions.length > 0 && distractors.length === 0)
      return { unfit: 'nobody would be wrong: all misconceptions lead to the same answer' }
    for (const other of truth.others) add(this.words(filled, other))
    const asked = this.askedOf(template, filled, base, words, distractors)
    if (PICKED.has(template.format)) {
      if (distractors.length < 2) return { unfit: 'there are fewer than two distractors' }
      const options = optionsOf(asked)
      if (!options.includes(words)) return { unfit: `the answer '${words}' is none of what can be picked` }
      const strange = distractors.find(({ says }) => !options.includes(says) && template.format !== 'choice')
      if (strange) return { unfit: `the distractor '${strange.says}' is none of what can be picked` }
    }
    if (this.proving) {
      const elsewhere = this.outcome(filled, this.worlds.base(filled.world, OTHER_SEED))?.outcome
      const apart = Math.abs(Number.parseFloat(elsewhere ?? '') - Number.parseFloat(truth.outcome))
      if (elsewhere !== truth.outcome && !(apart <= (filled.answer?.within ?? 0))) return { unfit: TIED }
    }
    return { truth: words, distractors, asked }
  }

  /** The outcome of a run, and the further wrong ones where it is the true one. */
  private outcome(
    filled: Filled,
    base: Base,
    mistaken?: Misconception,
  ): { readonly outcome: string; readonly others: readonly string[] } | undefined {
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
    truth: string,
    distractors: readonly Distractor[],
  ): Asked {
    const { format } = template
    const { answer, places, spots, task, lines } = filled
    const shuffle = (texts: readonly string[]) => shuffled(texts, `${template.id} ${truth} ${texts.length}`)
    switch (format) {
      case 'choice':
      case 'cause': {
        const wrong = distractors.slice(0, format === 'cause' ? 5 : filled.options.most - 1).map(({ says }) => says)
        return { format, options: ordered([truth, ...wrong], shuffle), code: format === 'cause' }
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
      case 'order':
        return { format, entries: apart(shuffle(truth.split('\n')), truth) }
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

/** Whether an item cannot be shown before its answer is known: its options are made of it, or it must be seen which draws are alike. */
function needsAnswer({ format, shrink }: Template, { spots }: Filled): boolean {
  return ['choice', 'cause', 'order'].includes(format) || spots?.after === true || shrink.length > 0
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

/** Numbers go up; everything else is shuffled. */
function ordered(
  texts: readonly string[],
  shuffle: (texts: readonly string[]) => readonly string[],
): readonly string[] {
  const numbers = texts.map((text) => Number.parseFloat(text))
  if (numbers.every(Number.isFinite)) return [...texts].sort((a, b) => Number.parseFloat(a) - Number.parseFloat(b))
  return shuffle([...texts].sort())
}

function shuffled(texts: readonly string[], key: string): readonly string[] {
  return texts
    .map((text, i) => ({ text, at: draw(WORLD_SEED, key, i, text) }))
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => text)
}

/** A shuffled list that is not the answer by chance: then its first goes last. */
function apart(texts: readonly string[], answer: string): readonly string[] {
  return texts.join('\n').startsWith(answer) ? [...texts.slice(1), ...texts.slice(0, 1)] : texts
}
