import type { Call } from '../../../shell/index.ts'
import { digestOf } from '../../containerd/index.ts'

/** One context of the client: where an engine is. They are kept in the files of the terminal, as the real client does. */
export interface Context {
  readonly Name: string
  readonly Metadata: { readonly Description?: string }
  readonly Endpoints: { readonly docker: { readonly Host: string; readonly SkipTLSVerify: boolean } }
}

export const SOCKET = 'unix:///var/run/docker.sock'
export const DEFAULT: Context = {
  Name: 'default',
  Metadata: {},
  Endpoints: { docker: { Host: SOCKET, SkipTLSVerify: false } },
}

/** Where the engine of the present context is; the machine's own socket by default. */
export function endpointOf(call: Call): string {
  if (call.env.DOCKER_HOST !== undefined) return call.env.DOCKER_HOST
  return contextOf(call, contextNow(call))?.Endpoints.docker.Host ?? SOCKET
}

export function contextFolder(call: Call): string {
  return `${call.env.HOME ?? '/root'}/.docker`
}

export function metaPath(call: Call, name: string): string {
  return `${contextFolder(call)}/contexts/meta/${digestOf(name).slice(7)}/meta.json`
}

/** The name of the context in use. */
export function contextNow(call: Call): string {
  if (call.env.DOCKER_CONTEXT !== undefined) return call.env.DOCKER_CONTEXT
  const file = call.files.read(`${contextFolder(call)}/config.json`)
  return 'error' in file ? 'default' : (/"currentContext":\s*"([^"]+)"/.exec(file.text)?.[1] ?? 'default')
}

export function contextOf(call: Call, name: string): Context | undefined {
  if (name === 'default') return DEFAULT
  const file = call.files.read(metaPath(call, name))
  return 'error' in file ? undefined : (JSON.parse(file.text) as Context)
}

/** All contexts, by name. */
export function contextsOf(call: Call): readonly Context[] {
  const root = `${contextFolder(call)}/contexts/meta`
  const own = call.files.below(root).flatMap((path) => {
    const file = call.files.read(path)
    return path.endsWith('/meta.json') && !('error' in file) ? [JSON.parse(file.text) as Context] : []
  })
  return [DEFAULT, ...own].sort((a, b) => (a.Name < b.Name ? -1 : 1))
}

/** Writes a file of the client's, with the folders above it. */
export function writeFile(call: Call, path: string, text: string): void {
  for (let cut = path.indexOf('/', 1); cut > 0; cut = path.indexOf('/', cut + 1)) call.files.mkdir(path.slice(0, cut))
  call.files.write(path, text)
}

/** Where the engine of a context is; undefined when there is no context of the name. */
export function hostOfContext(call: Call, name: string): string | undefined {
  return contextOf(call, name)?.Endpoints.docker.Host
}
