import { type Domain, type ExportedFile, type ExportedStep, STEP, type World } from '../../kernel/index.ts'

/** Everything that was built in a world as files that run on the real thing, in the order in which a folder lists them. */
export function liveFiles(domains: readonly Domain[], world: World): readonly ExportedFile[] {
  const exported = domains.flatMap(({ exports }) => exports?.(world) ?? [])
  const elsewhere = exported.flatMap((one) => one.elsewhere ?? [])
  const steps = exported
    .flatMap((one) => one.steps)
    .map((step) => ({ ...step, lines: step.lines.map((line) => elsewhere.reduce(replaced, line)) }))
    .sort((a, b) => a.order - b.order)
  const files = new Map(exported.flatMap((one) => one.files.map((file) => [file.path, file] as const)))
  if (files.size === 0) return []
  const sorted = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  return [{ path: 'README.md', text: readme(sorted, steps) }, { path: SCRIPT, text: script(steps) }, ...sorted]
}

/** The script of an export, which brings all of it up. */
export const SCRIPT = 'up.sh'

function replaced(line: string, { text, expression }: { readonly text: string; readonly expression: string }): string {
  return line.replaceAll(text, expression)
}

function script(steps: readonly ExportedStep[]): string {
  const parts = ['#!/bin/sh', '# Made by Orrery. Run it in this folder; README.md says what it does.', 'set -e']
  for (const { says, lines, lab } of steps) {
    parts.push('', `# ${says}`)
    if (lab === undefined) parts.push(...lines)
    else
      parts.push(
        `if ${lab ? '' : '! '}command -v lab > /dev/null 2>&1; then`,
        ...lines.map((line) => `  ${line}`),
        'fi',
      )
  }
  return `${parts.join('\n')}\n`
}

function readme(files: readonly ExportedFile[], steps: readonly ExportedStep[]): string {
  const real = steps.filter(({ lab }) => !lab)
  const folders = new Map<string, number>()
  for (const { path } of files) {
    const folder = path.includes('/') ? `${path.slice(0, path.indexOf('/'))}/` : path
    folders.set(folder, (folders.get(folder) ?? 0) + 1)
  }
  const numbered = real.map(({ says, lines }, i) => `## ${i + 1}. ${says}\n\n\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`)
  const lab = steps.filter((step) => step.lab)
  return [
    '# What was built in Orrery\n',
    `Files that run on the real thing. \`sh ${SCRIPT}\` does all of the steps below, in this folder. On real accounts and clusters they make real things that cost real money: read them first.\n`,
    '| what | files |\n|---|---|',
    ...[...folders].map(([folder, count]) => `| \`${folder}\` | ${count} |`),
    '',
    ...(lab.some(({ order }) => order === STEP.machines)
      ? [
          'A cluster is taken to be there: the one that `kubectl` speaks with. In the lab its machines are brought up by the script.\n',
        ]
      : []),
    ...numbered,
    'To have it in Orrery again, drop this folder, or a zip of it, on the canvas.\n',
  ].join('\n')
}
