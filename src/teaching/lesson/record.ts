import type { Save } from '../../host/save.ts'
import type { LessonFiles } from './lesson.ts'

/** What was done, and what there was before and after it, by kind. */
export interface Recording {
  readonly title: string
  readonly save: Save
  /** Virtual ms at which the doing begins: what was given before makes the world, what after solves the task. */
  readonly from: number
  readonly before: Readonly<Record<string, number>>
  readonly after: Readonly<Record<string, number>>
}

/**
 * The draft of a lesson from something done once: the world to start from, a task with goals by what there is afterwards, and the solution as it
 * was given. Words, predictions, hints and the antisolution are for its author; the linter and the proof say what is missing.
 */
export function recordLesson({ title, save, from, before, after }: Recording): {
  readonly folder: string
  readonly files: LessonFiles
} {
  const slug =
    title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, 40) || 'a-lesson'
  const history = save.branches[save.shown]?.history ?? []
  const start = history.filter(({ at }) => at < from)
  const done = history.filter(({ at, by }) => at >= from && by !== 'lesson')
  return {
    folder: slug,
    files: {
      'lesson.md': markdown(slug, title, save.seed, goalsOf(before, after)),
      'start.sh': [`# title: ${title}`, `# settle: ${seconds(from)}`, ...timed(start)].join('\n').concat('\n'),
      'solution.sh': done
        .map(({ line }) => line)
        .join('\n')
        .concat('\n'),
      'antisolution.sh': '# What would someone do who has not understood?\ntrue\n',
    },
  }
}

function timed(lines: readonly { readonly at: number; readonly line: string }[]): readonly string[] {
  let at = 0
  return lines.flatMap((line) => {
    const head = line.at > at ? [`# at: ${seconds(line.at)}`] : []
    at = line.at
    return [...head, line.line]
  })
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10}s`
}

function goalsOf(before: Recording['before'], after: Recording['after']): readonly string[] {
  const kinds = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  const changed = kinds.filter((kind) => (before[kind] ?? 0) !== (after[kind] ?? 0))
  return (changed.length > 0 ? changed : kinds.slice(0, 1)).map((kind) => {
    const count = after[kind] ?? 0
    return `  - says: TODO what of ${kind} there should be\n    now: { things: { kind: ${kind} }, is: ${count} }`
  })
}

function markdown(slug: string, title: string, seed: number, goals: readonly string[]): string {
  return `---
id: ${slug}
title: ${JSON.stringify(title)}
topic: kubernetes
says: TODO one sentence for the list of lessons.
minutes: 6
concepts: [k8s.pod]
needs: []
seed: ${seed}
---
TODO what there is to see, in a few words.

## TODO what is to be done

TODO why it matters.

\`\`\`task
says: TODO the task in one sentence.
skill: build
goals:
${goals.join('\n')}
hints:
  - says: TODO a first hint.
\`\`\`
`
}
