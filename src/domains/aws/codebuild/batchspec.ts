import type { YamlEntries } from './yamlEntries.ts'

/** What a batch build is to do, as read from `batch` of a buildspec. Models: AWS CodeBuild User Guide, "Batch build buildspec reference" */
export interface Batchspec {
  readonly failFast: boolean
  readonly tasks: readonly BatchTask[]
}

/** One build of a batch, with what it has of its own. */
export interface BatchTask {
  readonly identifier: string
  readonly dependsOn: readonly string[]
  readonly ignoreFailure: boolean
  /** Path or text; the batch's own when absent. */
  readonly buildspec?: string | undefined
  readonly env: TaskEnv
}

export interface TaskEnv {
  readonly computeType?: string | undefined
  readonly image?: string | undefined
  readonly type?: string | undefined
  readonly privileged?: boolean | undefined
  readonly variables: { readonly [name: string]: string }
}

/** Reads the mapping `batch`; `fail` is called with what is wrong. */
export function readBatch(batch: YamlEntries, fail: (message: string) => never): Batchspec {
  const kinds = ['build-list', 'build-graph', 'build-matrix', 'build-fanout'].filter((kind) => batch.has(kind))
  const [kind] = kinds
  if (kind === undefined || kinds.length > 1)
    return fail('batch must have exactly one of build-list, build-graph, build-matrix or build-fanout')
  const tasks =
    kind === 'build-matrix'
      ? matrix(batch.map(kind))
      : kind === 'build-fanout'
        ? fanout(batch.map(kind))
        : batch.maps(kind).map((one, i) => task(one, i, fail))
  const names = tasks.map(({ identifier }) => identifier)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) return fail(`duplicate build identifier: ${twice}`)
  const wrong = names.find((name) => !/^\w{1,128}$/.test(name))
  if (wrong !== undefined) return fail(`invalid build identifier: ${wrong}`)
  for (const { identifier, dependsOn } of tasks)
    for (const other of dependsOn)
      if (!names.includes(other)) return fail(`build ${identifier} depends on ${other}, which is not in the batch`)
  const around = circle(tasks)
  if (around !== undefined) return fail(`build graph contains a cycle at ${around}`)
  return { failFast: batch.yes('fast-fail'), tasks }
}

function task(one: YamlEntries, place: number, fail: (message: string) => never): BatchTask {
  const identifier = one.text('identifier') ?? fail(`identifier is required for build ${place} of the batch`)
  return {
    identifier,
    dependsOn: one.texts('depend-on'),
    ignoreFailure: one.yes('ignore-failure'),
    ...(one.text('buildspec') === undefined ? {} : { buildspec: one.text('buildspec') }),
    env: envOf(one.map('env')),
  }
}

function envOf(env: YamlEntries): TaskEnv {
  return {
    computeType: env.text('compute-type'),
    image: env.text('image'),
    type: env.text('type'),
    ...(env.has('privileged-mode') ? { privileged: env.yes('privileged-mode') } : {}),
    variables: env.map('variables').values(),
  }
}

/** Every combination of what is dynamic, on top of what is static. */
function matrix(spec: YamlEntries): readonly BatchTask[] {
  const fixed = spec.map('static')
  const env = fixed.map('env')
  const moving = spec.map('dynamic')
  const movingEnv = moving.map('env')
  const axes: (readonly [string, readonly string[]])[] = [
    ['buildspec', moving.texts('buildspec')],
    ...(['compute-type', 'image', 'type'] as const).map((key) => [key, movingEnv.texts(key)] as const),
    ...movingEnv
      .map('variables')
      .keys()
      .map((name) => [`variables.${name}`, movingEnv.map('variables').texts(name)] as const),
  ]
  const combinations = axes
    .filter(([, values]) => values.length > 0)
    .reduce<readonly ReadonlyMap<string, string>[]>(
      (rows, [axis, values]) => rows.flatMap((row) => values.map((value) => new Map([...row, [axis, value]]))),
      [new Map()],
    )
  return combinations.map((row, i) => {
    const own = [...row].flatMap(([axis, value]) =>
      axis.startsWith('variables.') ? [[axis.slice('variables.'.length), value] as const] : [],
    )
    const base = envOf(env)
    return {
      identifier: `build${i}`,
      dependsOn: [],
      ignoreFailure: fixed.yes('ignore-failure'),
      buildspec: row.get('buildspec'),
      env: {
        ...base,
        computeType: row.get('compute-type') ?? base.computeType,
        image: row.get('image') ?? base.image,
        type: row.get('type') ?? base.type,
        variables: { ...base.variables, ...Object.fromEntries(own) },
      },
    }
  })
}

/** The same build several times over, each for its share of the tests. */
function fanout(spec: YamlEntries): readonly BatchTask[] {
  const count = Math.max(1, Math.min(100, Number(spec.text('parallelism') ?? 1)))
  return Array.from({ length: count }, (_none, i) => ({
    identifier: `fanout_${i}`,
    dependsOn: [],
    ignoreFailure: spec.yes('ignore-failure'),
    env: { variables: {} },
  }))
}

/** A task that waits for itself by way of others. */
function circle(tasks: readonly BatchTask[]): string | undefined {
  const done = new Set<string>()
  let left = tasks
  while (left.length > 0) {
    const free = left.filter(({ dependsOn }) => dependsOn.every((name) => done.has(name)))
    if (free.length === 0) return left[0]?.identifier
    for (const { identifier } of free) done.add(identifier)
    left = left.filter(({ identifier }) => !done.has(identifier))
  }
  return undefined
}
