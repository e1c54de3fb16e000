import type { InstructionOf, Stage } from './instruction.ts'
import type { DockerfileNode } from './node.ts'
import { type Parsed, parseDockerfile } from './parser.ts'
import { DockerfileProblem } from './problem.ts'
import { readInstruction } from './readInstruction.ts'

/** A Dockerfile as stages. */
export interface Dockerfile {
  readonly parsed: Parsed
  readonly stages: readonly Stage[]
  /** ARGs before the first FROM. */
  readonly metaArgs: readonly InstructionOf<'ARG'>[]
}

/** Reads a Dockerfile into stages; throws `DockerfileProblem` in BuildKit's words. Models: buildkit instructions.Parse */
export function readDockerfile(text: string): Dockerfile {
  if (text === '') throw new DockerfileProblem('the Dockerfile cannot be empty')
  const parsed = parseDockerfile(text)
  return { parsed, ...stagesOf(parsed.root) }
}

/** The stages of a syntax tree. */
export function stagesOf(root: DockerfileNode): Pick<Dockerfile, 'stages' | 'metaArgs'> {
  const stages: (Omit<Stage, 'instructions'> & { instructions: Stage['instructions'][number][] })[] = []
  const metaArgs: InstructionOf<'ARG'>[] = []
  for (const node of root.children) {
    const lines = { start: node.startLine, end: node.endLine }
    let instruction: ReturnType<typeof readInstruction>
    try {
      instruction = readInstruction(node)
    } catch (problem) {
      if (!(problem instanceof DockerfileProblem)) throw problem
      throw new DockerfileProblem(`dockerfile parse error on line ${node.startLine}: ${problem.message}`, lines)
    }
    if (instruction.is === 'FROM') {
      const { is: _, ...stage } = instruction
      stages.push({ ...stage, instructions: [] })
      continue
    }
    const stage = stages.at(-1)
    if (stage) stage.instructions.push(instruction)
    else if (instruction.is === 'ARG') metaArgs.push(instruction)
    else throw new DockerfileProblem('no build stage in current context', lines)
  }
  return { stages, metaArgs }
}
