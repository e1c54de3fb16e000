import { describe, expect, it } from 'vitest'
import { kubectlCalls } from './kubectlCall.ts'

describe('kubectl in a line', () => {
  it('reads the verb, what it is given, and flags with their values', () => {
    expect(kubectlCalls("kubectl -n shop get pods,svc -l 'app=till' -o wide --watch")).toEqual([
      {
        verb: 'get',
        operands: ['pods,svc'],
        flags: { namespace: 'shop', selector: 'app=till', output: 'wide', watch: 'true' },
        namespace: 'shop',
      },
    ])
  })

  it('finds each use in pipes, lists and substitutions, and stops at what is run in a container', () => {
    const calls = kubectlCalls(
      'for i in 0 1; do kubectl exec $(kubectl get pod web -o name) -- kubectl version; done | sort',
    )
    expect(calls.map(({ verb, operands }) => [verb, ...operands])).toEqual([['exec'], ['get', 'pod', 'web']])
  })

  it('finds none where the word is only an argument', () => {
    expect(kubectlCalls('which kubectl && echo kubectl get pods')).toEqual([])
  })
})
