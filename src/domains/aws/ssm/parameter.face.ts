import type { Face } from '../../../kernel/index.ts'
import { regionId } from '../../places/index.ts'
import { newestOf, type StoredParameter } from './parameter.ts'

/** How a parameter looks: a card in its Region. A SecureString's value is not shown. */
export const parameterFace: Face<StoredParameter> = {
  label: 'SSM parameter',
  plural: 'SSM parameters',
  pictogram: 'secret',
  shape: 'card',
  rank: 1,
  within: ({ region }) => regionId(region),
  look: (parameter) => {
    const { version, type, value, tier, keyId, dataType, policies } = newestOf(parameter)
    const labels = parameter.versions.flatMap((one) => one.labels.map((label) => `${label}: ${one.version}`))
    const expires = policies.find((policy) => policy.type === 'Expiration')
    return {
      title: parameter.name,
      note: type,
      tone: 'ok',
      word: `version ${version}`,
      ...(expires ? { due: expires.due } : {}),
      facts: [
        ['Value', type === 'SecureString' ? 'encrypted' : value.length > 60 ? `${value.slice(0, 57)}...` : value],
        ['Tier', tier],
        ...(keyId === undefined ? [] : [['Key', keyId] as const]),
        ['Data type', dataType],
        ...(labels.length > 0 ? [['Labels', labels.join(', ')] as const] : []),
        ...policies.map(({ type: policy, status }) => [policy, status] as const),
      ],
    }
  },
  actions: ({ region, name }) => [
    {
      id: 'history',
      label: 'Show its versions',
      line: `aws ssm get-parameter-history --region ${region} --name ${name}`,
    },
    {
      id: 'delete',
      label: 'Delete with all its versions',
      line: `aws ssm delete-parameter --region ${region} --name ${name}`,
      sort: 'danger',
    },
  ],
  palette: [
    {
      id: 'ssm-parameter',
      label: 'SSM parameter',
      pictogram: 'secret',
      group: 'AWS management',
      into: ['place.Region'],
      line: (into, _world, n) => {
        const region = into?.id.slice('place.Region/'.length) ?? 'us-east-1'
        if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return { refuse: `${region} is no region of AWS` }
        return { line: `aws ssm put-parameter --region ${region} --name /app/setting-${n} --type String --value on` }
      },
    },
  ],
  marks: { Updated: 'state', PolicyApplied: 'state' },
}
