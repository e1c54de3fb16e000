import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OperationShape, Paginator, ServiceApi, Shape, Waiter } from './serviceApi.ts'

/**
 * Reads a service's model out of a git repository of botocore (Apache-2.0) and writes the folder's `api.generated.ts` and
 * `types.generated.ts`: names, types and limits, without any of its prose.
 * Run by `npm run aws-api -- BOTOCORE_GIT_DIR MODEL FOLDER [Operation...]`; the output is committed.
 */
const [repository = '', model = '', folder = model, ...only] = process.argv.slice(2)
const target = join(dirname(fileURLToPath(import.meta.url)), '..', folder)

interface Model {
  readonly metadata: { readonly serviceFullName: string; readonly protocol: string }
  readonly operations: Readonly<
    Record<
      string,
      {
        readonly input?: { readonly shape: string }
        readonly output?: { readonly shape: string }
        readonly errors?: readonly { readonly shape: string }[]
      }
    >
  >
  readonly shapes: Readonly<Record<string, ModelShape>>
}

interface ModelShape {
  readonly type: string
  readonly members?: Readonly<Record<string, { readonly shape: string; readonly idempotencyToken?: boolean }>>
  readonly required?: readonly string[]
  readonly member?: { readonly shape: string }
  readonly key?: { readonly shape: string }
  readonly value?: { readonly shape: string }
  readonly enum?: readonly string[]
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly union?: boolean
  readonly exception?: boolean
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number }
}

const git = (...args: string[]) =>
  execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 })
const paths = git('ls-tree', '-r', '--name-only', 'HEAD', `botocore/data/${model}/`).trim().split('\n')
const versions = [...new Set(paths.map((path) => path.split('/')[3] ?? ''))].sort()
const version = versions.at(-1) ?? ''
const read = <T>(name: string): T | undefined => {
  const path = `botocore/data/${model}/${version}/${name}`
  return paths.includes(path) ? (JSON.parse(git('show', `HEAD:${path}`)) as T) : undefined
}

const source = read<Model>('service-2.json')
if (!source) throw new Error(`no model ${model} in ${repository}`)
const wanted = (name: string) => only.length === 0 || only.includes(name)
const shapes: Record<string, Shape> = {}
const operations: Record<string, OperationShape> = {}
for (const [name, { input, output, errors }] of Object.entries(source.operations)) {
  if (!wanted(name)) continue
  for (const shape of [input?.shape, output?.shape, ...(errors ?? []).map((error) => error.shape)])
    if (shape) take(shape)
  operations[name] = {
    ...(input ? { in: input.shape } : {}),
    ...(output ? { out: output.shape } : {}),
    ...(errors ? { errors: errors.map((error) => error.shape) } : {}),
  }
}

function take(name: string): void {
  if (shapes[name]) return
  const shape = source?.shapes[name]
  if (!shape) throw new Error(`no shape ${name}`)
  const limits = {
    ...(shape.min === undefined ? {} : { min: shape.min }),
    ...(shape.max === undefined ? {} : { max: shape.max }),
  }
  switch (shape.type) {
    case 'structure': {
      const members = Object.fromEntries(Object.entries(shape.members ?? {}).map(([key, { shape: of }]) => [key, of]))
      const tokens = Object.entries(shape.members ?? {}).flatMap(([key, { idempotencyToken }]) =>
        idempotencyToken ? [key] : [],
      )
      const error = shape.exception || shape.error ? (shape.error ?? {}) : undefined
      shapes[name] = {
        is: 'structure',
        members,
        ...(shape.required?.length ? { required: shape.required } : {}),
        ...(error
          ? {
              error: {
                ...(error.code ? { code: error.code } : {}),
                ...(error.httpStatusCode ? { status: error.httpStatusCode } : {}),
              },
            }
          : {}),
        ...(shape.union ? { union: true } : {}),
        ...(tokens.length ? { tokens } : {}),
      }
      for (const member of Object.values(members)) take(member)
      return
    }
    case 'list': {
      const of = shape.member?.shape ?? ''
      shapes[name] = { is: 'list', of, ...limits }
      take(of)
      return
    }
    case 'map': {
      const [key, of] = [shape.key?.shape ?? '', shape.value?.shape ?? '']
      shapes[name] = { is: 'map', key, of }
      take(key)
      take(of)
      return
    }
    case 'string':
    case 'character':
      shapes[name] = {
        is: 'string',
        ...(shape.enum ? { enum: shape.enum } : {}),
        ...limits,
        ...(shape.pattern ? { pattern: shape.pattern } : {}),
      }
      return
    case 'integer':
    case 'long':
    case 'double':
    case 'float':
      shapes[name] = { is: shape.type, ...limits }
      return
    case 'boolean':
    case 'timestamp':
    case 'blob':
      shapes[name] = { is: shape.type }
      return
    default:
      throw new Error(`${name} is a ${shape.type}`)
  }
}

