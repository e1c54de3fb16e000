import { lean, type ServiceExporter, templateTags } from '../core/index.ts'
import type { LogGroupRecord } from './store.ts'

/** Log groups that someone made. */
export const exported: ServiceExporter = (region, world) => ({
  resources: ([...world.all('aws.logs.LogGroup')] as LogGroupRecord[])
    .filter((one) => one.region === region)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, retentionInDays, tags }) => ({
      type: 'AWS::Logs::LogGroup',
      name,
      physicalId: name,
      properties: lean({ LogGroupName: name, RetentionInDays: retentionInDays, Tags: templateTags(tags) }),
    })),
})
