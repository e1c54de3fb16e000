import { resolvePath } from '../../../shell/index.ts'
import { containersOn } from '../container/container.ts'
import type { Mount } from '../container/containerSpec.ts'
import type { Ask } from './ask.ts'
import { pick } from './pickDefined.ts'
import { Problem, refused } from './problem.ts'

/** The mounts that `-v`, `--mount`, `--tmpfs` and `--volumes-from` ask for. */
export function mountsOf(ask: Ask): readonly Mount[] | undefined {
  const { session } = ask.call
  const mounts = [
    ...ask.all('volume').map((text) => volumeMount(text, ask.call.cwd, session)),
    ...ask.all('mount').map((text) => longMount(text, ask.call.cwd, session)),
    ...ask.all('tmpfs').map((text): Mount => ({ type: 'tmpfs', target: text.split(':')[0] ?? text })),
    ...ask.all('volumes-from').flatMap((text) => {
      const [name = ''] = text.split(':')
      const other = containersOn(ask.world, ask.engine).find((container) => container.name === name)
      if (!other) throw refused(`No such container: ${name}`, 125)
      return other.spec.mounts ?? []
    }),
  ]
  const seen = new Set<string>()
  for (const { target } of mounts) {
    if (seen.has(target)) throw refused(`Duplicate mount point: ${target}`, 125)
    seen.add(target)
  }
  return mounts.length > 0 ? mounts : undefined
}

/** `[source:]target[:options]`. Models: moby volume/mounts parser and cli loader */
export function volumeMount(text: string, cwd: string, session: string | undefined): Mount {
  const parts = text.split(':')
  if (parts.length > 3 || text === '') throw refused(`invalid volume specification: '${text}'`, 125)
  const [first = '', second, options] = parts
  if (second === undefined) {
    if (!first.startsWith('/'))
      throw refused(
        `invalid volume specification: '${text}': invalid mount config for type "volume": invalid mount path: '${first}' mount path must be absolute`,
        125,
      )
    return { type: 'volume', target: first }
  }
  if (!second.startsWith('/'))
    throw refused(
      `invalid volume specification: '${text}': invalid mount config for type "${/^[./~]/.test(first) ? 'bind' : 'volume'}": invalid mount path: '${second}' mount path must be absolute`,
      125,
    )
  const readOnly = options?.split(',').includes('ro') ? { readOnly: true as const } : {}
  if (/^[./~]/.test(first))
    return { type: 'bind', source: resolvePath(cwd, first), target: second, ...readOnly, ...pick({ session }) }
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(first))
    throw refused(
      `create ${first}: "${first}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
      125,
    )
  return { type: 'volume', source: first, target: second, ...readOnly }
}

function longMount(text: string, cwd: string, session: string | undefined): Mount {
  const wrong = (why: string): Problem => new Problem(`invalid argument "${text}" for "--mount" flag: ${why}`, 125)
  let [type, source, target]: (string | undefined)[] = ['volume']
  let readOnly = false
  for (const part of text.split(',')) {
    const [key = '', ...rest] = part.split('=')
    const value = rest.join('=')
    if (key === 'type') type = value
    else if (key === 'source' || key === 'src') source = value
    else if (key === 'target' || key === 'dst' || key === 'destination') target = value
    else if (key === 'readonly' || key === 'ro') readOnly = value !== 'false' && value !== '0'
    else if (rest.length === 0 && !['volume-nocopy', 'bind-nonrecursive'].includes(key))
      throw wrong(`invalid field '${part}' must be a key=value pair`)
    else if (!/^(consistency|bind-|volume-|tmpfs-|image-)/.test(key))
      throw wrong(`unexpected key '${key}' in '${part}'`)
  }
  if (target === undefined || target === '') throw wrong('target is required')
  if (type !== 'bind' && type !== 'volume' && type !== 'tmpfs')
    throw refused(`invalid mount config for type "${type}": mount type unknown`, 125)
  if (type === 'bind' && source === undefined)
    throw refused('invalid mount config for type "bind": field Source must not be empty', 125)
  return {
    type,
    target,
    ...(source === undefined ? {} : { source: type === 'bind' ? resolvePath(cwd, source) : source }),
    ...(readOnly ? { readOnly } : {}),
    ...(type === 'bind' ? pick({ session }) : {}),
  }
}
