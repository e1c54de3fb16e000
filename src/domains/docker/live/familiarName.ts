import { parseReference } from '../../containerd/index.ts'
import { familiar } from '../image/names.ts'

/** A name of an image as builds and lists write it, with its tag; the text itself where it is no reference. */
export function familiarName(text: string): string {
  const reference = parseReference(text)
  return reference ? familiar(reference) : text
}
