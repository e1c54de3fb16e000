import { expect, test } from 'vitest'
import cases from './cases/k8s.decode.json'
import { decodeRefusal, decodeRule } from './decode.rule.ts'
import { decodeManifest } from './decode.ts'

test.each(cases)('$id is refused in the words of the server', ({ input, expect: wanted }) => {
  expect(decodeRule.decide(input as never).error).toBe(wanted.errorContains)
})

const refusal = (text: string, file = 'web.yaml') => decodeManifest(text, file).problems[0]

test('splits documents, skips empty ones and opens lists', () => {
  const text =
    'apiVersion: v1\nkind: Pod\n---\n# nothing\n---\napiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n'
  const { documents, problems } = decodeManifest(text, 'x.yaml')
  expect(problems).toEqual([])
  expect(documents.map(({ object }) => object.kind)).toEqual(['Pod', 'Secret'])
  expect(documents[1]?.positionOf(['kind'])).toEqual({ line: 10, column: 3 })
})

test('reads YAML 1.1 as sigs.k8s.io/yaml does', () => {
  const { documents } = decodeManifest(
    'apiVersion: v1\r\nkind: X\r\na: yes\r\nb: 0644\r\nc: 2024-01-01\r\nd: 1:30\r\ne: "no"',
    'x',
  )
  expect(documents[0]?.object).toMatchObject({ a: true, b: 420, c: '2024-01-01', d: '1:30', e: 'no' })
})

test('tells broken YAML in go-yaml words, with the place to underline', () => {
  expect(refusal('kind: Pod\nspec:\n  a: b: c\n')).toEqual({
    message:
      'error: error parsing web.yaml: error converting YAML to JSON: yaml: line 3: mapping values are not allowed in this context',
    line: 3,
    column: 7,
  })
  expect(refusal('a: 1\n\tb: 2\n')?.message).toContain('yaml: line 2: found character that cannot start any token')
  expect(refusal('a:\n  - x\n b: 1\n')?.message).toContain('yaml: line 2: did not find expected key')
  expect(refusal('a: 1\nb:\n  c: 1\n  c: 2\n')?.message).toContain('line 4: key "c" already set in map')
})

test('refuses alias bombs, huge files and objects without a kind', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]\n`
  expect(refusal(bomb)?.message).toContain('excessive aliasing')
  expect(refusal('#'.repeat(1_000_001))?.message).toContain('reads files up to 1000000')
  expect(refusal('metadata: {}\n')?.message).toBe(
    'error: error validating "web.yaml": error validating data: [apiVersion not set, kind not set]; if you choose to ignore these errors, turn validation off with --validate=false',
  )
  expect(decodeManifest('apiVersion: v1\n', 'w', false).problems[0]?.message).toBe(
    `error: unable to decode "w": Object 'Kind' is missing in '{"apiVersion":"v1"}'`,
  )
})

test('reads JSON with the errors of encoding/json', () => {
  expect(
    decodeManifest('{"apiVersion":"v1","kind":"Pod"}\n{"apiVersion":"v1","kind":"Node"}', 'x').documents,
  ).toHaveLength(2)
  expect(refusal('{"a": 1,\n}', 'x.json')?.message).toContain(
    "invalid character '}' looking for beginning of object key string",
  )
})

test('names unknown fields and wrong types as the server does', () => {
  const error = (manifest: Record<string, unknown>) => decodeRule.decide({ manifest }).error
  const pod = (spec: unknown) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec })
  expect(error(pod({ containers: [{ nam: 'x' }], foo: 1 }))).toBe(
    'strict decoding error: unknown field "spec.containers[0].nam", unknown field "spec.foo"',
  )
  expect(error(pod({ containers: 'x' }))).toBe(
    'json: cannot unmarshal string into Go struct field PodSpec.spec.containers of type []v1.Container',
  )
  expect(error(pod({ containers: [{ env: [{ name: 'A', value: 1 }] }] }))).toBe(
    'json: cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string',
  )
  expect(error(pod({ containers: [{ resources: { limits: { cpu: 'lots' } } }] }))).toContain('quantities must match')
  expect(error({ apiVersion: 'v1', kind: 'Secret', data: { a: '!' } })).toBe('illegal base64 data at input byte 0')
  expect(error({ apiVersion: 'example.com/v1', kind: 'Widget', anything: 1 })).toBeUndefined()
  expect(decodeRefusal({ apiVersion: 'apps/v1', kind: 'Deployment' }, 'E', 'd.yaml')).toBe(
    'Error from server (BadRequest): error when creating "d.yaml": Deployment in version "v1" cannot be handled as a Deployment: E',
  )
})
