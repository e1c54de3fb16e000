import { basename, dirname, resolvePath } from '../../../shell/files.ts'
import type { Call } from '../../../shell/program.ts'
import { isObject, type Loose, objectAt, objectsAt, textAt } from '../api/loose.ts'
import { parseYaml } from '../api/yamlText.ts'
import { SERVER } from '../apiserver/reachable.ts'
import { Problem } from './problem.ts'
import { yamlText } from './yamlOut.ts'

/** The kubeconfig of the lab's one cluster, as kubeadm writes it; what holds where no file does. */
export const DEFAULT_KUBECONFIG: Loose = {
  apiVersion: 'v1',
  clusters: [
    { cluster: { 'certificate-authority-data': 'DATA+OMITTED', server: `https://${SERVER}` }, name: 'kubernetes' },
  ],
  contexts: [{ context: { cluster: 'kubernetes', user: 'kubernetes-admin' }, name: 'kubernetes-admin@kubernetes' }],
  'current-context': 'kubernetes-admin@kubernetes',
  kind: 'Config',
  preferences: {},
  users: [
    {
      name: 'kubernetes-admin',
      user: { 'client-certificate-data': 'DATA+OMITTED', 'client-key-data': 'DATA+OMITTED' },
    },
  ],
}

type Place = Pick<Call, 'env' | 'cwd' | 'files'>

/** Where the kubeconfig is: the flag's file, that of `KUBECONFIG`, or `~/.kube/config`. */
export function kubeconfigPath(call: Place, flag?: string): string {
  if (flag !== undefined && flag !== '') return resolvePath(call.cwd, flag)
  const named = call.env['KUBECONFIG']?.split(':').find((part) => part !== '')
  return named === undefined ? resolvePath(call.env['HOME'] ?? '/', '.kube/config') : resolvePath(call.cwd, named)
}

/** The kubeconfig in force. */
export function readKubeconfig(call: Place, flag?: string): Loose {
  const path = kubeconfigPath(call, flag)
  const read = call.files.read(path)
  if ('error' in read) {
    if (flag !== undefined && flag !== '') throw new Problem(`error: stat ${flag}: no such file or directory`)
    return DEFAULT_KUBECONFIG
  }
  const parsed = parseYaml(read.text)
  if (parsed.problem) throw new Problem(`error: error loading config file "${path}": ${parsed.problem.message}`)
  return isObject(parsed.value) ? parsed.value : {}
}

/** Writes the kubeconfig, with its directory. */
export function writeKubeconfig(call: Call, config: Loose, flag?: string): void {
  const path = kubeconfigPath(call, flag)
  makeDirectory(call, dirname(path))
  call.files.write(path, yamlText(config))
  if (basename(path) !== '') call.files.chmod(path, 0o600)
}

function makeDirectory(call: Call, path: string): void {
  if (path === '/' || call.files.exists(path)) return
  makeDirectory(call, dirname(path))
  call.files.mkdir(path)
}

/** The context of a kubeconfig by name. */
export function contextOf(config: Loose, name = textAt(config, 'current-context')): Loose | undefined {
  const entry = objectsAt(config, 'contexts').find((one) => textAt(one, 'name') === name)
  return entry && objectAt(entry, 'context')
}

/** The namespace of the context in force. */
export function currentNamespace(call: Place, context?: string, flag?: string): string {
  const config = readKubeconfig(call, flag)
  if (context !== undefined && !contextOf(config, context))
    throw new Problem(`error: context "${context}" does not exist`)
  return textAt(contextOf(config, context), 'namespace') || 'default'
}
