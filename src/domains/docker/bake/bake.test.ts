import { describe, expect, it } from 'vitest'
import { choose } from './choose.ts'
import { readBakeFile } from './definition.ts'
import { definitionOf } from './resolve.ts'

const bake = (text: string, asked: readonly string[], sets: readonly string[] = [], env: Record<string, string> = {}) =>
  choose(definitionOf([readBakeFile('docker-bake.hcl', text)], env), asked, sets)

describe('bake', () => {
  it('inherits, interpolates and takes variables of the environment', () => {
    const text = `variable "TAG" {\n  default = "latest"\n}\ntarget "base" {\n  args = { a = "1", n = "\${1 + 2}" }\n}\ntarget "app" {\n  inherits = ["base"]\n  args = { b = upper("x") }\n  tags = ["app:\${TAG}"]\n}\n`
    const { groups, targets } = bake(text, ['app'], [], { TAG: 'v2' })
    expect(targets.get('app')).toEqual({
      context: '.',
      dockerfile: 'Dockerfile',
      args: { a: '1', n: '3', b: 'X' },
      tags: ['app:v2'],
    })
    expect([...groups]).toEqual([['default', ['app']]])
  })

  it('makes a group of a matrix, and overrides by pattern', () => {
    const text = `target "app" {\n  name = "app-\${t}"\n  matrix = { t = ["foo", "bar"] }\n  target = t\n}\n`
    const { groups, targets } = bake(text, ['app'], ['app-f*.args.k=v'])
    expect(groups.get('app')).toEqual(['app-foo', 'app-bar'])
    expect(targets.get('app-foo')).toMatchObject({ target: 'foo', args: { k: 'v' } })
    expect(targets.get('app-bar')).not.toHaveProperty('args')
  })

  it('calls functions of the file, and refuses unknown names', () => {
    const text = `function "inc" {\n  params = [n]\n  result = n + 1\n}\ntarget "default" {\n  args = { n = inc(41), l = join(",", [for x in ["a", "b"] : upper(x) if x != "b"]) }\n}\n`
    expect(bake(text, []).targets.get('default')?.args).toEqual({ n: '42', l: 'A' })
    expect(() => bake('target "default" {\n  tags = [NO]\n}\n', [])).toThrow('There is no variable named "NO".')
    expect(() => bake('', ['x'])).toThrow('failed to find target x')
  })
})
