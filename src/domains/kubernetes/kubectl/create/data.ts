import { basename, resolvePath } from '../../../../shell/files.ts'
import type { Loose } from '../../api/loose.ts'
import type { Ask } from '../ask.ts'
import type { KubeFlag } from '../flags.ts'
import { stop } from '../problem.ts'

/** Flags that fill a ConfigMap or Secret. */
export const DATA_FLAGS: readonly KubeFlag[] = [
  { name: 'from-file', value: '[]', type: 'list', says: 'A file or directory, or key=file' },
  { name: 'from-literal', value: '[]', type: 'texts', says: 'key=value' },
  { name: 'from-env-file', value: '[]', type: 'list', says: 'A file of key=value lines' },
  { name: 'append-hash', says: 'Add a hash of the content to the name' },
]

/** What these flags give. Models: kubectl/pkg/cmd/create/create_configmap.go and generate/versioned */
export function dataOf(ask: Ask): Readonly<Record<string, string>> {
  const files = ask.list('from-file')
  const literals = ask.list('from-literal')
  const envs = ask.list('from-env-file')
  if (envs.length > 0 && (files.length > 0 || literals.length > 0))
    stop('from-env-file cannot be combined with from-file or from-literal')
  const data: Record<string, string> = {}
  const put = (key: string, value: string): void => {
    if (!/^[-._a-zA-Z0-9]+$/.test(key))
      stop(
        `"${key}" is not a valid key name for a ConfigMap: a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
      )
    if (data[key] !== undefined)
      stop(`cannot add key "${key}", another key by that name already exists in Data for ConfigMap`)
    data[key] = value
  }
  for (const spec of files) {
    const cut = spec.indexOf('=')
    const path = cut < 0 ? spec : spec.slice(cut + 1)
    if (cut === 0) stop(`key name for file path ${path} missing`)
    const full = resolvePath(ask.call.cwd, path)
    if (!ask.call.files.exists(full)) stop(`error reading ${path}: no such file or directory`)
    if (!ask.call.files.isDirectory(full)) {
      put(cut < 0 ? basename(full) : spec.slice(0, cut), ask.read(path))
      continue
    }
    if (cut > 0) stop('cannot give a key name for a directory path')
    for (const name of ask.call.files.list(full))
      if (!ask.call.files.isDirectory(`${full}/${name}`)) put(name, ask.read(`${full}/${name}`))
  }
  for (const spec of literals) {
    const cut = spec.indexOf('=')
    if (cut <= 0) stop(`invalid literal source ${spec}, expected key=value`)
    put(spec.slice(0, cut), spec.slice(cut + 1).replace(/^(["'])(.*)\1$/s, '$2'))
  }
  for (const file of envs) for (const [key, value] of envLines(ask.read(file), file)) put(key, value)
  return data
}

/** The pairs of an env file. */
export function envLines(text: string, file: string): readonly (readonly [string, string])[] {
  return text.split('\n').flatMap((raw, i) => {
    const line = raw.replace(/^\s+/, '').replace(/\r$/, '')
    if (line === '' || line.startsWith('#')) return []
    const cut = line.indexOf('=')
    const key = cut < 0 ? line : line.slice(0, cut)
    if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(key))
      return stop(
        `"${key}" is not a valid key name: a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (${file}:${i + 1})`,
      )
    return cut < 0 ? [] : [[key, line.slice(cut + 1)] as const]
  })
}

/** Texts in base64, as Secrets carry them. */
export function encoded(data: Readonly<Record<string, string>>): Loose {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)]))
}

/** Base64 of a text's UTF-8 bytes. */
export function base64(text: string): string {
  let bytes = ''
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte)
  return btoa(bytes)
}
