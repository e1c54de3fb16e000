import type { BakeFile } from './definition.ts'
import { evaluate, type Scope } from './evaluate.ts'
import { type Block, type Expression, HclProblem } from './hclNode.ts'
import { laidOver, type Target } from './target.ts'

/** A refusal of bake with the file and place that it is about. */
export class BakeProblem extends Error {
  readonly file: BakeFile
  readonly problem: HclProblem

  constructor(file: BakeFile, problem: HclProblem) {
    super(problem.message)
    this.file = file
    this.problem = problem
  }
}

/** A variable as `--list=variables` shows it. */
export interface BakeVariable {
  readonly name: string
  readonly type: string
  readonly value: unknown
  readonly description: string
}

/** What the files of bake define, with everything evaluated. */
export interface Definition {
  readonly groups: ReadonlyMap<string, readonly string[]>
  readonly targets: ReadonlyMap<string, Target & { readonly inherits?: readonly string[] }>
  readonly variables: readonly BakeVariable[]
  readonly descriptions: ReadonlyMap<string, string>
}

/** Evaluates the files, later ones over earlier ones. Models: buildx bake/hclparser */
export function definitionOf(files: readonly BakeFile[], env: { readonly [name: string]: string }): Definition {
  const scope = new FileScope(files, env)
  const groups = new Map<string, string[]>()
  const targets = new Map<string, Target>()
  const descriptions = new Map<string, string>()
  for (const file of files)
    for (const block of file.body.blocks) {
      const [label = ''] = block.labels
      if (block.type === 'group') {
        const fields = scope.fields(file, block)
        groups.set(label, [
          ...new Set([...(groups.get(label) ?? []), ...((fields.targets as string[] | undefined) ?? [])]),
        ])
        if (typeof fields.description === 'string') descriptions.set(label, fields.description)
      }
      if (block.type !== 'target') continue
      const matrix = block.body.attributes.get('matrix')
      if (!matrix) {
        targets.set(label, laidOver(targets.get(label) ?? {}, scope.fields(file, block)))
        continue
      }
      const names: string[] = []
      for (const row of rowsOf(scope.value(file, matrix) as { readonly [axis: string]: readonly unknown[] })) {
        const fields = scope.fields(file, block, row)
        const name = String(fields.name ?? [label, ...Object.values(row).map(String)].join('-')).replace(/[^\w-]/g, '-')
        const { name: _, matrix: __, ...own } = fields
        targets.set(name, laidOver(targets.get(name) ?? {}, own))
        names.push(name)
      }
      groups.set(label, names)
    }
  return { groups, targets: targets as Definition['targets'], variables: scope.variables(), descriptions }
}

/** Every combination of a matrix. */
function rowsOf(matrix: {
  readonly [axis: string]: readonly unknown[]
}): readonly { readonly [axis: string]: unknown }[] {
  return Object.entries(matrix).reduce<readonly { readonly [axis: string]: unknown }[]>(
    (rows, [axis, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [axis]: value }))),
    [{}],
  )
}

class FileScope implements Scope {
  private readonly env: { readonly [name: string]: string }
  private readonly declared = new Map<string, { readonly file: BakeFile; readonly block: Block }>()
  private readonly attributes = new Map<string, { readonly file: BakeFile; readonly value: Expression }>()
  private readonly functions = new Map<string, { readonly file: BakeFile; readonly block: Block }>()
  private readonly known = new Map<string, unknown>()

  constructor(files: readonly BakeFile[], env: { readonly [name: string]: string }) {
    this.env = env
    for (const file of files) {
      for (const [name, value] of file.body.attributes) this.attributes.set(name, { file, value })
      for (const block of file.body.blocks) {
        const [name = ''] = block.labels
        if (block.type === 'variable') this.declared.set(name, { file, block })
        if (block.type === 'function') this.functions.set(name, { file, block })
      }
    }
  }

