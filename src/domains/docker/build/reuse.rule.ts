import { defineRule } from '../../../kernel/index.ts'

/** What the result of a step depends upon. */
export interface StepInputs {
  /** Key of the step below; absent upon scratch. */
  readonly parent?: string | undefined
  /** What it does, in one line: the command of RUN, source and target of COPY. */
  readonly command: string
  /** Variables of RUN. */
  readonly env?: { readonly [name: string]: string } | undefined
  /** Sums of the files that COPY, ADD or a bind mount brings, by path. */
  readonly files?: { readonly [path: string]: string } | undefined
}

/** What is asked about a step: is there a result for these very inputs, and if not, what is the nearest one there was? */
export interface ReuseQuestion {
  readonly inputs: StepInputs
  /** Inputs of what the cache holds: the same step as it was made before, the newest first. */
  readonly before: readonly StepInputs[]
  readonly noCache?: boolean | undefined
}

export interface ReuseVerdict {
  readonly reused: boolean
  /** Why not, for a learner. */
  readonly why?: string | undefined
}

/**
 * Whether the result of a build step is reused.
 * Models: buildkit solver/cachekey.go; the keys of exec and file operations.
 */
export const reuseRule = defineRule({
  id: 'docker.build.cache',
  says: 'A step is reused when the step below, its command, its variables and the content of its files are all the same as before.',
  source: 'https://docs.docker.com/build/cache/invalidation/ and buildkit solver/llbsolver/ops',
  decide: ({ inputs, before, noCache }: ReuseQuestion): ReuseVerdict => {
    if (noCache) return { reused: false, why: '--no-cache was given' }
    if (before.some((one) => same(one, inputs))) return { reused: true }
    const [nearest] = [...before].sort((a, b) => distance(a, inputs) - distance(b, inputs))
    return { reused: false, why: nearest ? difference(nearest, inputs) : 'it was not built here before' }
  },
})

function same(a: StepInputs, b: StepInputs): boolean {
  return distance(a, b) === 0
}

/** How much differs; zero for the same inputs. */
function distance(a: StepInputs, b: StepInputs): number {
  return (
    (a.command === b.command ? 0 : 1000) +
    changedKeys(a.env, b.env).length * 10 +
    changedKeys(a.files, b.files).length * 10 +
    (a.parent === b.parent ? 0 : 1)
  )
}

function difference(before: StepInputs, now: StepInputs): string {
  if (before.command !== now.command) return 'the instruction is not the same as before'
  const files = changedKeys(before.files, now.files)
  if (files.length > 0) return filesText(files, before.files ?? {}, now.files ?? {})
  const [name] = changedKeys(before.env, now.env)
  if (name !== undefined) return variableText(name, before.env?.[name], now.env?.[name])
  return 'a step before it was not reused'
}

function filesText(
  changed: readonly string[],
  before: { readonly [path: string]: string },
  now: { readonly [path: string]: string },
): string {
  const [first = ''] = changed
  const how = before[first] === undefined ? 'is new' : now[first] === undefined ? 'is gone' : 'is changed'
  const others = changed.length - 1
  return `${first} ${how}${others > 0 ? `, and ${others} more ${others === 1 ? 'file' : 'files'}` : ''}`
}

function variableText(name: string, before: string | undefined, now: string | undefined): string {
  if (now === undefined) return `the variable ${name} is gone`
  return before === undefined ? `the variable ${name} is new` : `the variable ${name} is ${now} now, and was ${before}`
}

function changedKeys(
  a: { readonly [key: string]: string } = {},
  b: { readonly [key: string]: string } = {},
): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key] !== b[key]).sort()
}
