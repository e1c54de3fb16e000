import { ok, type Program } from '../program.ts'
import { linesOf, readInputs, unlines } from './inputs.ts'

/** Models: GNU coreutils tac. */
export const tac: Program = {
  name: 'tac',
  summary: 'Write each FILE to standard output, last line first.',
  usage: '[FILE]...',
  run(call) {
    const { inputs, errors } = readInputs(call, 'tac', call.argv.slice(1))
    return {
      ...ok(unlines(inputs.flatMap((input) => linesOf(input.text).reverse()))),
      exit: errors === '' ? 0 : 1,
      stderr: errors,
    }
  },
}
