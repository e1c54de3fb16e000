import '../host/composition.ts'
import { runAws } from './awsFiles.ts'
import { runDockerfiles } from './dockerfiles.ts'
import { runManifests } from './manifests.ts'
import { printed, type Report } from './report.ts'
import { runTranscripts } from './transcripts.ts'
import { runVectors } from './vectors.ts'

/** What can be run against the lab, each on files and folders of real cases. */
const runs: Readonly<Record<string, (paths: readonly string[], options: { readonly bare: boolean }) => Report>> = {
  vectors: runVectors,
  manifests: runManifests,
  aws: runAws,
  dockerfiles: runDockerfiles,
  transcripts: runTranscripts,
}

const USAGE = `Usage: npm run conformance -- ${Object.keys(runs).join('|')} DIR... [--json] [--bare]
Runs real cases against the lab, lists what fails, and exits 1 when something does.
--bare plays transcripts without setting the stage.
`

function main(argv: readonly string[]): number {
  const json = argv.includes('--json')
  const [what = '', ...paths] = argv.filter((arg) => !arg.startsWith('--'))
  const run = runs[what]
  if (!run || paths.length === 0) {
    process.stderr.write(USAGE)
    return 2
  }
  const report = run(paths, { bare: argv.includes('--bare') })
  const { counts, failures, skips, groups, details, remarks } = report
  if (json)
    process.stdout.write(
      `${JSON.stringify({ what, counts, groups: Object.fromEntries(groups), failures, skips, details, remarks }, undefined, 1)}\n`,
    )
  if (json)
    process.stdout.write(`${what}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
  else process.stdout.write(`${printed(report)}\n`)
  return counts.failed > 0 ? 1 : 0
}

process.exitCode = main(process.argv.slice(2))
