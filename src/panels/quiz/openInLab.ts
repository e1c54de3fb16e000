import type { Feedback } from '../../teaching/quiz/item.ts'
import { toast } from '../../ui/Toast.tsx'
import { packShare } from '../../workspace/share.ts'

/** Opens the world of a question in the workbench, at the moment at which it begins: the lines that happen lie ahead. */
export function openInLab(title: string, { seed, lines, at }: Feedback['world']): void {
  const history = lines.map(({ at, line }) => ({ at, line, session: 'main', by: 'scene' }))
  const end = Math.max(at, ...history.map((given) => given.at))
  const packed = packShare({
    title,
    save: { version: 1, seed, at, shown: 0, branches: [{ id: 0, name: 'main', forkedAt: 0, end, history }] },
  })
  if ('wrong' in packed) toast({ status: 'warn', text: packed.wrong })
  else location.hash = `#/s/${packed.link}`
}
