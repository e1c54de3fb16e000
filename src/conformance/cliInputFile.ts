import { readJson } from '../domains/aws/core/cli/pythonJson.ts'
import { wordOf } from '../domains/aws/core/cli/request.ts'
import { clientProblems } from '../domains/aws/core/cli/validate.ts'
import { kebab } from '../domains/aws/core/cli/words.ts'
import { services } from '../domains/aws/core/service.ts'
import type { Json, JsonObject } from '../kernel/index.ts'
import type { FileCheck } from './awsFiles.ts'

/**
 * A document that an AWS command is given by `file://`: the whole input of the operation, or the value of one of its options. Files are
 * named `service__operation__file.json`; those of services that the lab does not have cannot be judged.
 */
export const cliInputProblems: FileCheck = (path, text) => {
  const read = readJson(text)
  if ('error' in read) return [`Invalid JSON: ${read.error}`]
  const [word, verb] = (path.split('/').pop() ?? '').split('__')
  const service = [...services.values()].find((one) => wordOf(one) === word)
  const operation = Object.keys(service?.api.operations ?? {}).find((one) => kebab(one) === verb)
  if (!service || operation === undefined) return undefined
  const { api } = service
  const shapeName = api.operations[operation]?.in ?? ''
  const shape = api.shapes[shapeName]
  if (shape?.is !== 'structure') return undefined
  const problems = check(api, shapeName, read.value)
  if (problems.length === 0) return []
  const values = Object.values(shape.members).flatMap((of) => {
    const member = api.shapes[of]
    return member?.is === 'string'
      ? [[]]
      : member?.is === 'list' || member?.is === 'map' || member?.is === 'structure'
        ? [check(api, of, read.value)]
        : []
  })
  return values.some((found) => found.length === 0) ? [] : problems
}

function check(api: Parameters<typeof clientProblems>[0], shapeName: string, value: Json): readonly string[] {
  return clientProblems(api, shapeName, value as JsonObject)
}
