import { expect, it } from 'vitest'
import { Simulation } from '../../kernel/index.ts'
import { installProgram, outputText, shellDomain, transcript } from '../../shell/index.ts'
import { awsDomain, awsProgram } from './core/index.ts'
import './cloudwatch/index.ts'
import './iam/index.ts'
import './logs/index.ts'
import './sts/index.ts'

installProgram(awsProgram)

/** A terminal with `aws`; `type` gives a line and lets some ms pass. */
function terminal() {
  const simulation = new Simulation({ domains: [shellDomain, awsDomain()], seed: 1 })
  let read = 0
  const type = (line: string, ms = 1000): string => {
    simulation.command(line)
    simulation.advanceTo(simulation.world.now + ms)
    const text = outputText(transcript(simulation.journal, 'shell.Session/main', read))
    read = simulation.journal.length
    return text
  }
  return { simulation, type }
}

const TRUST =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}]}'

it('knows the learner, and refuses one without policies in the real words, told with the rule', () => {
  const { type, simulation } = terminal()
  expect(JSON.parse(type('aws sts get-caller-identity')).Arn).toBe('arn:aws:iam::123456789012:user/learner')
  type('aws iam create-user --user-name carl')
  type(
    "read -r K S <<< $(aws iam create-access-key --user-name carl --query 'AccessKey.[AccessKeyId,SecretAccessKey]' --output text)",
  )
  type('export AWS_ACCESS_KEY_ID=$K AWS_SECRET_ACCESS_KEY=$S')
  expect(type('aws iam get-role --role-name x; echo $?')).toBe(
    '\naws: [ERROR]: An error occurred (AccessDenied) when calling the GetRole operation: User: arn:aws:iam::123456789012:user/carl is not authorized to perform: iam:GetRole on resource: arn:aws:iam::123456789012:role/x because no identity-based policy allows the iam:GetRole action\n254\n',
  )
  const declined = [...simulation.journal].find((event) => event.type === 'Declined')
  expect(declined).toMatchObject({
    to: 'aws.iam.User/carl',
    rule: 'iam.evaluate',
    inputs: { decision: 'implicitDeny' },
  })
  expect(type('AWS_SECRET_ACCESS_KEY=wrong aws sts get-caller-identity')).toContain('(SignatureDoesNotMatch)')
  expect(type('AWS_ACCESS_KEY_ID=AKIANOBODY aws sts get-caller-identity')).toContain('(InvalidClientTokenId)')
})

it('lets a role be assumed by a profile when its trust policy and the caller agree', () => {
  const { type } = terminal()
  type(`aws iam create-role --role-name ci --assume-role-policy-document '${TRUST}'`)
  type('aws configure set role_arn arn:aws:iam::123456789012:role/ci --profile ci')
  type('aws configure set source_profile default --profile ci')
  expect(type('aws sts get-caller-identity --profile ci --query Arn')).toContain(':assumed-role/ci/')
  expect(type('aws iam list-users --profile ci')).toContain('is not authorized to perform: iam:ListUsers')
  type('aws iam attach-role-policy --role-name ci --policy-arn arn:aws:iam::aws:policy/IAMReadOnlyAccess')
  expect(JSON.parse(type('aws iam list-users --profile ci')).Users).toHaveLength(1)
  type(
    `aws iam put-role-policy --role-name ci --policy-name no --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"iam:List*","Resource":"*"}]}'`,
  )
  expect(type('aws iam list-users --profile ci')).toContain('with an explicit deny in an identity-based policy')
})

it('keeps what hangs together from being deleted', () => {
  const { type } = terminal()
  type(`aws iam create-role --role-name r --assume-role-policy-document '${TRUST}'`)
  type('aws iam attach-role-policy --role-name r --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess')
  expect(type('aws iam delete-role --role-name r')).toContain(
    '(DeleteConflict) when calling the DeleteRole operation: Cannot delete entity, must detach all policies first.',
  )
  type('aws iam detach-role-policy --role-name r --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess')
  expect(type('aws iam delete-role --role-name r; aws iam get-role --role-name r')).toContain(
    'The role with name r cannot be found.',
  )
})

const PUT =
  'aws cloudwatch put-metric-alarm --alarm-name hot --metric-name Heat --namespace Oven --statistic Average --period 60 --threshold 80 --comparison-operator GreaterThanThreshold --evaluation-periods 1'

