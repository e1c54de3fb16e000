import { readJson } from '../domains/aws/core/cli/pythonJson.ts'
import { clientProblems } from '../domains/aws/core/cli/validate.ts'
import { services } from '../domains/aws/core/service.ts'
import type { JsonObject } from '../kernel/index.ts'
import type { FileCheck } from './awsFiles.ts'

/**
 * A document for `--cli-input-json`: it must be well-formed input of the operation that it is for. That is found by its members: the one
 * that knows all of them, with the fewest others that it needs.
 */
export const cliInputProblems: FileCheck = (_path, text) => {
  const read = readJson(text)
  if ('error' in read) return [`Invalid JSON: ${read.error}`]
  if (read.value === null || typeof read.value !== 'object' || Array.isArray(read.value))
    return ['Invalid type: expecting map']
  const document = read.value as JsonObject
  const keys = Object.keys(document)
  let best: readonly string[] | undefined
  for (const { api } of services.values())
    for (const [operation, { in: shapeName = '' }] of Object.entries(api.operations)) {
      const shape = api.shapes[shapeName]
      if (shape?.is !== 'structure' || !keys.some((key) => shape.members[key] !== undefined)) continue
      const problems = clientProblems(api, shapeName, document).map((problem) => `${operation}: ${problem}`)
      if (best === undefined || problems.length < best.length) best = problems
    }
  return best ?? [`no operation takes ${keys.join(', ')}`]
}
