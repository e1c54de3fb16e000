/**
 * Kubernetes' name syntaxes: each takes a text and returns its complaints, none when the text is fine.
 * Models: apimachinery/pkg/util/validation/validation.go (1.35 words).
 */
export type NameRule = (name: string) => readonly string[]

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const subdomain = `${label}(\\.${label})*`
const underscoreLabel = '[a-z0-9_]([-_a-z0-9]*[a-z0-9_])?'
const underscoreSubdomain = `${underscoreLabel}(\\.${underscoreLabel})*`

export const dnsLabel: NameRule = (name) => {
  const out: string[] = []
  if (name.length > 63) out.push(maxLength(63))
  if (!whole(label).test(name)) {
    if (whole(subdomain).test(name)) out.push('must not contain dots')
    else {
      out.push(
        regexError(
          "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
          label,
          'my-name',
          '123-abc',
        ),
      )
    }
  }
  return out
}

export const dnsSubdomain: NameRule = (name) => {
  const out: string[] = []
  if (name.length > 253) out.push(maxLength(253))
  if (!whole(subdomain).test(name)) {
    out.push(
      regexError(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
        subdomain,
        'example.com',
      ),
    )
  }
  return out
}

export const dnsSubdomainWithUnderscore: NameRule = (name) => {
  const out: string[] = []
  if (name.length > 253) out.push(maxLength(253))
  if (!whole(underscoreSubdomain).test(name)) {
    out.push(
      regexError(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character",
        underscoreSubdomain,
        'example.com',
      ),
    )
  }
  return out
}

export const dns1035Label: NameRule = (name) => {
  const syntax = '[a-z]([-a-z0-9]*[a-z0-9])?'
  const out: string[] = []
  if (name.length > 63) out.push(maxLength(63))
  if (!whole(syntax).test(name)) {
    out.push(
      regexError(
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
        syntax,
        'my-name',
        'abc-123',
      ),
    )
  }
  return out
}

export const wildcardSubdomain: NameRule = (name) => {
  const syntax = `\\*\\.${subdomain}`
  const out: string[] = []
  if (name.length > 253) out.push(maxLength(253))
  if (!whole(syntax).test(name)) {
    out.push(
      regexError(
        "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
        syntax,
        '*.example.com',
      ),
    )
  }
  return out
}

/** Names that may be one segment of a URL path: RBAC objects and references. */
export const pathSegment: NameRule = (name) => {
  if (name === '.' || name === '..') return [`may not be '${name}'`]
  return ['/', '%'].filter((mark) => name.includes(mark)).map((mark) => `may not contain '${mark}'`)
}

export const portName: NameRule = (name) => {
  const out: string[] = []
  if (name.length > 15) out.push(maxLength(15))
  if (!/^[-a-z0-9]+$/.test(name)) out.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)')
  if (!/[a-z]/.test(name)) out.push('must contain at least one letter (a-z)')
  if (name.includes('--')) out.push('must not contain consecutive hyphens')
  if (name !== '' && (name.startsWith('-') || name.endsWith('-'))) out.push('must not begin or end with a hyphen')
  return out
}

export const configMapKey: NameRule = (name) => {
  const syntax = '[-._a-zA-Z0-9]+'
  const out: string[] = []
  if (name.length > 253) out.push(maxLength(253))
  if (!whole(syntax).test(name)) {
    out.push(
      regexError(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        syntax,
        'key.name',
        'KEY_NAME',
        'key-name',
      ),
    )
  }
  if (name === '.') out.push("must not be '.'")
  else if (name === '..') out.push("must not be '..'")
  else if (name.startsWith('..')) out.push("must not start with '..'")
  return out
}

export const environmentName: NameRule = (name) => {
  const out: string[] = []
  if (name === '') out.push('environment variable name must be non-empty')
  if (/[^ -~]|=/.test(name)) {
    out.push("a valid environment variable name must consist only of printable ASCII characters other than '='")
  }
  return out
}

export const percent: NameRule = (text) =>
  /^[0-9]+%$/.test(text)
    ? []
    : [regexError("a valid percent string must be a numeric string followed by an ending '%'", '[0-9]+%', '1%', '93%')]

export const httpHeader: NameRule = (name) =>
  /^[-A-Za-z0-9]+$/.test(name)
    ? []
    : [
        regexError(
          "a valid HTTP header must consist of alphanumeric characters or '-'",
          '[-A-Za-z0-9]+',
          'X-Header-Name',
        ),
      ]

/** Complaint about a port number outside 1 to 65535. */
export function portNumber(port: number): readonly string[] {
  return port >= 1 && port <= 65535 ? [] : [between(1, 65535)]
}

/** Complaint about a user or group id outside 0 to 2147483647. */
export function posixId(id: number): readonly string[] {
  return id >= 0 && id <= 2147483647 ? [] : [between(0, 2147483647)]
}

export function between(low: number, high: number): string {
  return `must be between ${low} and ${high}, inclusive`
}

export function maxLength(most: number): string {
  return `must be no more than ${most} characters`
}

/** A generateName with its last dash masked, so that the prefix can be judged as if it were a whole name. */
export function maskTrailingDash(name: string): string {
  return name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name
}

function whole(syntax: string): RegExp {
  return new RegExp(`^${syntax}$`)
}

function regexError(message: string, syntax: string, ...examples: readonly string[]): string {
  const shown = examples.map((example) => `'${example}', `).join(' or ')
  return `${message} (e.g. ${shown}regex used for validation is '${syntax}')`
}
