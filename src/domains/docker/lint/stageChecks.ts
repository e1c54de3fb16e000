import type { Instruction, InstructionOf, Stage } from '../dockerfile/instruction.ts'
import type { Linter } from './linter.ts'

/** The checks that need nothing but the stages as written. Models: buildkit instructions/parse.go and dockerfile2llb/validations.go */
export function checkStages(stages: readonly Stage[], metaArgs: readonly InstructionOf<'ARG'>[], lint: Linter): void {
  for (const arg of metaArgs) checkDescription(arg, lint)
  for (const stage of stages) {
    checkFrom(stage, lint.for(stage.comments))
    for (const instruction of stage.instructions) {
      const own = lint.for(instruction.comments)
      if (instruction.is === 'MAINTAINER') own.warn('MaintainerDeprecated', instruction.lines)
      if (instruction.is === 'ARG') checkDescription(instruction, own)
    }
  }
  checkNames(stages, lint)
  checkCasing(stages, lint)
}

function checkFrom(stage: Stage, lint: Linter): void {
  const words = stage.code.split(/\s+/).filter((word) => !word.startsWith('--'))
  const [from = '', , as, name] = words
  if (as === undefined || name === undefined) return
  if (name !== name.toLowerCase()) lint.warn('StageNameCasing', stage.lines, name)
  const lower = from === from.toLowerCase()
  if ((lower || from === from.toUpperCase()) && as !== (lower ? as.toLowerCase() : as.toUpperCase()))
    lint.warn('FromAsCasing', stage.lines, from, as)
  describe('FROM', [stage.name], stage, lint)
}

function checkDescription(arg: InstructionOf<'ARG'>, lint: Linter): void {
  describe(
    'ARG',
    arg.args.map(({ key }) => key),
    arg,
    lint,
  )
}

/** Unlike BuildKit, and as its documentation says, an empty line parts a comment from what follows. */
function describe(
  instruction: string,
  names: readonly string[],
  { comments, lines, apart }: Pick<Stage, 'comments' | 'lines' | 'apart'>,
  lint: Linter,
): void {
  const last = comments.at(-1)
  if (last === undefined || apart || names.includes(last.split(' ')[0] as string)) return
  lint.warn('InvalidDefinitionDescription', lines, instruction, names.length > 1 ? '<arg_key>' : (names[0] ?? ''))
}

function checkNames(stages: readonly Stage[], lint: Linter): void {
  const seen = new Set<string>()
  for (const { name, lines } of stages) {
    if (name === '') continue
    if (name === 'context' || name === 'scratch') lint.warn('ReservedStageName', lines, name)
    if (seen.has(name)) lint.warn('DuplicateStageName', lines, name)
    seen.add(name)
  }
}

function checkCasing(stages: readonly Stage[], lint: Linter): void {
  const all: readonly (Stage | Instruction)[] = stages.flatMap((stage) => [stage, ...stage.instructions])
  const lower = all.filter(({ written }) => written === written.toLowerCase()).length
  const upper = all.filter(
    ({ written }) => written !== written.toLowerCase() && written === written.toUpperCase(),
  ).length
  const toLower = lower > upper
  for (const { written, lines } of all)
    if (written !== (toLower ? written.toLowerCase() : written.toUpperCase()))
      lint.warn('ConsistentInstructionCasing', lines, written, toLower ? 'lowercase' : 'uppercase')
}
