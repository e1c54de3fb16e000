import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { readDockerfileCase } from '../domains/docker/index.ts'
import { corpusFiles } from './corpus.ts'
import { type Report, tally } from './report.ts'

/**
 * Runs real Dockerfiles: a file with a `result` beside it must give that syntax tree, one below `testfiles-negative` must be refused, snippets
 * `<Check>/bad-N` must give the check's warning and `good-N` must not; every other must become an image graph, or is refused where its
 * own name says that it is bad. Refusals of others fail, and are told with BuildKit's words.
 */
export function runDockerfiles(paths: readonly string[]): Report {
  const report = tally('dockerfiles')
  const refusals = new Map<string, number>()
  for (const { path, root } of corpusFiles(paths)) {
    if (!isDockerfile(path)) continue
    const text = readFileSync(path, 'utf8')
    const id = path.slice(dirname(root).length + 1)
    const result = join(dirname(path), 'result')
    const check = /\/([A-Za-z]+)\/(bad|good)-\d+\.Dockerfile$/.exec(path)
    if (existsSync(result)) compareTree(report, id, text, readFileSync(result, 'utf8'))
    else if (/testfiles-negative\//.test(path)) refuse(report, id, text)
    else if (check) checkSnippet(report, id, text, check[1] as string, check[2] === 'bad')
    else buildGraph(report, id, text, path, refusals)
  }
  for (const [why, count] of [...refusals].sort((a, b) => b[1] - a[1]))
    report.remarks.push(`${count} refused as bad: ${why}`)
  return report
}

function isDockerfile(path: string): boolean {
  const name = basename(path)
  if (/\.(dockerignore|md|txt|tsv)$/.test(name) || name === '.dockerignore') return false
  return /dockerfile|containerfile/i.test(path.slice(dirname(dirname(path)).length)) && name !== 'result'
}

function compareTree(report: Report, id: string, text: string, wanted: string): void {
  const { tree, syntaxError } = readDockerfileCase(text)
  if (tree?.trim() === wanted.trim()) report.pass('parser trees')
  else report.fail(id, syntaxError ?? `another tree:\n${tree}`, 'parser trees')
}

function refuse(report: Report, id: string, text: string): void {
  const { syntaxError } = readDockerfileCase(text)
  if (syntaxError === undefined) report.fail(id, 'was accepted', 'parser refusals')
  else report.pass('parser refusals')
}

/** Snippets may be fragments: one without FROM stands upon scratch, `...` lines stand for anything. */
function checkSnippet(report: Report, id: string, text: string, check: string, bad: boolean): void {
  const whole = `${/^\s*from\s/im.test(text) ? '' : 'FROM scratch\n'}${text.replace(/^\s*\.\.\.\s*$/gm, '')}`
  const { warnings } = readDockerfileCase(whole, {
    experimental: true,
    ignore: check === 'CopyIgnoredFile' && bad ? 'tmp\n' : '',
  })
  const found = warnings.some((warning) => warning.check === check)
  if (found === bad) report.pass('build checks')
  else report.fail(id, bad ? `gives no ${check}` : `gives ${check}`, 'build checks')
}

/** Words in names of Dockerfiles that are meant to fail. */
const MEANT = /bad|invalid|missing|unrecogni[sz]ed|unknown|nonexist|fail|wrong|error/i

function buildGraph(report: Report, id: string, text: string, path: string, refusals: Map<string, number>): void {
  const { error, vertices } = readDockerfileCase(text, { buildArgs: argumentsFor(text) })
  if (error === undefined) {
    if (vertices === undefined) report.fail(id, 'gives no graph', 'image graphs')
    else report.pass('image graphs')
    return
  }
  if (MEANT.test(path.slice(dirname(dirname(path)).length))) {
    refusals.set(error, (refusals.get(error) ?? 0) + 1)
    report.pass('image graphs')
  } else report.fail(id, error, 'image graphs')
}

/** What a caller must give: every ARG before the first FROM that has no default, with something of its sort. */
function argumentsFor(text: string): { readonly [name: string]: string } {
  const head = text.split(/^\s*from\s/im)[0] ?? ''
  const names = [...head.matchAll(/^\s*arg\s+(\w+)\s*$/gim)].map((match) => match[1] as string)
  return Object.fromEntries(
    names.map((name) => [
      name,
      /platform/i.test(name)
        ? 'linux/amd64'
        : /arch/i.test(name)
          ? 'arm64'
          : /os$/i.test(name)
            ? 'linux'
            : /version|tag/i.test(name)
              ? '1.0'
              : 'alpine',
    ]),
  )
}
