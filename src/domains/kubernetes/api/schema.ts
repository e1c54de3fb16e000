import { kindTypes, typeLines } from './schema.generated.ts'
import { goStringTypes } from './schemaOverlay.ts'

/**
 * A field's type in one word: `s` string, `i` int32, `l` int64, `d` double, `b` bool, `t` time, `m` micro time, `q` quantity,
 * `I` int-or-string, `y` base64 bytes, `*` any JSON, `[]x` list of x, `{}x` map of x, otherwise the name of another type.
 */
export type FieldType = string

/** Name of the Go type of a built-in kind (`Deployment`), or undefined for kinds that the schema does not hold. */
export function typeOfKind(apiVersion: string, kind: string): string | undefined {
  return kindTypes[`${apiVersion}/${kind}`]
}

/** Fields of a type by name, in OpenAPI order. Undefined when there is no such type. */
export function fieldsOf(type: string): ReadonlyMap<string, FieldType> | undefined {
  const line = lines().get(type)
  if (line === undefined) return undefined
  let fields = parsed.get(type)
  if (!fields) {
    const pairs = line === '' ? [] : line.split(' ').map((pair) => splitOnce(pair, ':'))
    fields = new Map(pairs)
    parsed.set(type, fields)
  }
  return fields
}

/** Go's words for a field's type, as `encoding/json` prints them: `int32`, `v1.PodSpec`, `[]v1.Container`, `map[string]string`. */
export function goTypeName(type: FieldType, owner = '', field = ''): string {
  if (type.startsWith('[]')) return `[]${goTypeName(type.slice(2), owner, field)}`
  if (type.startsWith('{}')) return type === '{}q' ? 'v1.ResourceList' : `map[string]${goTypeName(type.slice(2))}`
  if (type === 's') return goStringTypes[`${owner}.${field}`] ?? 'string'
  return goScalars[type] ?? `${/^V2/.test(type) || v2Types.has(type) ? 'v2' : 'v1'}.${goStructName(type)}`
}

/** Go's struct name for a type of ours (`V2HorizontalPodAutoscalerSpec` is `HorizontalPodAutoscalerSpec`). */
export function goStructName(type: string): string {
  return type.replace(/^V2/, '').replace(/^[A-Z][a-z]+V\d(?:alpha\d|beta\d)?(?=[A-Z])/, '')
}

const goScalars: Readonly<Record<string, string>> = {
  s: 'string',
  i: 'int32',
  l: 'int64',
  d: 'float64',
  b: 'bool',
  t: 'v1.Time',
  m: 'v1.MicroTime',
  q: 'resource.Quantity',
  I: 'intstr.IntOrString',
  y: '[]uint8',
  '*': 'runtime.RawExtension',
}

const v2Types = new Set(
  'HPAScalingPolicy HPAScalingRules MetricSpec MetricTarget MetricIdentifier ResourceMetricSource PodsMetricSource ObjectMetricSource ExternalMetricSource ContainerResourceMetricSource HorizontalPodAutoscalerBehavior'.split(
    ' ',
  ),
)

const parsed = new Map<string, ReadonlyMap<string, FieldType>>()
let cached: ReadonlyMap<string, string> | undefined

function lines(): ReadonlyMap<string, string> {
  cached ??= new Map(typeLines.split('\n').map((line) => splitOnce(line, ' ')))
  return cached
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)]
}
