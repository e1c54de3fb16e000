import { describe, expect, test } from 'vitest'
import { type PolicyQuestion, type PolicySpec, policyRule } from './policy.rule.ts'

function ask(specs: readonly PolicySpec[], more: Partial<PolicyQuestion> = {}) {
  return policyRule.decide({
    direction: 'ingress',
    namespace: 'default',
    labels: { app: 'web' },
    policies: specs.map((spec, i) => ({ name: `p${i}`, spec })),
    peer: { ip: '10.244.0.9', namespace: 'default', labels: { app: 'client' }, namespaceLabels: { team: 'a' } },
    port: 80,
    protocol: 'TCP',
    namedPorts: { http: 80 },
    ...more,
  })
}

const WEB = { podSelector: { matchLabels: { app: 'web' } } }

describe('k8s.networkpolicy.allows', () => {
  test('a pod that nothing selects is open', () => {
    expect(ask([])).toEqual({ allowed: true, isolating: [] })
    expect(ask([{ podSelector: { matchLabels: { app: 'db' } } }]).allowed).toBe(true)
  })

  test('selected without rules: closed for the policy types that are named', () => {
    expect(ask([{ podSelector: {} }])).toEqual({ allowed: false, isolating: ['p0'] })
    expect(ask([{ podSelector: {} }], { direction: 'egress' }).allowed).toBe(true)
    expect(ask([{ podSelector: {}, policyTypes: ['Egress'] }]).allowed).toBe(true)
    expect(ask([{ podSelector: {}, egress: [{}], policyTypes: ['Egress'] }], { direction: 'egress' }).allowed).toBe(
      true,
    )
  })

  test('rules of all policies add up', () => {
    const closed: PolicySpec = { podSelector: {} }
    const open: PolicySpec = { ...WEB, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'client' } } }] }] }
    expect(ask([closed, open])).toEqual({ allowed: true, isolating: ['p0', 'p1'], by: 'p1' })
  })

  test('a pod selector alone means pods of the policy own namespace', () => {
    const from = (peer: object): PolicySpec => ({ ...WEB, ingress: [{ from: [peer] }] })
    const other = {
      peer: { ip: '10.244.0.9', namespace: 'shop', labels: { app: 'client' }, namespaceLabels: { team: 'b' } },
    }
    expect(ask([from({ podSelector: {} })], other).allowed).toBe(false)
    expect(ask([from({ namespaceSelector: {} })], other).allowed).toBe(true)
    expect(ask([from({ namespaceSelector: { matchLabels: { team: 'a' } } })], other).allowed).toBe(false)
    expect(
      ask(
        [from({ namespaceSelector: { matchLabels: { team: 'b' } }, podSelector: { matchLabels: { app: 'x' } } })],
        other,
      ).allowed,
    ).toBe(false)
  })

  test('addresses and ports', () => {
    const block = (except: readonly string[]): PolicySpec => ({
      ...WEB,
      ingress: [{ from: [{ ipBlock: { cidr: '10.244.0.0/16', except } }] }],
    })
    expect(ask([block([])]).allowed).toBe(true)
    expect(ask([block(['10.244.0.0/24'])]).allowed).toBe(false)
    const port = (one: object): PolicySpec => ({ ...WEB, ingress: [{ ports: [one] }] })
    expect(ask([port({ port: 80 })]).allowed).toBe(true)
    expect(ask([port({ port: 'http' })]).allowed).toBe(true)
    expect(ask([port({ port: 81 })]).allowed).toBe(false)
    expect(ask([port({ port: 70, endPort: 90 })]).allowed).toBe(true)
    expect(ask([port({ port: 80, protocol: 'UDP' })]).allowed).toBe(false)
  })
})
