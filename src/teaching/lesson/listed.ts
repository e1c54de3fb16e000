import type { Head } from './schema.ts'

const heads = import.meta.glob<Head | null>('../../lessons/*/lesson.md', {
  query: '?head',
  import: 'default',
  eager: true,
})

/** A lesson of ours as it stands in the list. */
export interface Listed extends Head {
  readonly folder: string
}

/** Our lessons, in order. One that cannot be read is left out: CI says so. */
export const listed: readonly Listed[] = Object.entries(heads)
  .map(([path, head]) => ({ head, folder: path.split('/').at(-2) ?? '' }))
  .filter(({ folder }) => /^\d+-/.test(folder))
  .sort((a, b) => (a.folder < b.folder ? -1 : 1))
  .flatMap(({ head, folder }) => (head ? [{ ...head, folder }] : []))
