import type { Json, JsonObject } from '../../../../kernel/index.ts'
import { isObject } from '../isObject.ts'
import type { ServiceApi } from '../serviceApi.ts'
import { pythonShown, pythonText, pythonType } from './python.ts'
import { timeOfText } from './timeText.ts'

/** What the client finds wrong in an input, one line each, in the order in which it looks. Models: botocore/validate.py. */
export function clientProblems(api: ServiceApi, shapeName: string, input: JsonObject): readonly string[] {
  const problems: string[] = []
  check(api, shapeName, input, '', problems)
  return problems
}

function check(api: ServiceApi, shapeName: string, value: Json | undefined, path: string, problems: string[]): void {
  const shape = api.shapes[shapeName]
  if (!shape) return
  const name = path === '' ? 'input' : path.replace(/^\./, '')
  const type = (valid: string) =>
    problems.push(
      `Invalid type for parameter ${name}, value: ${typeof value === 'string' ? value : pythonShown(value)}, type: ${pythonType(value)}, valid types: ${valid}`,
    )
  switch (shape.is) {
    case 'structure': {
      if (!isObject(value)) {
        type("<class 'dict'>")
        return
      }
      const given = Object.keys(value)
      if (shape.union && given.length === 0)
        problems.push(
          `Must set one of the following keys for tagged unionstructure ${name}: ${Object.keys(shape.members).join(', ')}.`,
        )
      if (shape.union && given.length > 1)
        problems.push(
          `Invalid number of parameters set for tagged union structure ${name}. Can only set one of the following keys: ${Object.keys(shape.members).join(', ')}.`,
        )
      for (const member of shape.required ?? [])
        if (value[member] === undefined && !shape.tokens?.includes(member))
          problems.push(`Missing required parameter in ${name}: "${member}"`)
      const members = Object.keys(shape.members)
      for (const key of given)
        if (shape.members[key] === undefined)
          problems.push(`Unknown parameter in ${name}: "${key}", must be one of: ${members.join(', ')}`)
      for (const key of given) {
        const member = shape.members[key]
        if (member !== undefined) check(api, member, value[key], `${path}.${key}`, problems)
      }
      return
    }
    case 'list': {
      if (!Array.isArray(value)) {
        type("<class 'list'>, <class 'tuple'>")
        return
      }
      if (shape.min !== undefined && value.length < shape.min)
        problems.push(
          `Invalid length for parameter ${name}, value: ${pythonShown(value)}, valid min length: ${shape.min}`,
        )
      value.forEach((one: Json, i: number) => {
        check(api, shape.of, one, `${path}[${i}]`, problems)
      })
      return
    }
    case 'map': {
      if (!isObject(value)) {
        type("<class 'dict'>")
        return
      }
      for (const [key, one] of Object.entries(value)) {
        check(api, shape.key, key, `${path} (key: ${key})`, problems)
        check(api, shape.of, one, `${path}.${key}`, problems)
      }
      return
    }
    case 'string':
      if (typeof value !== 'string') type("<class 'str'>")
      else if (shape.min !== undefined && value.length < shape.min)
        problems.push(`Invalid length for parameter ${name}, value: ${value}, valid min length: ${shape.min}`)
      return
    case 'integer':
    case 'long':
      if (typeof value !== 'number' || !Number.isInteger(value)) type("<class 'int'>")
      else if (shape.min !== undefined && value < shape.min)
        problems.push(`Invalid value for parameter ${name}, value: ${pythonText(value)}, valid min value: ${shape.min}`)
      return
    case 'double':
    case 'float':
      if (typeof value !== 'number') type("<class 'float'>, <class 'decimal.Decimal'>, <class 'int'>")
      else if (shape.min !== undefined && value < shape.min)
        problems.push(`Invalid value for parameter ${name}, value: ${pythonText(value)}, valid min value: ${shape.min}`)
      return
    case 'boolean':
      if (typeof value !== 'boolean') type("<class 'bool'>")
      return
    case 'blob':
      if (typeof value !== 'string') type("<class 'bytes'>, <class 'bytearray'>, file-like object")
      return
    case 'timestamp':
      if (timeOfText(value) === undefined) type("<class 'datetime.datetime'>, timestamp-string")
  }
}
