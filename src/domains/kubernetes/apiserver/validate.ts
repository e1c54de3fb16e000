import type { Loose } from '../api/loose.ts'
import type { FieldError } from '../api/validation/fieldError.ts'

/** What is wrong with an object, `before` being the stored one at an update. */
export function problemsOf(_object: Loose, _before?: Loose): readonly FieldError[] {
  return []
}
