import { expect, test } from 'vitest'
import cases from './cases/iam.evaluate.json'
import { type EvaluateInput, evaluate, trusts } from './evaluate.rule.ts'
import type { PolicyDocument } from './policy/document.ts'
import { malformed } from './policy/malformed.ts'

test.each(cases.map((one) => [one.says, one] as const))('%s', (_says, one) => {
  expect(evaluate(one.input as unknown as EvaluateInput)).toMatchObject(one.expect)
})

const trust = (principal: object): PolicyDocument =>
  ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }] }) as never

test('a trust policy must name who asks', () => {
  const ecs = trust({ Service: 'ecs-tasks.amazonaws.com' })
  expect(trusts(ecs, 'ecs-tasks.amazonaws.com', 'sts:AssumeRole', {}).decision).toBe('allow')
  expect(trusts(ecs, 'ec2.amazonaws.com', 'sts:AssumeRole', {}).decision).toBe('implicitDeny')
  const account = trust({ AWS: '123456789012' })
  expect(trusts(account, 'arn:aws:iam::123456789012:user/ann', 'sts:AssumeRole', {})).toMatchObject({
    decision: 'allow',
    naming: 'account',
  })
})

test.each([
  ['{', 'identity', 'Syntax errors in policy.'],
  [
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*"}]}',
    'identity',
    'Policy statement must contain resources.',
  ],
  ['{"Statement":[{"Effect":"Allow","Resource":"*"}]}', 'identity', 'Policy statement must contain actions.'],
  [
    '{"Statement":[{"Effect":"Allow","Action":"get","Resource":"*"}]}',
    'identity',
    'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  ],
  [
    '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"bucket"}]}',
    'identity',
    'Resource bucket must be in ARN format or "*".',
  ],
  [
    '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*"}]}',
    'identity',
    'Policy document should not specify a principal.',
  ],
  [
    '{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ecs"}}]}',
    'trust',
    'Invalid principal in policy: "SERVICE":"ecs"',
  ],
  [
    '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Principal":{"AWS":"*"}}]}',
    'trust',
    'AssumeRole policy may only specify STS AssumeRole actions.',
  ],
  [
    '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringIs":{"a:b":"c"}}}]}',
    'identity',
    'Invalid Condition type : StringIs.',
  ],
  ['{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}', 'identity', undefined],
] as const)('%s as %s is refused in the words of IAM', (text, sort, words) => {
  expect(malformed(text, sort)).toBe(words)
})
