import { expect, it } from 'vitest'
import { kebab } from './words.ts'

it.each([
  ['ListMFADevices', 'list-mfa-devices'],
  ['DescribeDBInstances', 'describe-db-instances'],
  ['GetId', 'get-id'],
  ['targetGroupARNs', 'target-group-arns'],
  ['ec2TagFilters', 'ec2-tag-filters'],
  ['s3Location', 's3-location'],
  ['ExecutePartiQLStatement', 'execute-partiql-statement'],
  ['CreateVpcEndpoint', 'create-vpc-endpoint'],
  ['ListOpenIDConnectProviders', 'list-open-id-connect-providers'],
])('writes %s as %s', (name, option) => {
  expect(kebab(name)).toBe(option)
})
