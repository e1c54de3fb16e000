import { readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { type CorpusFile, corpusFiles } from './corpus.ts'
import { filesBelow } from './files.ts'
import { refusals } from './refusal.ts'
import { type Report, tally } from './report.ts'
import { Stage } from './stage.ts'

/** Applies every manifest of the given files and folders to a fresh cluster, and judges what kubectl says to each. */
export function runManifests(paths: readonly string[]): Report {
  const report = tally('manifests')
  const sorts = new Map<string, number>()
  for (const file of corpusFiles(paths)) {
    if (!/\.(?:ya?ml|json)$/.test(file.path) || file.category === 'config') continue
    const group = file.repo === '' ? 'manifests' : file.repo
    try {
      const { wrong, found } = applied(file)
      for (const sort of new Set(found)) sorts.set(sort, (sorts.get(sort) ?? 0) + 1)
      if (wrong === undefined) report.pass(group)
      else report.fail(file.path, wrong, group)
    } catch (error) {
      report.fail(
        file.path,
        `crashed: ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' ') : String(error)}`,
        group,
      )
    }
  }
  for (const [sort, count] of [...sorts].sort((a, b) => b[1] - a[1])) report.remarks.push(`${count} files: ${sort}`)
  return report
}

function applied(file: CorpusFile): { readonly wrong: string | undefined; readonly found: readonly string[] } {
  const text = readFileSync(file.path, 'utf8')
  const stage = new Stage({ scene: ['lab cluster up --nodes 0'] })
  const { output, exitCode } = isKustomization(file.path) ? applyFolder(stage, file) : applyFile(stage, file, text)
  if (exitCode === 0) return { wrong: undefined, found: ['accepted'] }
  const complaints = complaintsOf(output)
  const judged = isKustomization(file.path)
    ? complaints.map((complaint) => ({ text: complaint, sort: sortOfKustomization(complaint, text) }))
    : refusals(file, text, complaints)
  const wrong = judged.filter(({ sort }) => sort === 'unexpected')
  if (complaints.length === 0)
    return { wrong: `exit ${exitCode} without a complaint: ${output.slice(0, 300)}`, found: [] }
  return {
    wrong: wrong.length > 0 ? wrong.map((one) => one.text).join(' | ') : undefined,
    found: judged.map(({ sort }) => sort),
  }
}

function applyFile(stage: Stage, file: CorpusFile, text: string) {
  const name = basename(file.path)
  stage.place(name, text)
  return stage.run(`kubectl apply -f '${name}'`)
}

/** A kustomization is built with everything beside it that its repository has. */
function applyFolder(stage: Stage, file: CorpusFile) {
  const folder = relative(file.root, dirname(file.path))
  const top = join(file.root, folder.split('/').slice(0, -2).join('/'))
  for (const other of filesBelow([top])) stage.place(relative(file.root, other), readFileSync(other, 'utf8'))
  return stage.run(`kubectl apply -k '${folder === '' ? '.' : folder}'`)
}

/** Lines that complain, each with the indented ones that go on below it. */
function complaintsOf(output: string): readonly string[] {
  const complaints: string[] = []
  for (const line of output.split('\n')) {
    if (
      line === '' ||
      /^Warning: /.test(line) ||
      /^\S+\/\S+ (?:created|configured|unchanged|serverside-applied)(?: \(.*\))?$/.test(line)
    )
      continue
    if (/^(?:\s|\* |ensure CRDs)/.test(line) && complaints.length > 0) complaints[complaints.length - 1] += `\n${line}`
    else complaints.push(line)
  }
  return complaints
}

function isKustomization(path: string): boolean {
  return /^kustomization\.ya?ml$/i.test(basename(path))
}

/** Expected of a kustomization: resources that the corpus does not hold, kinds that are not installed, components built alone. */
function sortOfKustomization(complaint: string, text: string): string {
  if (/^kind: Component$/m.test(text) && /no resource matches|unable to find/.test(complaint))
    return 'component built alone'
  if (
    /no such file|must resolve to a file|must build at directory|unable to find|evalsymlink|accumulat|URL|git|remote/i.test(
      complaint,
    )
  )
    return 'kustomization of files that the corpus lacks'
  if (/no matches for kind|ensure CRDs/.test(complaint)) return 'kind that is not installed'
  if (/namespaces "[^"]+" not found/.test(complaint)) return 'namespace that is not there'
  if (/no objects passed to apply|kustomization.yaml is empty|kustomization\.yaml is empty/.test(complaint))
    return 'holds no object'
  return 'unexpected'
}
