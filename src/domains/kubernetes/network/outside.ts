import type { World } from '../../../kernel/index.ts'
import { apiWorks, works } from '../components/component.ts'
import type { HttpAnswer } from './httpMessage.ts'

/** Address of the machine that the API server runs on; the endpoint of the `kubernetes` Service, port 6443. */
export const API_SERVER_IP = '172.20.0.2'

/** What a place that is no pod answers over HTTP; undefined when nothing there accepts connections. */
export function outsideAnswer(world: World, ip: string, port: number, path: string): HttpAnswer | undefined {
  if (ip === API_SERVER_IP) return port === 6443 && works(world, 'kube-apiserver') ? apiServer(world, path) : undefined
  if (port !== 80 && port !== 443) return undefined
  return {
    status: 200,
    headers: { 'Content-Type': 'text/html' },
    body: '<!doctype html><title>Example Domain</title>\n',
  }
}

/** Whether an address belongs to the internet, where every packet that nobody takes is dropped. */
export function refusesOutside(ip: string): boolean {
  return ip === API_SERVER_IP
}

/** The API server answers those whom it does not know with a Status, apart from its health. */
function apiServer(world: World, path: string): HttpAnswer {
  if (/^\/(healthz|livez|readyz)$/.test(path)) {
    const fine = apiWorks(world)
    return {
      status: fine ? 200 : 500,
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
      body: fine ? 'ok' : '[-]etcd failed: reason withheld\n',
    }
  }
  const message = `forbidden: User "system:anonymous" cannot get path "${path}"`
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason: 'Forbidden',
    details: {},
    code: 403,
  }
  return { status: 403, headers: { 'Content-Type': 'application/json' }, body: `${JSON.stringify(status, null, 2)}\n` }
}
