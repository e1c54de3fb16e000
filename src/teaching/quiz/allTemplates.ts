import { questionTexts } from './questionTexts.ts'
import { readTemplate } from './readTemplate.ts'
import type { Template } from './template.ts'

/** Every question template that can be read. A damaged one is left out here; the tests name it, and try each with values drawn. */
export function allTemplates(): readonly Template[] {
  return questionTexts.flatMap(([folder, text]) => readTemplate(folder, text, false).template ?? [])
}
