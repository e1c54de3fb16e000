import type { Json, JsonObject } from '../../../../kernel/index.ts'
import { isObject } from '../isObject.ts'
import type { ServiceApi, Shape } from '../serviceApi.ts'
import { failed, unreadable } from './cliError.ts'
import type { Reading } from './parameterFile.ts'
import { parameterFile } from './parameterFile.ts'
import { readJson } from './pythonJson.ts'
import { readShorthand } from './shorthand.ts'
import { timeOfText } from './timeText.ts'

const SCALARS: ReadonlySet<Shape['is']> = new Set([
  'string',
  'integer',
  'long',
  'double',
  'float',
  'boolean',
  'timestamp',
  'blob',
])

/**
 * The value of an option out of its words, by the shape of the member that it sets: a scalar, a list, JSON or shorthand, each of them
 * possibly out of a file. Models: awscli/argprocess.py.
 */
export function inputValue(
  api: ServiceApi,
  shapeName: string,
  option: string,
  words: readonly string[],
  reading: Reading,
): Json {
  const shape = api.shapes[shapeName]
  if (!shape) return words[0] ?? ''
  const read = words.map((word) => parameterFile(word, option, reading, shape.is === 'blob'))
  const [first = ''] = read
  if (SCALARS.has(shape.is)) return scalar(shape, first)
  const whole = first.trim()
  if (shape.is === 'list') {
    if (read.length === 1 && whole.startsWith('[')) return json(first, option)
    const member = api.shapes[shape.of]
    if (member && SCALARS.has(member.is)) return read.map((word) => scalar(member, word))
    if (whole.startsWith('{') || whole.startsWith('[')) return read.map((word) => json(word, option))
    return read.map((word) => fitted(api, shape.of, shorthand(word, option, reading), option))
  }
  if (whole.startsWith('{') || whole.startsWith('[')) return json(first, option)
  if (
    shape.is === 'structure' &&
    Object.keys(shape.members).length === 1 &&
    api.shapes[shape.members['Value'] ?? '']?.is === 'string' &&
    !first.includes('=')
  )
    return { Value: first }
  return fitted(api, shapeName, shorthand(first, option, reading), option)
}

function shorthand(word: string, option: string, reading: Reading): Json {
  const result = readShorthand(word, (reference) => parameterFile(reference, option, reading, false))
  if ('error' in result) throw unreadable(option, result.error)
  return result.value
}

function json(word: string, option: string): Json {
  const result = readJson(word)
  if ('error' in result) throw unreadable(option, `Invalid JSON: ${result.error}\nJSON received: ${word}`)
  return result.value
}

function scalar(shape: Shape, word: string): Json {
  switch (shape.is) {
    case 'integer':
    case 'long':
      if (!/^\s*[+-]?\d+\s*$/.test(word)) throw failed(`invalid literal for int() with base 10: '${word}'`)
      return Number(word)
    case 'float':
    case 'double':
      if (word.trim() === '' || Number.isNaN(Number(word))) throw failed(`could not convert string to float: '${word}'`)
      return Number(word)
    case 'boolean':
      return word.toLowerCase() !== 'false'
    default:
      return word
  }
}

/** Shorthand's strings as what the shape wants: numbers, and a list where one word stands for it. Models: BackCompatVisitor. */
function fitted(api: ServiceApi, shapeName: string, value: Json, option: string): Json {
  const shape = api.shapes[shapeName]
  if (!shape) return value
  if (shape.is === 'structure') {
    if (!isObject(value)) return value
    return mapped(value, (one, key) => {
      const member = shape.members[key]
      return member === undefined ? one : fitted(api, member, one, option)
    })
  }
  if (shape.is === 'map') return isObject(value) ? mapped(value, (one) => fitted(api, shape.of, one, option)) : value
  if (shape.is === 'list') {
    const list = Array.isArray(value) ? value : typeof value === 'string' && value !== '' ? [value] : undefined
    return list ? list.map((one: Json) => fitted(api, shape.of, one, option)) : value === '' ? [] : value
  }
  return typeof value === 'string' ? scalar(shape, value) : value
}

function mapped(value: JsonObject, change: (one: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(one as Json, key)]))
}

/** Validated input as operations take it: timestamps as ms since 1970. */
export function wireInput(api: ServiceApi, shapeName: string | undefined, value: Json): Json {
  const shape = shapeName === undefined ? undefined : api.shapes[shapeName]
  if (!shape || value === null) return value
  if (shape.is === 'structure' && isObject(value))
    return mapped(value, (one, key) => wireInput(api, shape.members[key], one))
  if (shape.is === 'map' && isObject(value)) return mapped(value, (one) => wireInput(api, shape.of, one))
  if (shape.is === 'list' && Array.isArray(value)) return value.map((one: Json) => wireInput(api, shape.of, one))
  if (shape.is === 'timestamp') return timeOfText(value) ?? value
  return value
}
