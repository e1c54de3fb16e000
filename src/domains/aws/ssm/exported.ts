import { lean, type ServiceExporter } from '../core/index.ts'
import { newestOf, PARAMETER, type StoredParameter } from './parameter.ts'

/** Parameters in clear text: CloudFormation makes no SecureStrings, and a secret belongs in no file. */
export const exported: ServiceExporter = (region, world) => ({
  resources: ([...world.all(PARAMETER)] as StoredParameter[])
    .filter((one) => one.region === region && newestOf(one).type !== 'SecureString')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((parameter) => {
      const { type, value, description, allowedPattern, tier } = newestOf(parameter)
      return {
        type: 'AWS::SSM::Parameter',
        name: parameter.name,
        physicalId: parameter.name,
        properties: lean({
          Name: parameter.name,
          Type: type,
          Value: value,
          Description: description,
          AllowedPattern: allowedPattern,
          Tier: tier === 'Standard' ? undefined : tier,
          Tags: Object.fromEntries(parameter.tags.map(({ Key = '', Value = '' }) => [Key, Value])),
        }),
      }
    }),
})
