// Rules that are only named are there once the core is; whatever order a bundler gives the files of this folder, it comes first.
import '../../host/coreComposition.ts'
import { defineReplacement, type Replacement, type Rule, rules } from '../../kernel/index.ts'

/**
 * Something that people believe about a system and that is not so: the world runs as they think when one rule is replaced. Its id is the name
 * of its file, in small letters with hyphens.
 */
export interface Misconception extends Replacement {
  /** Id of `concepts.yaml` that it is about. */
  readonly concept: string
}

interface Written<In, Out> extends Omit<Misconception, 'rule' | 'decide'> {
  /** The rule, or the id of one whose types are given. */
  readonly rule: Rule<In, Out> | string
  /** Pure. `real` is what the rule really says. */
  readonly decide: (input: In, real: (input: In) => Out) => Out
}

/** Declares a misconception and enters it in the list; a rule that does not exist and an id that is taken are mistakes of ours and throw. */
export function defineMisconception<In, Out>({ rule, decide, ...rest }: Written<In, Out>): Misconception {
  const id = typeof rule === 'string' ? rule : rule.id
  const known = rules.get(id) as Rule<In, Out> | undefined
  if (!known) throw new Error(`misconception ${rest.id} replaces a rule ${id} that does not exist`)
  if (list.has(rest.id)) throw new Error(`misconception ${rest.id} is defined twice`)
  const real = (input: In): Out => known.decide(input)
  const misconception: Misconception = { ...rest, rule: id, decide: ((input: In) => decide(input, real)) as never }
  list.set(rest.id, misconception)
  defineReplacement(misconception)
  return misconception
}

const list = new Map<string, Misconception>()

/** Every misconception whose file was loaded, by id: `all.ts` loads them all where Vite builds, `ofCore.ts` those of the core, `load.ts` all in Node. */
export const misconceptions: ReadonlyMap<string, Misconception> = list
