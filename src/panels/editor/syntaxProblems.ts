import { parseAllDocuments } from 'yaml'

/** Something wrong at a place in a text, both counted from 1. */
export interface Problem {
  readonly line: number
  readonly column: number
  readonly message: string
}

/** What makes a YAML or JSON text unreadable for any tool; other languages are not looked at. */
export function syntaxProblems(language: string, text: string): readonly Problem[] {
  if (text.trim() === '') return []
  if (language === 'json') return jsonProblems(text)
  if (language !== 'yaml') return []
  const found: Problem[] = []
  for (const document of parseAllDocuments(text, { prettyErrors: true })) {
    if (!('errors' in document)) continue
    for (const { linePos, message } of document.errors) {
      const [at] = linePos ?? []
      found.push({ line: at?.line ?? 1, column: at?.col ?? 1, message: message.split(/ at line \d|\n/)[0] ?? message })
    }
  }
  return found
}

function jsonProblems(text: string): readonly Problem[] {
  try {
    JSON.parse(text)
    return []
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const at = Number(/position (\d+)/.exec(message)?.[1] ?? text.length)
    const before = text.slice(0, at).split('\n')
    return [
      {
        line: before.length,
        column: (before.at(-1)?.length ?? 0) + 1,
        message: message.replace(/ \(line.*| at position.*/s, ''),
      },
    ]
  }
}

/** The language of a file by its name and, where that says nothing, by its first line. */
export function languageOf(path: string, text: string): 'yaml' | 'json' | 'shell' | 'text' {
  if (/\.ya?ml$/.test(path)) return 'yaml'
  if (/\.json$/.test(path)) return 'json'
  if (/\.(sh|bash)$/.test(path) || text.startsWith('#!')) return 'shell'
  return /^(apiVersion|kind):/m.test(text) ? 'yaml' : 'text'
}
