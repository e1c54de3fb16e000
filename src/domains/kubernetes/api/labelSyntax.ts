/**
 * The complaints about a label key (`[prefix/]name`), in the words of 1.35; empty when it is one.
 * Models: staging/src/k8s.io/apimachinery/pkg/api/validate/content/kube.go IsLabelKey
 */
export function labelKeyErrors(key: string): readonly string[] {
  if (KEY.test(key)) return NONE
  const parts = key.split('/')
  if (parts.length > 2)
    return [`a valid label key ${KEY_HINT} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`]
  const errors: string[] = []
  const name = parts.at(-1) ?? ''
  const prefix = parts.length === 2 ? parts[0] : undefined
  if (prefix === '') errors.push('prefix part must be non-empty')
  else if (prefix !== undefined) errors.push(...subdomainErrors(prefix).map((error) => `prefix part ${error}`))
  if (name === '') errors.push('name part must be non-empty')
  else if (byteLength(name) > 63) errors.push('name part must be no more than 63 bytes')
  if (!NAME.test(name)) errors.push(`name part ${KEY_HINT}`)
  return errors.length === 0 ? NONE : errors
}

/** The complaints about a label value, in the words of 1.35; empty when it is one. Models: content/kube.go IsLabelValue */
export function labelValueErrors(value: string): readonly string[] {
  const tooLong = byteLength(value) > 63
  const misshapen = value !== '' && !NAME.test(value)
  if (!tooLong && !misshapen) return NONE
  const errors: string[] = []
  if (tooLong) errors.push('must be no more than 63 bytes')
  if (misshapen) errors.push(VALUE_HINT)
  return errors
}

/** A string as Go's `%q` writes it: double quotes, escapes for quotes, backslashes and what cannot be printed. */
export function goQuote(text: string): string {
  let out = '"'
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    if (char === '"' || char === '\\') out += `\\${char}`
    else if (
      code >= 0x20 &&
      code !== 0x7f &&
      !/[\p{C}\p{Zl}\p{Zp}]/u.test(char) &&
      !(code > 0x7f && /\p{Zs}/u.test(char))
    )
      out += char
    else if (SHORT[char] !== undefined) out += SHORT[char]
    else if (code < 0x80) out += `\\x${code.toString(16).padStart(2, '0')}`
    else if (code < 0x10000) out += `\\u${code.toString(16).padStart(4, '0')}`
    else out += `\\U${code.toString(16).padStart(8, '0')}`
  }
  return `${out}"`
}

const NONE: readonly string[] = []
const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
/** Quick yes for the usual unprefixed or prefixed key; whatever it refuses is looked at in full. */
const KEY =
  /^(?:(?=[^/]{1,253}\/)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\/)?(?=.{1,63}$)(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const KEY_HINT =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
const VALUE_HINT =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
const SUBDOMAIN_HINT =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const SHORT: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
}

function subdomainErrors(prefix: string): string[] {
  const errors: string[] = []
  if (byteLength(prefix) > 253) errors.push('must be no more than 253 bytes')
  if (!SUBDOMAIN.test(prefix)) errors.push(SUBDOMAIN_HINT)
  return errors
}

/** Length in UTF-8 bytes, which is what the limits count. */
function byteLength(text: string): number {
  let bytes = 0
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}
