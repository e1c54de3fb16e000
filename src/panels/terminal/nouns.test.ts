import { describe, expect, it } from 'vitest'
import type { Nouns } from '../../host/views/index.ts'
import { linkNouns } from './nouns.ts'

const nouns: Nouns = {
  web: [
    { id: 'Deployment/web', kinds: ['deployment', 'deployments'] },
    { id: 'Service/web', kinds: ['service', 'services'] },
  ],
  'web-7f9c-q7wzl': [{ id: 'Pod/web-7f9c-q7wzl', kinds: ['pod', 'pods'] }],
  'node-a1': [{ id: 'Node/node-a1', kinds: ['node', 'nodes'] }],
  'my.db': [{ id: 'Pod/my.db', kinds: ['pod', 'pods'] }],
}
const ids = (line: string) => linkNouns(line, nouns).flatMap(({ text, id }) => (id ? [`${text}=${id}`] : []))

describe('names in output', () => {
  it('are linked as whole words, longest first', () => {
    expect(ids('web-7f9c-q7wzl   1/1  Running  node-a1')).toEqual([
      'web-7f9c-q7wzl=Pod/web-7f9c-q7wzl',
      'node-a1=Node/node-a1',
    ])
    expect(ids('webby web-7f9c node-a10')).toEqual([])
  })

  it('take the kind that stands before them', () => {
    expect(ids('service/web exposed')).toEqual(['web=Service/web'])
    expect(ids('deployment.apps/web created')).toEqual(['web=Deployment/web'])
    expect(ids('pod/web')).toEqual(['web=Deployment/web'])
  })

  it('are found inside of DNS names, and a dotted name before its parts', () => {
    expect(ids('web.default.svc.cluster.local')).toEqual(['web=Deployment/web'])
    expect(ids('my.db.default')).toEqual(['my.db=Pod/my.db'])
  })

  it('leave every sign of the line where it was', () => {
    for (const line of ['', '  web: "web"/web,', 'a.web.b web', '(node-a1)...']) {
      expect(
        linkNouns(line, nouns)
          .map(({ text }) => text)
          .join(''),
      ).toBe(line)
    }
  })

  it('do not find what every object inherits', () => {
    expect(ids('constructor toString __proto__')).toEqual([])
  })
})
