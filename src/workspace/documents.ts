import type { FileHandler, Source } from '../host/views/index.ts'

/** One file's text as it stands on the clipboard. */
export interface Document {
  readonly language: 'yaml' | 'json'
  readonly text: string
}

/** Documents that one command line takes in together. */
export interface Batch extends Document {
  /** With `FILE` in the place of the path. */
  readonly line: string
}

/** Files of several things as one text: documents of one stream. JSON is YAML too, so kinds may be mixed. */
export function streamOf(sources: readonly Source[]): string {
  return sources.flatMap(({ file }) => (file ? [file.text.replace(/\n*$/, '\n')] : [])).join('---\n')
}

/** The documents of a text: split at `---`, empty ones left out. */
export function documentsOf(text: string): readonly Document[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/^---(?:[ \t].*)?$/m)
    .map((part) => part.replace(/^\s*\n/, '').replace(/\s*$/, '\n'))
    .filter((part) => part.trim() !== '' && !/^(\s*#.*\n)*$/.test(part))
    .map((part) => ({ language: part.trimStart().startsWith('{') ? 'json' : 'yaml', text: part }))
}

/**
 * Who takes which documents in: those in YAML that one handler takes stay together as one stream, in their order. `rest` is what nobody knows.
 */
export function batchesOf(
  documents: readonly Document[],
  handlers: readonly FileHandler[],
): { readonly batches: readonly Batch[]; readonly rest: readonly Document[] } {
  const batches: Batch[] = []
  const rest: Document[] = []
  for (const document of documents) {
    const handler = handlers.find(
      ({ extensions, has }) => extensions.includes(document.language) && new RegExp(has, 'm').test(document.text),
    )
    if (!handler) {
      rest.push(document)
      continue
    }
    const last = batches.at(-1)
    if (last && last.line === handler.line && last.language === 'yaml' && document.language === 'yaml')
      batches[batches.length - 1] = { ...last, text: `${last.text}---\n${document.text}` }
    else batches.push({ ...document, line: handler.line })
  }
  return { batches, rest }
}
