import type { Loose } from '../../api/loose.ts'
import type { Sheet } from './sheet.ts'

/** Writes what `kubectl describe` says of an object before its events; `id` is its entity's. */
export type Describer = (sheet: Sheet, object: Loose, id: string) => void
