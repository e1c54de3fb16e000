import type { ServiceApi } from '../serviceApi.ts'
import { Float } from './python.ts'
import type { Shown } from './shaped.ts'

/** An example of a shape with a value for every member: for `--generate-cli-skeleton`. `named` writes each member's name as its value. */
export function skeleton(api: ServiceApi, shapeName: string | undefined, named = false): Shown {
  return shapeName === undefined ? {} : sample(api, shapeName, named, '', [])
}

function sample(api: ServiceApi, shapeName: string, named: boolean, name: string, above: readonly string[]): Shown {
  const shape = api.shapes[shapeName]
  if (!shape) return ''
  switch (shape.is) {
    case 'structure':
      if (above.includes(shapeName)) return {}
      return Object.fromEntries(
        Object.entries(shape.members).map(([member, of]) => [
          member,
          sample(api, of, named, member, [...above, shapeName]),
        ]),
      )
    case 'list':
      return above.includes(shapeName) ? [] : [sample(api, shape.of, named, shape.of, [...above, shapeName])]
    case 'map':
      return above.includes(shapeName) ? {} : { KeyName: sample(api, shape.of, named, shape.of, [...above, shapeName]) }
    case 'string':
      return named ? name : (shape.enum?.[0] ?? '')
    case 'integer':
    case 'long':
      return 0
    case 'float':
    case 'double':
      return new Float(0)
    case 'boolean':
      return true
    case 'timestamp':
      return '1970-01-01T00:00:00'
    case 'blob':
      return ''
  }
}

/** The same as YAML with what must be there marked. */
export function yamlSkeleton(api: ServiceApi, shapeName: string | undefined): string {
  return shapeName === undefined ? '' : yaml(api, shapeName, '', [])
}

function yaml(api: ServiceApi, shapeName: string, indent: string, above: readonly string[]): string {
  const shape = api.shapes[shapeName]
  if (shape?.is !== 'structure' || above.includes(shapeName)) return ''
  return Object.entries(shape.members)
    .map(([member, of]) => {
      const must = shape.required?.includes(member) ? '[REQUIRED] ' : ''
      const one = api.shapes[of]
      const inner = [...above, shapeName]
      if (one?.is === 'structure')
        return `${indent}${member}:${note(must)}\n${yaml(api, of, `${indent}  `, inner) || `${indent}  {}\n`}`
      if (one?.is === 'list') {
        const item = api.shapes[one.of]
        if (item?.is !== 'structure') return `${indent}${member}:${note(must)}\n${indent}- ${plain(api, one.of)}\n`
        const text = yaml(api, one.of, `${indent}  `, inner)
        return `${indent}${member}:${note(must)}\n${text === '' ? `${indent}- {}\n` : text.replace(`${indent}  `, `${indent}- `)}`
      }
      if (one?.is === 'map') return `${indent}${member}:${note(must)}\n${indent}  KeyName: ${plain(api, one.of)}\n`
      const values = one?.is === 'string' && one.enum ? `Valid values are: ${one.enum.join(', ')}.` : ''
      return `${indent}${member}: ${plain(api, of)}${note(`${must}${values}`)}\n`
    })
    .join('')
}

function note(text: string): string {
  return text === '' ? '' : `  # ${text.trim()}`
}

function plain(api: ServiceApi, shapeName: string): string {
  const shown = sample(api, shapeName, false, '', [])
  if (typeof shown === 'string') return shown === '' ? "''" : shown
  return shown instanceof Float ? '0.0' : typeof shown === 'object' ? '{}' : String(shown)
}
