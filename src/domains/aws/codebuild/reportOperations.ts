import { type ApiAnswer, type ApiCall, arnOf, defineOperation, type Operation, pageOf, refuse } from '../core/index.ts'
import { dated } from './build.ts'
import { REPORT, REPORT_GROUP, type Report, type ReportGroup, reportGroupId } from './report.ts'
import type * as api from './types.generated.ts'

/** Operations on test reports and their groups. */
export const reportOperations: readonly Operation[] = [
  defineOperation<api.CreateReportGroupInput>('CreateReportGroup', ({ input, world, region }) => {
    const id = reportGroupId(region, input.name)
    if (world.get(id)) return refuse('ResourceAlreadyExistsException', `Report group already exists: ${input.name}`)
    const arn = arnOf('codebuild', region, `report-group/${input.name}`)
    const group = { arn, ...input, created: dated(world.now), lastModified: dated(world.now), status: 'ACTIVE' }
    return {
      output: { reportGroup: group },
      emit: [{ to: id, kind: REPORT_GROUP, type: 'Created', data: { region, group } }],
    }
  }),
  defineOperation<api.UpdateReportGroupInput>('UpdateReportGroup', ({ input, world, region }) => {
    const known = groups(world, region).find(({ group }) => group.arn === input.arn)
    if (!known) return noGroup(input.arn)
    const group = { ...known.group, ...input, lastModified: dated(world.now) }
    return { output: { reportGroup: group }, emit: [{ to: known.id, type: 'Changed', data: { group } }] }
  }),
  defineOperation<api.DeleteReportGroupInput>('DeleteReportGroup', ({ input, world, region }) => {
    const known = groups(world, region).find(({ group }) => group.arn === input.arn)
    const inside = reports(world, region).filter(({ report }) => report.reportGroupArn === input.arn)
    if (inside.length > 0 && !input.deleteReports)
      return refuse('InvalidInputException', 'Report group is not empty: delete its reports first, or with it')
    return {
      output: {},
      emit: [...inside, ...(known ? [known] : [])].map(({ id }) => ({ to: id, type: 'Deleted' })),
    }
  }),
  defineOperation<api.DeleteReportInput>('DeleteReport', ({ input, world, region }) => {
    const known = reports(world, region).find(({ report }) => report.arn === input.arn)
    return { output: {}, emit: known ? [{ to: known.id, type: 'Deleted' }] : [] }
  }),
  defineOperation<api.ListReportGroupsInput>('ListReportGroups', ({ input, world, region }) => {
    const key = ({ group }: ReportGroup) =>
      input.sortBy === 'CREATED_TIME'
        ? (group.created ?? 0)
        : input.sortBy === 'LAST_MODIFIED_TIME'
          ? (group.lastModified ?? group.created ?? 0)
          : (group.name ?? '')
    const sorted = [...groups(world, region)].sort((a, b) => (key(a) < key(b) ? -1 : 1))
    if (input.sortOrder === 'DESCENDING') sorted.reverse()
    const { items, nextToken } = pageOf(sorted, input.nextToken, input.maxResults ?? 100)
    return { output: { nextToken, reportGroups: items.map(({ group }) => group.arn) } }
  }),
  defineOperation<api.ListReportsInput>('ListReports', ({ input, world, region }) =>
    listedReports(reports(world, region), input),
  ),
  defineOperation<api.BatchGetReportGroupsInput>('BatchGetReportGroups', ({ input, world, region }) => {
    const all = groups(world, region)
    return {
      output: {
        reportGroups: all
          .filter(({ group }) => input.reportGroupArns.includes(group.arn ?? ''))
          .map(({ group }) => group),
        reportGroupsNotFound: input.reportGroupArns.filter((arn) => !all.some(({ group }) => group.arn === arn)),
      },
    }
  }),
  defineOperation<api.ListReportsForReportGroupInput>('ListReportsForReportGroup', ({ input, world, region }) =>
    groups(world, region).some(({ group }) => group.arn === input.reportGroupArn)
      ? listedReports(
          reports(world, region).filter(({ report }) => report.reportGroupArn === input.reportGroupArn),
          input,
        )
      : noGroup(input.reportGroupArn),
  ),
  defineOperation<api.BatchGetReportsInput>('BatchGetReports', ({ input, world, region }) => ({
    output: {
      reports: reports(world, region)
        .filter(({ report }) => input.reportArns.includes(report.arn ?? ''))
        .map(({ report }) => report),
      reportsNotFound: input.reportArns.filter(
        (arn) => !reports(world, region).some(({ report }) => report.arn === arn),
      ),
    },
  })),
  defineOperation<api.DescribeTestCasesInput>('DescribeTestCases', ({ input, world, region }) => {
    const found = reports(world, region).find(({ report }) => report.arn === input.reportArn)
    if (!found) return refuse('ResourceNotFoundException', `Report not found: ${input.reportArn}`)
    const { status, keyword } = input.filter ?? {}
    const cases = found.cases.filter(
      (one) =>
        (status === undefined || one.status === status) &&
        (keyword === undefined || (one.name ?? '').includes(keyword) || (one.prefix ?? '').includes(keyword)),
    )
    const { items, nextToken } = pageOf(cases, input.nextToken, input.maxResults ?? 100)
    return { output: { nextToken, testCases: items } }
  }),
]

type World = ApiCall['world']

function noGroup(arn: string): ApiAnswer {
  return refuse('ResourceNotFoundException', `Report group not found: ${arn}`)
}

function listedReports(found: readonly Report[], input: api.ListReportsInput): ApiAnswer {
  const wanted = input.filter?.status
  const fitting = found.filter(({ report }) => wanted === undefined || report.status === wanted)
  const sorted = [...fitting].sort((a, b) => (a.report.created ?? 0) - (b.report.created ?? 0))
  if (input.sortOrder !== 'ASCENDING') sorted.reverse()
  const { items, nextToken } = pageOf(sorted, input.nextToken, input.maxResults ?? 100)
  return { output: { nextToken, reports: items.map(({ report }) => report.arn) } }
}

function groups(world: World, region: string): readonly ReportGroup[] {
  return [...world.all(REPORT_GROUP)].map((entity) => entity as ReportGroup).filter((one) => one.region === region)
}

function reports(world: World, region: string): readonly Report[] {
  return [...world.all(REPORT)].map((entity) => entity as Report).filter((one) => one.region === region)
}
