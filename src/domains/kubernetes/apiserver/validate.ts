import type { World } from '../../../kernel/index.ts'
import type { Loose } from '../api/loose.ts'
import type { FieldError } from '../api/validation/fieldError.ts'
import { validationRule } from '../api/validation.rule.ts'
import { metadataOf } from './strategy.ts'

/** What is wrong with an object, `before` being the stored one at an update. */
export function problemsOf(world: World, object: Loose, before?: Loose): readonly FieldError[] {
  const versioned = { ...object, metadata: { ...metadataOf(object), resourceVersion: '1' } }
  return before === undefined
    ? world.decide(validationRule, { object }).errors
    : world.decide(validationRule, { object: versioned, old: before }).errors
}
