import { defineRule } from '../../../kernel/index.ts'
import { parseReference } from '../../containerd/index.ts'
import type { Instruction, InstructionOf, Stage } from '../dockerfile/instruction.ts'
import { DockerfileProblem } from '../dockerfile/problem.ts'
import { readDockerfile } from '../dockerfile/stages.ts'

/** One piece of advice on a Dockerfile, with its reason. */
export interface Advice {
  readonly practice: string
  readonly line: number
  readonly message: string
}

/** A Dockerfile, and whether a `.dockerignore` is beside it (undefined when that is not known). */
export interface PracticeQuestion {
  readonly dockerfile: string
  readonly hasIgnoreFile?: boolean | undefined
}

/**
 * What a good Dockerfile does that BuildKit's own checks do not ask for.
 * Models: https://docs.docker.com/build/building/best-practices/
 */
export const practicesRule = defineRule({
  id: 'docker.dockerfile.practices',
  says: 'Pin versions, keep only what is needed at run time, order steps for the cache, leave out what is not needed, and make the final stage small.',
  source: 'https://docs.docker.com/build/building/best-practices/',
  decide: (question: PracticeQuestion): readonly Advice[] => {
    let stages: readonly Stage[]
    try {
      stages = readDockerfile(question.dockerfile).stages
    } catch (problem) {
      if (problem instanceof DockerfileProblem) return []
      throw problem
    }
    const names = new Set(stages.map(({ name }) => name))
    return [
      ...stages.flatMap((stage) => pinned(stage, names)),
      ...stages.flatMap(cacheOrder),
      ...stages.flatMap(packageLists),
      ...ignored(stages, question.hasIgnoreFile),
      ...finalStage(stages),
    ].sort((a, b) => a.line - b.line)
  },
})

function pinned(stage: Stage, names: ReadonlySet<string>): readonly Advice[] {
  const { base, lines } = stage
  if (base.includes('$') || base === 'scratch' || names.has(base.toLowerCase())) return []
  const reference = parseReference(base)
  if (!reference || reference.digest !== undefined || (reference.tag !== undefined && reference.tag !== 'latest'))
    return []
  return [
    {
      practice: 'PinnedBaseImage',
      line: lines.start,
      message: `${base} names no version: the next build may stand upon another one. Write the tag that you have tried, or a digest.`,
    },
  ]
}

const INSTALLS =
  /\b(npm (ci|install|i)\b|yarn( install)?\b|pnpm install\b|pip3? install -r|bundle install|composer install|go mod download|mvn dependency|cargo fetch|poetry install)/

/** Everything copied before the dependencies are installed: every changed file installs them anew. */
function cacheOrder(stage: Stage): readonly Advice[] {
  let whole: InstructionOf<'COPY'> | InstructionOf<'ADD'> | undefined
  for (const instruction of stage.instructions) {
    if ((instruction.is === 'COPY' && instruction.from === '') || instruction.is === 'ADD') {
      if (instruction.files.paths.some((path) => path === '.' || path === './')) whole ??= instruction
    } else if (whole && instruction.is === 'RUN' && INSTALLS.test(commandOf(instruction)))
      return [
        {
          practice: 'CopyOrder',
          line: whole.lines.start,
          message:
            'Everything is copied before the dependencies are installed, so any changed file installs them anew. Copy the list of dependencies first, install, then copy the rest.',
        },
      ]
  }
  return []
}

