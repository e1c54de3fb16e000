import type { Emission, Entity, World } from '../../../kernel/index.ts'
import { arnOf } from '../core/index.ts'
import { type Build, dated } from './build.ts'
import { pickFiles } from './handover.ts'
import type * as api from './types.generated.ts'

export const REPORT = 'aws.codebuild.Report'
export const REPORT_GROUP = 'aws.codebuild.ReportGroup'

/** What tests said in one build. */
export interface Report extends Entity {
  readonly region: string
  readonly report: api.Report
  readonly cases: readonly api.TestCase[]
}

/** Reports of one sort of tests, over builds. */
export interface ReportGroup extends Entity {
  readonly region: string
  readonly group: api.ReportGroup
}

export function reportGroupId(region: string, name: string): string {
  return `${REPORT_GROUP}/${region}/${name}`
}

/** The reports that a buildspec names, read from the files that the tests wrote. */
export function reportEmissions(build: Build, world: World): readonly Emission[] {
  return Object.entries(build.spec?.reports ?? {}).flatMap(([name, { files, baseDirectory, format }]) => {
    const picked = pickFiles(build, { files, baseDirectory, discardPaths: false })
    const group = name.startsWith('arn:') ? (name.split('/').pop() ?? name) : `${build.settings.name}-${name}`
    const arn = arnOf('codebuild', build.region, `report/${group}:${build.uuid}`)
    const cases =
      format === 'JUNITXML'
        ? Object.entries(picked ?? {}).flatMap(([path, text]) =>
            junitCases(text, arn, path).map((one) => ({ ...one, expired: dated(world.now) + THIRTY_DAYS })),
          )
        : []
    const failed = cases.some(({ status }) => status === 'FAILED' || status === 'ERROR')
    const groupArn = arnOf('codebuild', build.region, `report-group/${group}`)
    const counts: Record<string, number> = {}
    for (const { status = 'UNKNOWN' } of cases) counts[status] = (counts[status] ?? 0) + 1
    const report: api.Report = {
      arn,
      type: 'TEST',
      name: group,
      reportGroupArn: groupArn,
      executionId: build.uuid,
      status: picked ? (failed ? 'FAILED' : 'SUCCEEDED') : 'INCOMPLETE',
      created: dated(world.now),
      expired: dated(world.now) + THIRTY_DAYS,
      testSummary: {
        total: cases.length,
        statusCounts: counts,
        durationInNanoSeconds: cases.reduce((sum, one) => sum + (one.durationInNanoSeconds ?? 0), 0),
      },
      truncated: false,
    }
    const known = world.get(reportGroupId(build.region, group))
    const data = {
      region: build.region,
      group: {
        arn: groupArn,
        name: group,
        type: 'TEST',
        exportConfig: { exportConfigType: 'NO_EXPORT' },
        created: dated(world.now),
        status: 'ACTIVE',
      },
    }
    return [
      ...(known ? [] : [{ to: reportGroupId(build.region, group), kind: REPORT_GROUP, type: 'Created', data }]),
      {
        to: `${REPORT}/${build.region}/${group}:${build.uuid}`,
        kind: REPORT,
        type: 'Created',
        data: { region: build.region, report, cases },
      },
    ]
  })
}

/** How long reports are kept. */
const THIRTY_DAYS = 30 * 86_400_000

/** Test cases of a JUnit file. Models: the JUnit XML that CodeBuild reads */
function junitCases(text: string, reportArn: string, testRawDataPath: string): readonly api.TestCase[] {
  return [...text.matchAll(/<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g)].map(
    ([, attributes = '', body = '']) => {
      const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1]
      const status = /<failure\b/.test(body)
        ? 'FAILED'
        : /<error\b/.test(body)
          ? 'ERROR'
          : /<skipped\b/.test(body)
            ? 'SKIPPED'
            : 'SUCCEEDED'
      const message = /<(?:failure|error)\b[^>]*message="([^"]*)"/.exec(body)?.[1]
      return {
        reportArn,
        testRawDataPath,
        prefix: attribute('classname') ?? '',
        name: attribute('name') ?? '',
        status,
        durationInNanoSeconds: Math.round(Number(attribute('time') ?? 0) * 1e9),
        ...(message === undefined ? {} : { message }),
      }
    },
  )
}
