import type { Json, JsonObject } from '../../../../kernel/index.ts'
import type { ApiError } from '../apiError.ts'
import type { ServiceApi } from '../serviceApi.ts'

/**
 * What a service's front finds wrong in a well-typed input before the operation sees it: enumerations, lengths, ranges and patterns.
 * Models: the validation of Coral, in whose words most services answer.
 */
export function constraintError(
  service: string,
  api: ServiceApi,
  shapeName: string,
  input: JsonObject,
): ApiError | undefined {
  if (api.protocol === 'ec2' || api.protocol === 'rest-xml') return undefined
  const found: string[] = []
  look(api, shapeName, input, '', api.protocol === 'query', found)
  if (found.length === 0) return undefined
  if (service === 'ecr') {
    const [, at = '', constraint = ''] =
      /at '([^']*)' failed to satisfy constraint: Member (.*)$/s.exec(found[0] ?? '') ?? []
    return {
      code: 'InvalidParameterException',
      message: `Invalid parameter at '${at}' failed to satisfy constraint: '${constraint.replace(/^must satisfy regular expression pattern: (.*)$/s, "must satisfy regular expression '$1'")}'`,
    }
  }
  const code =
    service === 'ecs'
      ? 'InvalidParameterException'
      : !api.protocol.includes('json')
        ? 'ValidationError'
        : 'ValidationException'
  return {
    code,
    message: `${found.length} validation error${found.length === 1 ? '' : 's'} detected: ${found.join('; ')}`,
  }
}

function look(
  api: ServiceApi,
  shapeName: string,
  value: Json | undefined,
  path: string,
  query: boolean,
  found: string[],
): void {
  const shape = api.shapes[shapeName]
  if (!shape || value === undefined || value === null) return
  const says = (shown: string, constraint: string) =>
    found.push(`Value '${shown}' at '${path}' failed to satisfy constraint: Member ${constraint}`)
  switch (shape.is) {
    case 'structure':
      for (const [member, of] of Object.entries(shape.members)) {
        const name = `${member.slice(0, 1).toLowerCase()}${member.slice(1)}`
        look(api, of, (value as JsonObject)[member], path === '' ? name : `${path}.${name}`, query, found)
      }
      return
    case 'list': {
      const list = value as readonly Json[]
      if (shape.max !== undefined && list.length > shape.max)
        says(shown(value), `must have length less than or equal to ${shape.max}`)
      list.forEach((one, i) => {
        look(api, shape.of, one, `${path}.${i + 1}.member`, query, found)
      })
      return
    }
    case 'map':
      for (const [key, one] of Object.entries(value as JsonObject))
        look(api, shape.of, one, `${path}.${key}.member`, query, found)
      return
    case 'string': {
      const text = String(value)
      if (shape.enum && !shape.enum.includes(text))
        says(text, `must satisfy enum value set: [${shape.enum.join(', ')}]`)
      if (shape.max !== undefined && text.length > shape.max)
        says(text, `must have length less than or equal to ${shape.max}`)
      const pattern = shape.pattern === undefined ? undefined : patternOf(shape.pattern)
      if (pattern && !pattern.test(text)) says(text, `must satisfy regular expression pattern: ${shape.pattern}`)
      return
    }
    case 'integer':
    case 'long':
    case 'double':
    case 'float':
      if (shape.max !== undefined && Number(value) > shape.max)
        says(String(value), `must have value less than or equal to ${shape.max}`)
  }
}

function shown(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, one]) => `${key}=${shown(one as Json)}`)
      .join(', ')}}`
  return String(value)
}

const patterns = new Map<string, RegExp | null>()

/** A pattern of the model as JavaScript reads it; undefined for one that it cannot. */
function patternOf(source: string): RegExp | undefined {
  const known = patterns.get(source)
  if (known !== undefined) return known ?? undefined
  let made: RegExp | null = null
  for (const flags of ['su', 's']) {
    try {
      made ??= new RegExp(
        `^(?:${source.replaceAll('\\p{Alnum}', 'A-Za-z0-9').replaceAll('\\p{ASCII}', '\\x00-\\x7f').replaceAll('\\p{Print}', '[ -~]')})$`,
        flags,
      )
    } catch {}
  }
  patterns.set(source, made)
  return made ?? undefined
}