it('goes off and is quiet again at the end of a period, with the reason in the real words', () => {
  const { type } = terminal()
  type(PUT)
  type(`aws cloudwatch put-composite-alarm --alarm-name both --alarm-rule 'ALARM("hot")'`)
  type('aws cloudwatch put-metric-data --namespace Oven --metric-name Heat --value 99', 60_000)
  const state =
    "aws cloudwatch describe-alarms --alarm-names hot --query 'MetricAlarms[0].[StateValue,StateReason]' --output text"
  expect(type(state)).toBe(
    'ALARM\tThreshold Crossed: 1 out of the last 1 datapoints [99.0 (01/01/26 00:00:00)] was greater than the threshold (80.0) (minimum 1 datapoint for OK -> ALARM transition).\n',
  )
  expect(
    type(
      "aws cloudwatch describe-alarms --alarm-types CompositeAlarm --query 'CompositeAlarms[].StateValue' --output text",
    ),
  ).toBe('ALARM\n')
  type('aws cloudwatch put-metric-data --namespace Oven --metric-name Heat --value 10', 60_000)
  expect(type(state)).toContain(
    'OK\tThreshold Crossed: 1 datapoint [10.0 (01/01/26 00:01:00)] was not greater than the threshold (80.0).',
  )
  type('', 120_000)
  expect(type(state)).toContain('OK')
  expect(
    type('aws cloudwatch describe-alarm-history --alarm-name hot --query AlarmHistoryItems[].HistorySummary'),
  ).toContain('Alarm updated from INSUFFICIENT_DATA to ALARM')
})

it('refuses what CloudWatch refuses', () => {
  const { type } = terminal()
  expect(type(PUT.replace('--period 60', '--period 45'))).toContain('Period must be 10, 20, 30 or a multiple of 60')
  expect(type('aws cloudwatch delete-alarms --alarm-names none')).toContain(
    '(ResourceNotFound) when calling the DeleteAlarms operation: Alarms not found: [none]',
  )
  expect(type('aws cloudwatch put-metric-data --namespace AWS/EC2 --metric-name x --value 1')).toContain(
    '(InvalidParameterValue)',
  )
})

it('computes with metrics', () => {
  const { type } = terminal()
  type('aws cloudwatch put-metric-data --namespace Oven --metric-name Heat --value 20', 60_000)
  const queries = JSON.stringify([
    {
      Id: 'm',
      MetricStat: { Metric: { Namespace: 'Oven', MetricName: 'Heat' }, Period: 60, Stat: 'Sum' },
      ReturnData: false,
    },
    { Id: 'e', Expression: 'IF(m > 10, m * 2 + 1, 0)' },
  ])
  const out = type(
    `aws cloudwatch get-metric-data --start-time 2026-01-01T00:00:00Z --end-time 2026-01-01T00:10:00Z --metric-data-queries '${queries}'`,
  )
  expect(JSON.parse(out).MetricDataResults[0].Values).toEqual([41])
})

it('keeps, filters, follows and counts log events', () => {
  const { type } = terminal()
  type(
    'aws logs create-log-group --log-group-name app; aws logs create-log-stream --log-group-name app --log-stream-name s',
  )
  type(
    'aws logs put-metric-filter --log-group-name app --filter-name e --filter-pattern ERROR --metric-transformations metricName=Errors,metricNamespace=App,metricValue=1',
  )
  type(
    'aws logs put-log-events --log-group-name app --log-stream-name s --log-events timestamp=1767225601000,message=fine timestamp=1767225602000,message="ERROR: boom"',
  )
  expect(type('aws logs tail app')).toBe(
    '2026-01-01T00:00:01.000000+00:00 s fine\n2026-01-01T00:00:02.000000+00:00 s ERROR: boom\n',
  )
  expect(
    type(
      "aws logs filter-log-events --log-group-name app --filter-pattern ERROR --query 'events[].message' --output text",
    ),
  ).toBe('ERROR: boom\n')
  expect(type("aws cloudwatch list-metrics --namespace App --query 'Metrics[].MetricName' --output text")).toBe(
    'Errors\n',
  )
  expect(type('aws logs get-log-events --log-group-name no --log-stream-name s')).toContain(
    'The specified log group does not exist.',
  )
})
