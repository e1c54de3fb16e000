import type { JsonObject } from '../../../kernel/index.ts'
import { callService, defineService, recordKind } from '../core/index.ts'
import { api } from './api.generated.ts'
import { exported } from './exported.ts'
import { logsOperations } from './operations.ts'
import { GROUP, groupArn, groupId, type LogGroupRecord, STREAM } from './store.ts'
import { tail } from './tail.ts'

export { GROUP as LOG_GROUP, groupId as logGroupId, STREAM as LOG_STREAM, streamId as logStreamId } from './store.ts'

/** Amazon CloudWatch Logs: what is put there, and what tasks and builds write. */
export const logs = defineService({
  name: 'logs',
  api,
  operations: logsOperations,
  kinds: [
    recordKind<LogGroupRecord>({
      kind: GROUP,
      noun: 'a log group',
      face: {
        label: 'Log group',
        plural: 'Log groups',
        pictogram: 'logs',
        shape: 'card',
        rank: 6,
        within: () => null,
        look: (group) => ({ title: group.name, tone: 'ok', word: 'present' }),
      },
    }),
    recordKind({ kind: STREAM, noun: 'a log stream' }),
  ],
  commands: [tail],
  exports: exported,
  resources: [
    {
      type: 'AWS::Logs::LogGroup',
      required: [],
      replaces: ['LogGroupName'],
      create: (properties, { world, principal, region, generatedName }) => {
        const logGroupName = String(properties['LogGroupName'] ?? generatedName)
        const input: JsonObject = { logGroupName }
        const answer = callService({ world, service: 'logs', operation: 'CreateLogGroup', input, principal, region })
        if ('error' in answer) return answer
        const days = properties['RetentionInDays']
        return {
          physicalId: logGroupName,
          emit: [
            ...(answer.emit ?? []),
            ...(days === undefined
              ? []
              : [{ to: groupId(region, logGroupName), type: 'Changed', data: { retentionInDays: Number(days) } }]),
          ],
        }
      },
      update: (name, properties, _before, { region }) => ({
        physicalId: name,
        emit: [
          { to: groupId(region, name), type: 'Changed', data: { retentionInDays: properties['RetentionInDays'] } },
        ],
      }),
      remove: (name, _properties, { region, world }) => ({
        physicalId: name,
        emit: world.get(groupId(region, name)) ? [{ to: groupId(region, name), type: 'Deleted' }] : [],
      }),
      state: (name, world) =>
        [...world.all(GROUP)].some((one) => (one as LogGroupRecord).name === name) ? 'ready' : 'gone',
      watches: [GROUP],
      attributes: (name) => ({ Arn: `${groupArn('us-east-1', name)}:*` }),
    },
  ],
})
