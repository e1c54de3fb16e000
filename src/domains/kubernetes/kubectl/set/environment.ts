import { type Loose, objectAt, objectsAt, textAt } from '../../api/loose.ts'
import type { Ask } from '../ask.ts'
import { Problem } from '../problem.ts'
import { readOne } from '../reading.ts'
import { resourceNamed } from '../select.ts'
import { chosen, podSpecOf } from './podSpec.ts'

/** Sets and removes the variables that arguments name. */
export function setEnvironment(ask: Ask, copy: Loose): void {
  const at = ask.args.findIndex((arg) => arg.includes('=') || /^[A-Za-z_][\w.]*-$/.test(arg))
  const pairs = [...(at < 0 ? [] : ask.args.slice(at)), ...ask.list('env')]
  const added: Loose[] = fromSource(ask)
  for (const container of chosen(ask, podSpecOf(copy))) {
    let env = [...objectsAt(container, 'env')]
    for (const pair of pairs) {
      if (pair.endsWith('-') && !pair.includes('=')) {
        env = env.filter((one) => one.name !== pair.slice(0, -1))
        continue
      }
      put(env, { name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1) })
    }
    for (const one of added) put(env, one)
    container.env = env
  }
}

function put(env: Loose[], entry: Loose): void {
  const at = env.findIndex((one) => one.name === entry.name)
  if (at < 0) env.push(entry)
  else env[at] = entry
}

function fromSource(ask: Ask): Loose[] {
  const from = ask.text('from')
  if (!from) return []
  const [type = '', name = ''] = from.split('/')
  const resource = resourceNamed(ask, type)
  const answer = readOne(ask.world, resource, ask.namespace, name)
  if (!answer.ok) throw new Problem(`Error from server (NotFound): ${answer.status.message}`)
  const keys = ask.list('keys')
  const ref = resource.kind === 'Secret' ? 'secretKeyRef' : 'configMapKeyRef'
  return Object.keys((answer.object.data ?? {}) as Loose)
    .filter((key) => keys.length === 0 || keys.includes(key))
    .sort()
    .map((key) => ({
      name: `${ask.text('prefix') ?? ''}${key.toUpperCase().replace(/[^A-Z0-9_]/g, '_')}`,
      valueFrom: { [ref]: { key, name } },
    }))
}

/** Prints a template's variables, for `--list`. */
export function listEnvironment(ask: Ask, plural: string, object: Loose): void {
  for (const container of chosen(ask, podSpecOf(object))) {
    ask.out(`# ${plural} ${textAt(object, 'metadata', 'name')}, container ${textAt(container, 'name')}\n`)
    for (const one of objectsAt(container, 'env')) {
      const from = objectAt(one, 'valueFrom', 'secretKeyRef') ?? objectAt(one, 'valueFrom', 'configMapKeyRef')
      if (!from) ask.out(`${textAt(one, 'name')}=${textAt(one, 'value')}\n`)
      else
        ask.out(
          `# ${textAt(one, 'name')} from ${objectAt(one, 'valueFrom', 'secretKeyRef') ? 'secret' : 'configmap'} ${textAt(from, 'name')}, key ${textAt(from, 'key')}\n`,
        )
    }
  }
}
