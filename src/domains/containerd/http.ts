/** One HTTP request as a server sees it. */
export interface HttpRequest {
  readonly method: string
  /** Path with the query: `/hello?x=1`. */
  readonly path: string
  readonly host: string
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string }
  readonly body?: string
  /** Address of the caller. */
  readonly from?: string
}

export interface HttpResponse {
  readonly status: number
  readonly headers: { readonly [name: string]: string }
  readonly body: string
  /** The uptime in ms from which the answer will be another one although nothing changes but time. */
  readonly changesAt?: number
  /** ms that the answer takes, where it is not the server's usual. */
  readonly ms?: number
  /** Exit code with which the server ends after answering. */
  readonly exits?: number
}

/** A plain-text answer. */
export function plain(body: string, status = 200, more: Partial<HttpResponse> = {}): HttpResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body, ...more }
}

/** An HTML answer. */
export function html(body: string, status = 200): HttpResponse {
  return { status, headers: { 'content-type': 'text/html' }, body }
}

/** Words of a status code: `Not Found`. */
export function statusText(status: number): string {
  return STATUS_TEXT[status] ?? 'Unknown'
}

const STATUS_TEXT: { readonly [status: number]: string } = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  408: 'Request Timeout',
  413: 'Request Entity Too Large',
  418: "I'm a teapot",
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}
