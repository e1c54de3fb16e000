/** An image reference taken apart, with what docker adds silently. Models: distribution/reference normalize.go. */
export interface Reference {
  /** As it was written. */
  readonly text: string
  /** `docker.io/library/nginx`. */
  readonly name: string
  /** `docker.io`. */
  readonly registry: string
  /** `latest` when neither tag nor digest was given; absent beside a digest without a tag. */
  readonly tag?: string
  /** `sha256:...`. */
  readonly digest?: string
  /** The whole normal reference: `docker.io/library/nginx:latest`. */
  readonly full: string
}

/** Takes an image reference apart; undefined when it is none ("invalid reference format"). */
export function parseReference(text: string): Reference | undefined {
  const known = parsed.get(text)
  if (known !== undefined) return known ?? undefined
  const reference = read(text)
  parsed.set(text, reference ?? null)
  return reference
}

/** Answers of `parseReference`, which are a function of the text alone. */
const parsed = new Map<string, Reference | null>()

const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const HOST = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::[0-9]+)?$/
const TAG = /^\w[\w.-]{0,127}$/
const DIGEST = /^sha256:[a-f0-9]{64}$/

function read(text: string): Reference | undefined {
  const at = text.indexOf('@')
  const digest = at < 0 ? undefined : text.slice(at + 1)
  if (digest !== undefined && !DIGEST.test(digest)) return undefined
  let rest = at < 0 ? text : text.slice(0, at)
  let tag: string | undefined
  const colon = rest.lastIndexOf(':')
  if (colon > rest.lastIndexOf('/')) {
    tag = rest.slice(colon + 1)
    rest = rest.slice(0, colon)
    if (!TAG.test(tag)) return undefined
  }
  const slash = rest.indexOf('/')
  const first = slash < 0 ? '' : rest.slice(0, slash)
  const hasHost =
    slash > 0 && (first.includes('.') || first.includes(':') || first === 'localhost' || first !== first.toLowerCase())
  let registry = hasHost ? first : 'docker.io'
  let path = hasHost ? rest.slice(slash + 1) : rest
  if (registry === 'index.docker.io') registry = 'docker.io'
  if (registry === 'docker.io' && !path.includes('/')) path = `library/${path}`
  if (!HOST.test(registry) || !PATH.test(path)) return undefined
  const name = `${registry}/${path}`
  if (tag === undefined && digest === undefined) tag = 'latest'
  return {
    text,
    name,
    registry,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
    full: `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`,
  }
}
