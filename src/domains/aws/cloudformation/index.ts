import './order.rule.ts'
import { defineService } from '../core/index.ts'
import { api } from './api.generated.ts'
import { changeSetOperations } from './changeSetOperations.ts'
import { parseTemplate } from './checkTemplate.ts'
import { commands } from './commands.ts'
import { kinds } from './kinds.ts'
import { cloudformationAction } from './provider.ts'
import { readOperations } from './readOperations.ts'
import { busyStacks, type Stack, stacksByName } from './records.ts'
import { stackOperations } from './stackOperations.ts'
import { stacksController } from './stacks.controller.ts'
import { TemplateProblem } from './template.ts'

export { parseTemplate } from './checkTemplate.ts'
export { type Template, TemplateProblem } from './template.ts'

/** AWS CloudFormation: what it can make it knows from the resource types of the other services. */
export const cloudformation = defineService({
  name: 'cloudformation',
  api,
  operations: [...stackOperations, ...changeSetOperations, ...readOperations],
  kinds,
  controllers: [stacksController],
  derived: [stacksByName, busyStacks] as never,
  actions: [cloudformationAction],
  commands,
  files: [
    {
      extensions: ['yaml', 'yml', 'json'],
      has: /^\s*"?(AWSTemplateFormatVersion|Resources)"?\s*:/m,
      line: (path) =>
        `aws cloudformation deploy --template-file ${path} --stack-name ${stackNameOf(path)} --capabilities CAPABILITY_NAMED_IAM`,
    },
  ],
  announces: {
    'aws.cloudformation.Stack': Object.fromEntries(
      [
        'CreateBegan',
        'CreateCompleted',
        'CreateFailed',
        'RollbackBegan',
        'RollbackCompleted',
        'RollbackFailed',
        'UpdateBegan',
        'UpdateCompleted',
        'DeleteBegan',
        'DeleteCompleted',
        'DeleteFailed',
      ].map((type) => [
        type,
        (event, world) => {
          const stack = world.get(event.to) as Stack | undefined
          if (!stack) return undefined
          return {
            source: 'aws.cloudformation',
            detailType: 'CloudFormation Stack Status Change',
            resources: [stack.stackId],
            detail: {
              'stack-id': stack.stackId,
              'status-details': { status: event.into, 'status-reason': stack.reason ?? '' },
              'client-request-token': '',
            },
          }
        },
      ]),
    ),
  },
  lint: (path, text) => {
    if (!/\.(ya?ml|json|template)$/.test(path) || !/AWSTemplateFormatVersion/.test(text)) return []
    try {
      parseTemplate(text)
      return []
    } catch (problem) {
      if (!(problem instanceof TemplateProblem)) throw problem
      const line = Number(/\(line (\d+)/.exec(problem.message)?.[1] ?? 1)
      return [{ line, column: 1, message: problem.message }]
    }
  },
})

/** A name for the stack of a template that was dropped: that of its file. */
function stackNameOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
  return name.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^[^A-Za-z]+/, '') || 'stack'
}
