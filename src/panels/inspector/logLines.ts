import type { LogPicture } from '../../host/views/index.ts'

/** The lines of a log that have some words in them, or that are from whom the words name: capital or small, it is the same. */
export function logLines(log: LogPicture | null | undefined, search: string): LogPicture['lines'] {
  const words = search.trim().toLowerCase()
  return (log?.lines ?? []).filter(
    ({ text, from }) => text.toLowerCase().includes(words) || from?.toLowerCase() === words,
  )
}
