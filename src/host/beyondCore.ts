import { coreVerbs } from './coreComposition.ts'

/** Programs that only the whole composition brings. */
export const PROGRAMS_BEYOND = ['aws', 'docker', 'git'] as const

const names = new RegExp(`(^|[\\s;&|({\`'"/])(${PROGRAMS_BEYOND.join('|')})($|[\\s;&|)}\`'"])`)
/** Of `kubectl`, what needs more than the core has. */
const late = /\bexplain\b/
const lab = new RegExp(`\\blab\\b(?!\\s+(${coreVerbs.map(({ name }) => name).join('|')})\\b)`)

/**
 * Whether a line may ask for something that is not in the core. In doubt it says so: the line then waits for what it would not have needed.
 * What it overlooks (a script that was written to a file) comes right when the rest is there, since the history is run again then.
 */
export function goesBeyond(line: string): boolean {
  return names.test(line) || late.test(line) || lab.test(line)
}
