import { parseReference } from '../../containerd/index.ts'
import type { Command } from '../cli/command.ts'
import { Problem, refused } from '../cli/problem.ts'
import { fetching } from '../registry/fetching.ts'

/** Models: docker/cli cli/command/image/pull.go */
export const pull: Command = {
  path: 'pull',
  aliases: ['image pull'],
  summary: 'Download an image from a registry',
  usage: '[OPTIONS] NAME[:TAG|@DIGEST]',
  args: [1, 1],
  completes: 'images',
  flags: [
    { name: 'all-tags', short: 'a', says: 'Download all tagged images in the repository' },
    { name: 'disable-content-trust', says: 'Skip image verification (default true)' },
    { name: 'platform', type: 'string', says: 'Set platform if server is multi-platform capable' },
    { name: 'quiet', short: 'q', says: 'Suppress verbose output' },
  ],
  run(ask) {
    const [text = ''] = ask.args
    const reference = parseReference(text)
    if (!reference)
      throw new Problem(
        `${/[A-Z]/.test(text) ? `invalid reference format: repository name (${text.replace(/:[^:/]*$/, '')}) must be lowercase` : 'invalid reference format'}`,
      )
    if (!/[:@][^/]*$/.test(text) && !ask.flag('quiet')) ask.out('Using default tag: latest\n')
    const plan = fetching(ask.world, ask.engine, text)
    if ('error' in plan) throw refused(plan.error)
    if (!ask.flag('quiet')) ask.out(plan.first)
    return { wait: { after: plan.ms }, state: { last: plan.last } }
  },
  resume(ask, state) {
    const [text = ''] = ask.args
    const reference = parseReference(text)
    const plan = fetching(ask.world, ask.engine, text)
    if ('error' in plan) throw refused(plan.error)
    ask.emit(plan.emit)
    if (!ask.flag('quiet')) ask.out((state as unknown as { last: string }).last)
    ask.out(`${reference?.full ?? text}\n`)
    return { exit: 0 }
  },
}
