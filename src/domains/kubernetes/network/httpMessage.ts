/** A request as a program sends it. */
export interface HttpRequest {
  readonly method: string
  readonly url: Url
  readonly headers: { readonly [name: string]: string }
  readonly body?: string | undefined
}

/** An answer as a server sends it. Header names are as written. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: { readonly [name: string]: string }
  readonly body: string
  /** Lines that the server writes to its log. */
  readonly log?: readonly string[] | undefined
  /** Exit code with which the server ends after this answer. */
  readonly exits?: number | undefined
}

/** The parts of a URL that matter. */
export interface Url {
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  /** With the query. */
  readonly path: string
  readonly user?: string | undefined
}

/** Reads a URL as curl does: without a scheme it is http. Answers what is wrong with one that cannot be read. */
export function parseUrl(text: string): Url | { readonly error: 'scheme' | 'port' | 'host'; readonly what: string } {
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\//.exec(text)
  const name = scheme?.[1]?.toLowerCase() ?? 'http'
  if (name !== 'http' && name !== 'https') return { error: 'scheme', what: name }
  const rest = text.slice(scheme?.[0].length ?? 0)
  const cut = rest.search(/[/?#]/)
  const authority = cut < 0 ? rest : rest.slice(0, cut)
  const tail = cut < 0 ? '/' : rest.slice(cut).replace(/#.*$/, '')
  const at = authority.lastIndexOf('@')
  const place = authority.slice(at + 1)
  const parts = /^(\[[0-9a-fA-F:.]+\]|[^:]*)(?::(.*))?$/.exec(place)
  if (!parts?.[1]) return { error: 'host', what: place }
  const port = parts[2]
  if (port !== undefined && port !== '' && (!/^\d+$/.test(port) || Number(port) > 65535))
    return { error: 'port', what: port }
  return {
    scheme: name,
    host: parts[1].replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : name === 'https' ? 443 : 80,
    path: tail.startsWith('/') ? tail : `/${tail}`,
    ...(at >= 0 ? { user: authority.slice(0, at) } : {}),
  }
}

/** The URL as text, without a port that goes without saying. */
export function urlText(url: Url): string {
  return `${url.scheme}://${hostText(url)}${url.path}`
}

/** Host and port as a Host header has them. */
export function hostText(url: Url): string {
  const plain = url.port === (url.scheme === 'https' ? 443 : 80)
  return plain ? url.host : `${url.host}:${url.port}`
}

/** The words of a status code. */
export function reasonOf(status: number): string {
  return REASONS[status] ?? ''
}

const REASONS: { readonly [status: number]: string } = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  418: "I'm a teapot",
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}
