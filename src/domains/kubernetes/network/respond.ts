import { EPOCH, type World } from '../../../kernel/index.ts'
import { ask } from '../kubelet/serving.ts'
import { type HttpAnswer, type HttpRequest, hostText } from './httpMessage.ts'
import type { Listener } from './listener.ts'
import type { Vantage } from './vantage.ts'

/** What the server behind a listener answers, with the headers that every server adds and the line for its log; undefined when it speaks no HTTP. */
export function respond(
  world: World,
  listener: Listener,
  http: HttpRequest,
  from: Vantage,
): (HttpAnswer & { readonly ms: number }) | undefined {
  const { server } = listener.behaviour
  if (server.daemon.speaks === 'tcp' || server.daemon.speaks === 'grpc') return undefined
  const headers: { [name: string]: string } = {}
  for (const [name, value] of Object.entries(http.headers)) headers[name.toLowerCase()] = value
  const request = {
    method: http.method,
    path: http.url.path,
    host: headers.host ?? hostText(http.url),
    headers,
    from: from.ip,
    ...(http.body === undefined ? {} : { body: http.body }),
  }
  const response = ask(world, server, request)
  const line = server.daemon.accessLog?.(request, response, world.isoNow())
  return {
    status: response.status,
    headers: fullHeaders(world, response.headers, response.body.length),
    body: http.method === 'HEAD' ? '' : response.body,
    ms: response.ms ?? 1,
    ...(line === undefined ? {} : { log: [line] }),
    exits: response.exits,
  }
}

function fullHeaders(
  world: World,
  own: { readonly [name: string]: string },
  size: number,
): { readonly [name: string]: string } {
  const headers: { [name: string]: string } = {}
  const server = own.server ?? own.Server
  if (server !== undefined) headers.Server = server
  headers.Date = new Date(EPOCH + world.now).toUTCString()
  for (const [name, value] of Object.entries(own)) headers[titled(name)] = value
  headers['Content-Length'] = String(size)
  return headers
}

function titled(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())
}
