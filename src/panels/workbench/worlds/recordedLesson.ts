import type { LabClient } from '../../../host/client.ts'
import type { Outline } from '../../../host/views/index.ts'
import { packLesson } from '../../../teaching/lesson/bundle.ts'
import { readLesson } from '../../../teaching/lesson/readLesson.ts'
import { recordLesson } from '../../../teaching/lesson/record.ts'
import { toast } from '../../../ui/index.ts'
import { useWorld } from '../../../workspace/index.ts'
import { downloadText } from './download.ts'

/** Hands out the draft of a lesson as one file, and says what its author still has to write. The first line that a person gave begins the doing. */
export async function saveRecording(lab: LabClient): Promise<void> {
  const save = await lab.save()
  const history = save.branches[save.shown]?.history ?? []
  const from = history.find(({ by }) => by !== 'scene' && by !== 'lesson')?.at
  if (from === undefined) {
    toast({ status: 'warn', text: 'Do something first: what you type or draw becomes the solution.' })
    return
  }
  const { title } = useWorld.getState()
  const after = await countKinds(lab)
  await lab.seek(Math.max(0, from - 1))
  const before = await countKinds(lab)
  await lab.seek(save.at)
  const { folder, files } = recordLesson({ title, save, from, before, after })
  downloadText(`${folder}.lesson.txt`, packLesson(folder, files), 'text/plain')
  const open = (files['lesson.md']?.match(/TODO/g) ?? []).length
  const { problems } = readLesson(folder, files)
  toast({
    status: 'ok',
    text: `The draft is saved: ${open} places are yours to write.`,
    detail: problems[0] ? `${problems[0].file}, line ${problems[0].line}: ${problems[0].message}` : undefined,
  })
}

/** How many things there are of each kind, as far as a person can see them. */
async function countKinds(lab: LabClient): Promise<Readonly<Record<string, number>>> {
  const { items } = (await lab.ask('outline')) as Outline
  const counts: Record<string, number> = {}
  for (const { id } of items) {
    const kind = id.slice(0, id.indexOf('/'))
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}
