import { expect, test } from 'vitest'
import { explain, type SchemaDocs } from './explain.ts'
import { findResource } from './resources.ts'
import { docsText } from './schemaDocs.generated.ts'

const schemaDocs = JSON.parse(docsText) as SchemaDocs

const say = (word: string, path: readonly string[], recursive = false) => {
  const found = findResource(word)
  if ('error' in found) throw new Error(found.error)
  const answer = explain(found.resource, path, schemaDocs, recursive)
  return 'text' in answer ? answer.text : answer.error
}

test('explains a field with its type and its own fields', () => {
  expect(say('deploy', ['spec', 'strategy'])).toBe(
    'GROUP:      apps\nKIND:       Deployment\nVERSION:    v1\n\nFIELD: strategy <DeploymentStrategy>\n\n\nDESCRIPTION:\n' +
      '    DeploymentStrategy describes how to replace existing pods with new ones.\n    \nFIELDS:\n' +
      '  rollingUpdate\t<RollingUpdateDeployment>\n    Spec to control the desired behavior of rolling update.\n\n' +
      '  type\t<string>\n    Type of deployment. Can be "Recreate" or "RollingUpdate". Default is\n    RollingUpdate.\n\n\n',
  )
})

test('lists all levels when asked, and refuses unknown fields', () => {
  expect(say('pods', ['spec', 'containers', 'ports'], true)).toContain(
    'FIELDS:\n  containerPort\t<integer> -required-\n  hostIP\t<string>\n',
  )
  expect(say('cm', ['data'])).toContain('FIELD: data <map[string]string>')
  expect(say('po', ['spec', 'contaners'])).toBe('error: field "contaners" does not exist')
})