function packageLists(stage: Stage): readonly Advice[] {
  return stage.instructions.flatMap((instruction) => {
    if (instruction.is !== 'RUN') return []
    const command = commandOf(instruction)
    const line = instruction.lines.start
    const cached = instruction.mounts.some((mount) => /type=cache/.test(mount))
    if (/\bapt-get update\b/.test(command) && !/\bapt-get (-\S+ )*install\b/.test(command))
      return [
        {
          practice: 'UpdateWithInstall',
          line,
          message:
            'apt-get update alone in a step is reused for ever, and a later install then asks for versions that are gone. Join them with && in one RUN.',
        },
      ]
    if (/\bapt-get (-\S+ )*install\b/.test(command) && !/rm -rf? \/var\/lib\/apt\/lists/.test(command) && !cached)
      return [
        {
          practice: 'PackageLists',
          line,
          message: 'The package lists stay in the layer. End the same RUN with: rm -rf /var/lib/apt/lists/*',
        },
      ]
    if (
      /\bapk add\b/.test(command) &&
      !/--no-cache/.test(command) &&
      !/rm -rf? \/var\/cache\/apk/.test(command) &&
      !cached
    )
      return [
        { practice: 'PackageLists', line, message: 'apk add without --no-cache keeps the package index in the layer.' },
      ]
    return []
  })
}

function ignored(stages: readonly Stage[], hasIgnoreFile: boolean | undefined): readonly Advice[] {
  if (hasIgnoreFile !== false) return []
  for (const { instructions } of stages)
    for (const instruction of instructions)
      if (
        instruction.is === 'COPY' &&
        instruction.from === '' &&
        instruction.files.paths.some((path) => path === '.' || path === './')
      )
        return [
          {
            practice: 'IgnoreFile',
            line: instruction.lines.start,
            message:
              'Without a .dockerignore everything in the folder is sent and copied: .git, node_modules, secrets. What changes there makes this step run anew.',
          },
        ]
  return []
}

const BUILDS =
  /\b(go build|npm run build|yarn build|mvn (\S+ )*package|gradle\w* (\S+ )*build|cargo build|dotnet publish|make\b|gcc |tsc\b)/
const TOOLS = /\b(build-essential|gcc|g\+\+|make|maven|git|cmake|\S+-dev)\b/

function finalStage(stages: readonly Stage[]): readonly Advice[] {
  const last = stages.at(-1)
  if (!last) return []
  const advice: Advice[] = []
  const runs = last.instructions.filter((one): one is InstructionOf<'RUN'> => one.is === 'RUN')
  const builds = runs.find((one) => BUILDS.test(commandOf(one)))
  if (builds)
    advice.push({
      practice: 'SmallFinalStage',
      line: builds.lines.start,
      message:
        'The final stage builds the program, so its compilers and sources are shipped too. Build in an earlier stage, and COPY --from it only what runs.',
    })
  const tools = runs.find((one) => /\b(apt-get|apk|yum|dnf)\b/.test(commandOf(one)) && TOOLS.test(commandOf(one)))
  if (tools && !builds)
    advice.push({
      practice: 'RuntimeDependenciesOnly',
      line: tools.lines.start,
      message: 'Tools for building are installed in the final stage. Keep them in an earlier stage.',
    })
  const dev = runs.find((one) =>
    /\bnpm (install|i|ci)\b(?!.*(--omit[= ]dev|--production|--only=prod))/.test(commandOf(one)),
  )
  if (
    dev &&
    !builds &&
    !last.instructions.some(
      (one) => one.is === 'ENV' && one.pairs.some(({ key, value }) => key === 'NODE_ENV' && value === 'production'),
    )
  )
    advice.push({
      practice: 'RuntimeDependenciesOnly',
      line: dev.lines.start,
      message: 'Dependencies for development are installed in the final stage too. Use npm ci --omit=dev.',
    })
  if (last.base !== 'scratch' && !last.instructions.some((one) => one.is === 'USER'))
    advice.push({
      practice: 'NotAsRoot',
      line: last.lines.start,
      message: 'No USER is set, so its processes run as root. Add one that owns no more than it needs.',
    })
  return advice
}

function commandOf(instruction: Instruction): string {
  if (instruction.is !== 'RUN') return ''
  return [...instruction.command.words, ...instruction.command.files.map(({ data }) => data)].join(' ')
}
