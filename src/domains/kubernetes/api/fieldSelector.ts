/**
 * What `--field-selector` asks: every term must hold. A field that an object does not have counts as the empty text.
 * Models: staging/src/k8s.io/apimachinery/pkg/fields/selector.go
 */
export interface FieldSelector {
  readonly terms: readonly { readonly field: string; readonly equal: boolean; readonly value: string }[]
}

/** Parses `metadata.name=x,status.phase!=Running,spec.nodeName=`; terms come sorted by text, as upstream sorts them. */
export function parseFieldSelector(text: string): { ok: true; selector: FieldSelector } | { ok: false; error: string } {
  const terms: { field: string; equal: boolean; value: string }[] = []
  for (const part of splitTerms(text).sort()) {
    if (part === '') continue
    const at = /!=|==|=/.exec(part)
    if (!at) return { ok: false, error: `invalid selector: '${text}'; can't understand '${part}'` }
    const value = unescapeValue(part.slice(at.index + at[0].length))
    if (!value.ok) return value
    terms.push({ field: part.slice(0, at.index), equal: at[0] !== '!=', value: value.text })
  }
  return { ok: true, selector: { terms } }
}

/** Whether an object with these selectable fields (`{'metadata.name': 'web'}`) is selected. */
export function matchesFields(selector: FieldSelector, fields: Readonly<Record<string, string | undefined>>): boolean {
  return selector.terms.every(({ field, equal, value }) => ((fields[field] ?? '') === value) === equal)
}

/** Splits at commas that no backslash protects; escapes stay in the terms. */
function splitTerms(text: string): string[] {
  if (text === '') return []
  const terms: string[] = []
  let start = 0
  let escaped = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (escaped) escaped = false
    else if (char === '\\') escaped = true
    else if (char === ',') {
      terms.push(text.slice(start, at))
      start = at + 1
    }
  }
  terms.push(text.slice(start))
  return terms
}

function unescapeValue(text: string): { ok: true; text: string } | { ok: false; error: string } {
  let out = ''
  let escaped = false
  for (const char of text) {
    if (escaped) {
      if (char !== '\\' && char !== ',' && char !== '=')
        return { ok: false, error: `invalid field selector: invalid escape sequence: \\${char}` }
      out += char
      escaped = false
    } else if (char === '\\') escaped = true
    else if (char === ',' || char === '=')
      return { ok: false, error: `invalid field selector: unescaped character in value: ${char.codePointAt(0)}` }
    else out += char
  }
  if (escaped) return { ok: false, error: 'invalid field selector: invalid escape sequence: \\' }
  return { ok: true, text: out }
}
