import { defineRule } from '../../../kernel/index.ts'

/**
 * How far the commands of one phase get, and how the phase ends.
 * Models: AWS CodeBuild User Guide, buildspec `commands` and `finally`
 */
export const codebuildPhaseCommands = defineRule({
  id: 'codebuild.phaseCommands',
  says: 'Commands run until the first that fails; the finally block runs all the same; a failure in either fails the phase.',
  source: 'AWS CodeBuild User Guide, build-spec-ref',
  decide: (question: {
    /** Exit codes that the commands would end with, in order. */
    readonly commandExitCodes: readonly number[]
    readonly finallyExitCodes: readonly number[]
  }) => {
    const commands = runOf(question.commandExitCodes)
    const last = runOf(question.finallyExitCodes)
    return {
      commandsRun: commands.run,
      finallyRun: last.run,
      phaseStatus: commands.failed || last.failed ? 'FAILED' : 'SUCCEEDED',
    }
  },
})

function runOf(exitCodes: readonly number[]): { readonly run: number; readonly failed: boolean } {
  const failure = exitCodes.findIndex((code) => code !== 0)
  return failure < 0 ? { run: exitCodes.length, failed: false } : { run: failure + 1, failed: true }
}
