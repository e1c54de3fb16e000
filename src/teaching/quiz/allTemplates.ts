import { readTemplate } from './readTemplate.ts'
import type { Template } from './template.ts'

const texts = import.meta.glob<string>('../../lessons/questions/*/question.md', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** Every question template that can be read. A damaged one is left out here; the tests name it. */
export function allTemplates(): readonly Template[] {
  return Object.entries(texts).flatMap(([path, text]) => {
    const { template } = readTemplate(path.split('/').at(-2) ?? '', text)
    return template ? [template] : []
  })
}
