import { describe, expect, it } from 'vitest'
import { Scenario } from './scenario.ts'

function pod(name: string, spec: string, cpu?: string): string {
  const resources = cpu === undefined ? '' : `, resources: {requests: {cpu: "${cpu}"}}`
  return `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name.split('-')[0]}}}
spec:
  containers: [{name: c, image: "nginx:1.27"${resources}}]
${spec}`
}

function failure(lab: Scenario, name: string): string {
  return lab.value(`pod ${name}`, '.status.conditions[?(@.type=="PodScheduled")].message')
}

const HELPLESS =
  'no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.'

describe('scheduling', () => {
  it('says of every node why not', () => {
    const lab = new Scenario()
    lab.apply(pod('big', '', '8'))
    lab.apply(pod('picky', '  nodeSelector: {disk: ssd}'))
    lab.run('kubectl taint nodes node-a1 dedicated=db:NoSchedule')
    lab.apply(pod('half', '', '1'))
    lab.run('kubectl cordon node-a2')
    lab.apply(pod('other', '  nodeSelector: {topology.kubernetes.io/zone: eu-west-1a}'))
    lab.wait(1)
    expect(failure(lab, 'big')).toBe(
      '0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
    )
    expect(failure(lab, 'picky')).toBe(
      `0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. ${HELPLESS}`,
    )
    expect(failure(lab, 'other')).toBe(
      `0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable. ${HELPLESS}`,
    )
    lab.run('kubectl uncordon node-a2')
    lab.wait(5)
    expect(lab.run('kubectl get pod other')).toContain('Running')
    lab.run('kubectl label node node-b1 disk=ssd')
    lab.wait(5)
    expect(lab.run('kubectl get pod picky')).toContain('Running')
    lab.run('lab node add --cpu 16')
    lab.wait(45)
    expect(lab.run('kubectl get pod big')).toContain('Running')
    lab.checkPromises()
  })

  it('makes room for what is more important', () => {
    const lab = new Scenario()
    lab.run('kubectl create deployment fill --image=nginx:1.27 --replicas=3')
    lab.run('kubectl set resources deployment fill --requests=cpu=1')
    lab.wait(30)
    lab.run('kubectl create priorityclass high --value=1000')
    lab.apply(pod('vip', '  priorityClassName: high', '1'))
    expect(lab.value('pod vip', '.status.nominatedNodeName')).toMatch(/^node-/)
    lab.wait(3)
    expect(lab.run('kubectl get pod vip')).toContain('Running')
    expect(lab.run('kubectl get events')).toMatch(/Preempted by pod [-0-9a-f]{36} on node node-/)
    const [waiting = ''] = lab.rows('pods -l app=fill').find((row) => row.includes('Pending')) ?? []
    expect(failure(lab, waiting)).toBe(
      '0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.',
    )
    lab.run('kubectl delete pod vip')
    lab.wait(3)
    expect(lab.rows('deploy fill')[0]).toContain('3/3')
    lab.checkPromises()
  })

  it('keeps pods apart and spreads them', () => {
    const lab = new Scenario()
    const apart = `  affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: apart}}}]}}`
    for (let i = 0; i < 4; i++) lab.apply(pod(`apart-${i}`, apart))
    const spread = `  topologySpreadConstraints: [{maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: even}}}]`
    for (let i = 0; i < 4; i++) lab.apply(pod(`even-${i}`, spread))
    lab.wait(3)
    expect(lab.rows('pods -l app=apart').filter((row) => row.includes('Running'))).toHaveLength(3)
    expect(failure(lab, 'apart-3')).toBe(
      "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules. no new claims to deallocate, preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.",
    )
    expect(lab.run('kubectl get pods -l app=even -o wide').match(/node-b1/g)).toHaveLength(2)
    lab.checkPromises()
  })
})
