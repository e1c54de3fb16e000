import { parseJson } from './jsonText.ts'
import { goJson, isObject, type Loose, textAt } from './loose.ts'
import { parseYaml, splitDocuments, type TextPosition } from './yamlText.ts'

/** One object of a manifest file. A `List` gives one document an item. */
export interface ManifestDocument {
  readonly object: Loose
  /** Where the value at a path stands in the file (`['spec', 'containers', 0, 'image']`). */
  readonly positionOf: (path: readonly (string | number)[]) => TextPosition | undefined
}

/** What is wrong with a file, in kubectl's words, where an editor can underline it. */
export interface ManifestProblem extends TextPosition {
  readonly message: string
}

/** The objects of a manifest file and what is wrong with it; a problem stops the rest of the file as it stops kubectl. */
export interface Manifest {
  readonly documents: readonly ManifestDocument[]
  readonly problems: readonly ManifestProblem[]
}

/** Largest file taken, in characters. Unlike kubectl, which takes any size and lets the server refuse 3 MB. */
export const largestManifest = 1_000_000

/**
 * Reads YAML or JSON text as `kubectl -f file` does. `validate` is kubectl's `--validate` (objects without kind or apiVersion are
 * refused early). Models: cli-runtime/pkg/resource/visitor.go, apimachinery/pkg/util/yaml/decoder.go.
 */
export function decodeManifest(text: string, file: string, validate = true): Manifest {
  if (text.length > largestManifest) {
    const message = `error: error parsing ${file}: the file has ${text.length} characters; this lab reads files up to ${largestManifest}`
    return { documents: [], problems: [{ message, line: 1, column: 1 }] }
  }
  const source = text.replaceAll('\r\n', '\n')
  const documents: ManifestDocument[] = []
  const stop = (message: string, at: TextPosition): Manifest => ({ documents, problems: [{ message, ...at }] })
  for (const part of /^\s*\{/.test(source) ? jsonParts(source) : yamlParts(source)) {
    if ('error' in part) return stop(`error: error parsing ${file}: ${part.error}`, part.at)
    if (part.value === null || part.value === undefined) continue
    const start = part.positionOf([]) ?? { line: 1, column: 1 }
    const problem = kindProblem(part.value, file, validate)
    if (problem !== undefined) return stop(problem, start)
    if (isObject(part.value)) documents.push(...flatten(part.value, part.positionOf))
  }
  return { documents, problems: [] }
}

/** kubectl's refusal of an object without kind or apiVersion, or undefined. */
export function kindProblem(value: unknown, file: string, validate = true): string | undefined {
  const missing: string[] = []
  if (!isObject(value)) missing.push('invalid object to validate')
  else {
    if (value.apiVersion === undefined || value.apiVersion === null) missing.push('apiVersion not set')
    else if (typeof value.apiVersion !== 'string') missing.push("apiVersion isn't string type")
    if (value.kind === undefined || value.kind === null) missing.push('kind not set')
    else if (typeof value.kind !== 'string') missing.push("kind isn't string type")
  }
  if (missing.length > 0 && validate) {
    const told = missing.length === 1 ? missing[0] : `[${missing.join(', ')}]`
    return `error: error validating "${file}": error validating data: ${told}; if you choose to ignore these errors, turn validation off with --validate=false`
  }
  if (!isObject(value))
    return `error: unable to decode "${file}": json: cannot unmarshal into Go value of type unstructured.detector`
  if (textAt(value, 'kind') === '')
    return `error: unable to decode "${file}": Object 'Kind' is missing in '${goJson(value)}'`
  if (textAt(value, 'apiVersion') === '')
    return `error: unable to decode "${file}": Object 'apiVersion' is missing in '${goJson(value)}'`
  return undefined
}

type Part =
  | { readonly value: unknown; readonly positionOf: ManifestDocument['positionOf'] }
  | { readonly error: string; readonly at: TextPosition }

function* yamlParts(text: string): Generator<Part> {
  for (const part of splitDocuments(text)) {
    if (part.text.trim() === '') continue
    const answer = parseYaml(part.text, part.firstLine)
    if (answer.problem) {
      const { message, line, column } = answer.problem
      yield { error: `error converting YAML to JSON: ${message}`, at: { line, column } }
      return
    }
    yield { value: answer.value, positionOf: answer.positionOf }
  }
}

function* jsonParts(text: string): Generator<Part> {
  const placeOf = (offset: number): TextPosition => {
    const before = text.slice(0, offset).split('\n')
    return { line: before.length, column: (before[before.length - 1]?.length ?? 0) + 1 }
  }
  let at = 0
  while (text.slice(at).trim() !== '') {
    const answer = parseJson(text, at)
    if ('error' in answer) {
      const place = placeOf(Math.max(0, answer.offset - 1))
      yield { error: `json: line ${place.line}: ${answer.error}`, at: place }
      return
    }
    const source = text.slice(at, answer.end)
    const first = placeOf(at)
    yield { value: answer.value, positionOf: (path) => parseYaml(source, first.line).positionOf(path) }
    at = answer.end
  }
}

function flatten(object: Loose, positionOf: ManifestDocument['positionOf']): readonly ManifestDocument[] {
  if (!/List$/.test(textAt(object, 'kind')) || !Array.isArray(object.items)) return [{ object, positionOf }]
  return object.items.flatMap((item, index) =>
    isObject(item) ? flatten(item, (path) => positionOf(['items', index, ...path])) : [],
  )
}
