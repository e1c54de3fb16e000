import { isObject } from '../api/loose.ts'
import { typeOfKind } from '../api/schema.ts'
import { parseYaml } from '../api/yamlText.ts'
import { changing, patched } from './changing.ts'
import { DRY_RUN, FIELD_MANAGER, FILE_FLAGS, LOCAL, PRINT_FLAGS, RECORD } from './globalFlags.ts'
import { misuse, stop } from './problem.ts'

/** Models: kubectl/pkg/cmd/patch */
export const patch = changing({
  name: 'patch',
  summary: 'Update fields of a resource',
  usage: '(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]',
  completes: 'resources',
  flags: [
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    DRY_RUN,
    FIELD_MANAGER,
    LOCAL,
    RECORD,
    { name: 'patch', short: 'p', value: "''", says: 'The patch, as JSON or YAML' },
    { name: 'patch-file', value: "''", says: 'A file with the patch' },
    { name: 'type', value: "'strategic'", values: ['json', 'merge', 'strategic'], says: 'What sort of patch' },
    { name: 'subresource', value: "''", says: 'status, scale or resize' },
  ],
  examples: [
    `kubectl patch node k8s-node-1 -p '{"spec":{"unschedulable":true}}'`,
    `kubectl patch pod valid-pod --type='json' -p='[{"op": "replace", "path": "/spec/containers/0/image", "value":"new image"}]'`,
  ],
  targets(ask) {
    if (ask.has('patch') && ask.has('patch-file')) stop('cannot specify --patch and --patch-file together')
    if (!ask.text('patch') && !ask.text('patch-file'))
      stop('must specify --patch or --patch-file containing the contents of the patch')
    const type = ask.text('type') ?? 'strategic'
    if (!['json', 'merge', 'strategic'].includes(type))
      stop(`--type must be one of [json merge strategic], not "${type}"`)
    if (ask.args.length === 0 && ask.list('filename').length === 0)
      misuse(ask.path, 'one or more resources must be specified as <resource> <name> or <resource>/<name>')
    return { args: ask.args }
  },
  change(ask, target) {
    const text = ask.text('patch') || ask.read(ask.text('patch-file') ?? '')
    const { value, problem } = parseYaml(text)
    if (problem || (!isObject(value) && !Array.isArray(value)))
      return stop(
        `unable to parse "${text}": ${problem?.message ?? 'json: cannot unmarshal string into Go value of type map[string]interface {}'}`,
      )
    const asked = (ask.text('type') ?? 'strategic') as 'json' | 'merge' | 'strategic'
    const { apiVersion = '', kind = '' } = target.object ?? {}
    if (asked === 'strategic' && typeOfKind(apiVersion, kind) === undefined)
      return stop(
        `strategic merge patch is not supported for ${apiVersion.split('/')[0]}/${apiVersion.split('/')[1]}, Kind=${kind} locally, try --type merge`,
      )
    return patched(ask, target, asked, value, 'patched', 'patched (no change)')
  },
})
