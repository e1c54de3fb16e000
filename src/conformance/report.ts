/** What a run of cases found, and how to add to it. */
export interface Report {
  readonly what: string
  readonly counts: { passed: number; failed: number; skipped: number }
  readonly failures: { readonly id: string; readonly why: string }[]
  readonly skips: { readonly id: string; readonly why: string }[]
  /** Passed and all, by kind or group. */
  readonly groups: Map<string, { passed: number; all: number }>
  /** What failing cases should have printed and what they did, for `--json`. */
  readonly details: { readonly id: string; readonly documented: string; readonly output: string }[]
  /** Lines to print before the closing one. */
  readonly remarks: string[]
  pass(group: string): void
  fail(id: string, why: string, group: string): void
  skip(id: string, why: string): void
}

/** An empty report. */
export function tally(what: string): Report {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const groups = new Map<string, { passed: number; all: number }>()
  const add = (group: string, passed: number) => {
    const now = groups.get(group) ?? { passed: 0, all: 0 }
    groups.set(group, { passed: now.passed + passed, all: now.all + 1 })
  }
  const report: Report = {
    what,
    counts,
    failures: [],
    skips: [],
    groups,
    details: [],
    remarks: [],
    pass(group) {
      counts.passed++
      add(group, 1)
    },
    fail(id, why, group) {
      counts.failed++
      add(group, 0)
      report.failures.push({ id, why })
    },
    skip(id, why) {
      counts.skipped++
      report.skips.push({ id, why })
    },
  }
  return report
}

/** Most failures that are listed without `--json`. */
const LISTED = 40

/** The report as text; its last line is the one that counts. */
export function printed(report: Report): string {
  const { passed, failed, skipped } = report.counts
  const lines: string[] = []
  for (const [group, { passed: good, all }] of [...report.groups].sort())
    lines.push(`${good === all ? ' ' : '!'} ${group}: ${good} of ${all}`)
  for (const { id, why } of report.failures.slice(0, LISTED)) lines.push(`FAIL ${id}: ${why.slice(0, 600)}`)
  if (report.failures.length > LISTED) lines.push(`... and ${report.failures.length - LISTED} more (--json lists all)`)
  const reasons = new Map<string, number>()
  for (const { why } of report.skips) reasons.set(why, (reasons.get(why) ?? 0) + 1)
  for (const [why, count] of [...reasons].sort((a, b) => b[1] - a[1]).slice(0, LISTED))
    lines.push(`skipped ${count}: ${why}`)
  lines.push(...report.remarks)
  lines.push(`${report.what}: ${passed} passed, ${failed} failed, ${skipped} skipped`)
  return lines.join('\n')
}