  variable(name: string): unknown {
    if (this.known.has(name)) return this.known.get(name)
    const declared = this.declared.get(name)
    const attribute = this.attributes.get(name)
    let value: unknown
    if (declared) {
      const preset = declared.block.body.attributes.get('default')
      const standard = preset ? this.value(declared.file, preset) : null
      value = this.override(name, standard, this.typeOf(declared.block))
    } else if (attribute) value = this.value(attribute.file, attribute.value)
    else if (name === 'BAKE_CMD_CONTEXT') value = 'cwd://'
    else if (name === 'BAKE_LOCAL_PLATFORM') value = 'linux/amd64'
    else return undefined
    this.known.set(name, value)
    return value
  }

  own(name: string): ((args: readonly unknown[]) => unknown) | undefined {
    const found = this.functions.get(name)
    if (!found) return undefined
    const { attributes } = found.block.body
    const words = (field: string): readonly string[] => {
      const given = attributes.get(field)
      if (given?.is === 'list')
        return given.items.flatMap((item) =>
          item.is === 'name' ? [item.name] : item.is === 'value' ? [String(item.value)] : [],
        )
      return given?.is === 'name' ? [given.name] : given?.is === 'value' ? [String(given.value)] : []
    }
    const params = words('params')
    const [variadic] = words('variadic_params')
    const result = attributes.get('result')
    return (args) => {
      if (!result) return null
      const scope: Scope = {
        own: (other) => this.own(other),
        variable: (other) => {
          const at = params.indexOf(other)
          return at >= 0 ? args[at] : other === variadic ? args.slice(params.length) : this.variable(other)
        },
      }
      return evaluate(result, scope)
    }
  }

  /** The value of an expression of a file; refusals know the file. */
  value(file: BakeFile, expression: Expression, row: { readonly [axis: string]: unknown } = {}): unknown {
    try {
      return evaluate(expression, {
        own: (name) => this.own(name),
        variable: (name) => (Object.hasOwn(row, name) ? row[name] : this.variable(name)),
      })
    } catch (problem) {
      if (problem instanceof HclProblem) throw new BakeProblem(file, problem)
      throw problem
    }
  }

  fields(file: BakeFile, block: Block, row: { readonly [axis: string]: unknown } = {}): Target {
    const fields: { [field: string]: unknown } = {}
    for (const [name, expression] of block.body.attributes)
      if (name !== 'matrix') fields[name] = textual(name, this.value(file, expression, row))
    return fields
  }

  variables(): readonly BakeVariable[] {
    return [...this.declared].map(([name, { file, block }]) => {
      const about = block.body.attributes.get('description')
      return {
        name,
        type: this.typeOf(block) ?? '',
        value: this.variable(name),
        description: about ? String(this.value(file, about)) : '',
      }
    })
  }

  private typeOf(block: Block): string | undefined {
    const type = block.body.attributes.get('type')
    if (type?.is === 'name') return type.name
    if (type?.is === 'call')
      return `${type.name}(${type.args.map((arg) => (arg.is === 'name' ? arg.name : '')).join(', ')})`
    return undefined
  }

  private override(name: string, standard: unknown, type: string | undefined): unknown {
    const json = this.env[`${name}_JSON`]
    if (json !== undefined && type !== undefined && this.env[name] === undefined) return JSON.parse(json) as unknown
    const given = this.env[name]
    if (given === undefined) return standard
    if (type?.startsWith('list') || type?.startsWith('set') || type?.startsWith('tuple'))
      return given === '' ? [] : given.split(',')
    if (type === 'number' || (type === undefined && typeof standard === 'number')) {
      if (Number.isNaN(Number(given))) throw new Error(`failed to parse ${name} as number`)
      return Number(given)
    }
    if (type === 'bool' || (type === undefined && typeof standard === 'boolean')) {
      if (!/^(?:1|t|true|0|f|false)$/i.test(given)) throw new Error(`failed to parse ${name} as bool`)
      return /^(?:1|t|true)$/i.test(given)
    }
    return given
  }
}

/** Values of arguments and labels are texts. */
function textual(field: string, value: unknown): unknown {
  if (!['args', 'labels', 'contexts'].includes(field) || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null)
      .map(([key, one]) => [key, typeof one === 'string' ? one : String(one)]),
  )
}
