import { goesBeyond } from '../../host/beyondCore.ts'
import type { Template } from './template.ts'

/** Whether the worlds of a template, or those who err about it, may need more than the core. In doubt it says so. */
export function templateGoesBeyond(template: Template, misconceptions: ReadonlyMap<string, unknown>): boolean {
  const { prompt, trees, title: _title, ...rest } = template
  const shown = prompt.filter(({ is }) => is === 'show')
  const { explain: _explain, ...run } = trees
  return (
    template.misconceptions.some((id) => !misconceptions.has(id)) ||
    textsOf([shown, run, rest]).some((text) => text.split('\n').some(goesBeyond))
  )
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