interface ModelPaginator {
  readonly input_token: string | string[]
  readonly output_token: string | string[]
  readonly limit_key?: string
  readonly result_key: string | string[]
}
const paginators: Record<string, Paginator> = {}
const pages = read<{ pagination: Record<string, ModelPaginator> }>('paginators-1.json')
for (const [name, page] of Object.entries(pages?.pagination ?? {}))
  if (operations[name])
    paginators[name] = {
      input: page.input_token,
      output: page.output_token,
      ...(page.limit_key ? { limit: page.limit_key } : {}),
      results: page.result_key,
    }

interface ModelWaiter {
  readonly operation: string
  readonly delay: number
  readonly maxAttempts: number
  readonly acceptors: Waiter['acceptors']
}
const waiters: Record<string, Waiter> = {}
const waits = read<{ waiters: Record<string, ModelWaiter> }>('waiters-2.json')
for (const [name, { operation, delay, maxAttempts, acceptors }] of Object.entries(waits?.waiters ?? {}))
  if (operations[operation]) waiters[name] = { operation, delay, attempts: maxAttempts, acceptors }

const api: ServiceApi = {
  fullName: source.metadata.serviceFullName,
  protocol: source.metadata.protocol,
  operations,
  shapes: Object.fromEntries(Object.entries(shapes).sort(([a], [b]) => (a < b ? -1 : 1))),
  paginators,
  waiters,
}
const from = `// Generated by core/api.generate.ts from botocore's model of ${model} ${version} (Apache-2.0). Do not edit.`
mkdirSync(target, { recursive: true })
writeFileSync(
  join(target, 'api.generated.ts'),
  `${from}\nimport type { ServiceApi } from '../core/index.ts'\n\nexport const api: ServiceApi = JSON.parse(\n  ${quoted(JSON.stringify(api))},\n)\n`,
)

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** The TypeScript type of a shape: structures by name, everything else in place. */
function typed(name: string): string {
  const shape = shapes[name]
  switch (shape?.is) {
    case 'structure':
      return name
    case 'list':
      return `readonly ${/[|]/.test(typed(shape.of)) ? `(${typed(shape.of)})` : typed(shape.of)}[]`.replace(
        'readonly readonly ',
        'readonly (readonly ',
      )
    case 'map':
      return `{ readonly [key: string]: ${typed(shape.of)} }`
    case 'boolean':
      return 'boolean'
    case 'string':
    case 'blob':
      return 'string'
    default:
      return 'number'
  }
}

function listed(name: string): string {
  const text = typed(name)
  const opened = text.split('(').length - text.split(')').length
  return opened > 0 ? text.replace(/\[\]$/, `${')'.repeat(opened)}[]`) : text
}

const used = new Set(
  Object.values(api.shapes).flatMap((shape) => (shape.is === 'structure' ? Object.values(shape.members) : [])),
)
const declared = Object.entries(api.shapes).flatMap(([name, shape]) => {
  if (shape.is !== 'structure' || (shape.error && !used.has(name))) return []
  const members = Object.entries(shape.members).map(([member, of]) => {
    const must = shape.required?.includes(member)
    return `  readonly ${/^\w+$/.test(member) ? member : `'${member}'`}${must ? '' : '?'}: ${listed(of)}${must ? '' : ' | undefined'}`
  })
  return [`export interface ${name} {\n${members.join('\n')}\n}`]
})
writeFileSync(join(target, 'types.generated.ts'), `${from}\n\n${declared.join('\n\n')}\n`)
console.log(
  `${folder}: ${Object.keys(operations).length} operations, ${Object.keys(shapes).length} shapes, ${JSON.stringify(api).length} characters`,
)
