import type { Json, World } from '../../../kernel/index.ts'
import { type Principal, resolveReference } from '../core/index.ts'
import { type ParameterSpec, type Template, TemplateProblem } from './template.ts'
import type * as api from './types.generated.ts'

/** Values of a stack's parameters: as they were given, and as functions see them. */
export interface ParameterValues {
  readonly given: readonly api.Parameter[]
  readonly values: { readonly [name: string]: Json }
}

interface Asking {
  readonly world: World
  readonly region: string
  readonly principal: Principal
}

/** Takes the parameters of a call, checks them, and looks SSM parameters up. Throws `TemplateProblem`. */
export function parameterValues(
  template: Template,
  wanted: readonly api.Parameter[],
  before: readonly api.Parameter[],
  asking: Asking,
): ParameterValues {
  const byKey = new Map(wanted.map((one) => [one.ParameterKey ?? '', one]))
  const unknown = [...byKey.keys()].filter((key) => !(key in template.parameters))
  if (unknown.length > 0 && template.transforms.length === 0)
    throw new TemplateProblem(`Parameters: [${unknown.join(', ')}] do not exist in the template`)
  const missing: string[] = []
  const given: api.Parameter[] = []
  const values: Record<string, Json> = {}
  for (const [name, spec] of Object.entries(template.parameters)) {
    const own = byKey.get(name)
    const old = before.find(({ ParameterKey }) => ParameterKey === name)
    const text = own?.UsePreviousValue ? old?.ParameterValue : (own?.ParameterValue ?? presetOf(spec))
    if (text === undefined) {
      missing.push(name)
      continue
    }
    const stored = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(spec.Type)
    const found = stored ? looked(text, asking) : undefined
    check(name, spec, text)
    given.push({
      ParameterKey: name,
      ParameterValue: text,
      ...(found === undefined ? {} : { ResolvedValue: found }),
    })
    const type = stored?.[1] ?? spec.Type
    const value = found ?? text
    values[name] = /^(CommaDelimitedList|List<)/.test(type) ? value.split(',').map((one) => one.trim()) : value
  }
  if (missing.length > 0) throw new TemplateProblem(`Parameters: [${missing.join(', ')}] must have values`)
  return { given, values }
}

function presetOf({ Default: preset }: ParameterSpec): string | undefined {
  return preset === undefined ? undefined : String(preset)
}

function looked(name: string, { world, region, principal }: Asking): string {
  const found = resolveReference(name, principal, region, world)
  if (!found || 'error' in found)
    throw new TemplateProblem(`Unable to fetch parameters [${name}] from parameter store for this account.`)
  return found.value
}

function check(name: string, spec: ParameterSpec, text: string): void {
  const isList = /^(CommaDelimitedList|List<)/.test(spec.Type)
  const items = isList ? text.split(',').map((one) => one.trim()) : [text]
  const refuse = (words: string): never => {
    throw new TemplateProblem(
      spec.ConstraintDescription === undefined
        ? `Parameter '${name}' ${words}`
        : `Parameter ${name} failed to satisfy constraint: ${spec.ConstraintDescription}`,
    )
  }
  for (const item of items) {
    if (spec.AllowedValues && !spec.AllowedValues.map(String).includes(item))
      throw new TemplateProblem(`Parameter '${name}' must be one of AllowedValues`)
    if (/(^|<)Number/.test(spec.Type)) {
      if (!/^-?\d+(\.\d+)?$/.test(item)) throw new TemplateProblem(`Parameter '${name}' must be a number.`)
      if (spec.MinValue !== undefined && Number(item) < Number(spec.MinValue))
        refuse(`must be a number not less than ${String(spec.MinValue)}`)
      if (spec.MaxValue !== undefined && Number(item) > Number(spec.MaxValue))
        refuse(`must be a number not greater than ${String(spec.MaxValue)}`)
    }
  }
  if (isList) return
  if (spec.MinLength !== undefined && text.length < Number(spec.MinLength))
    refuse(`must contain at least ${String(spec.MinLength)} characters`)
  if (spec.MaxLength !== undefined && text.length > Number(spec.MaxLength))
    refuse(`must contain at most ${String(spec.MaxLength)} characters`)
  if (spec.AllowedPattern !== undefined && !new RegExp(`^(?:${spec.AllowedPattern})$`).test(text))
    refuse(`must match pattern ${spec.AllowedPattern}`)
}
