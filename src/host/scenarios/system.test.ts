import { describe, expect, it } from 'vitest'
import { Scenario } from './scenario.ts'

describe('kube-system', () => {
  it('runs what a real cluster runs, and none of it where it is turned off', () => {
    const lab = new Scenario()
    lab.wait(60)
    expect(lab.rows('deployments -n kube-system').map(([name, ready]) => `${name} ${ready}`)).toEqual([
      'coredns 2/2',
      'metrics-server 1/1',
    ])
    expect(lab.rows('daemonsets -n kube-system')[0]?.slice(0, 4)).toEqual(['kube-proxy', '3', '3', '3'])
    expect(lab.rows('service kube-dns -n kube-system')[0]?.[2]).toBe('10.96.0.10')
    expect(lab.rows('pods')).toEqual([])
    const bare = new Scenario(['lab cluster up --system off'])
    expect(bare.rows('pods -A')).toEqual([])
    lab.checkPromises()
  })
})

describe('A ReplicationController', () => {
  it('keeps pods by plain labels, adopts, scales, and is exposed', () => {
    const lab = new Scenario()
    lab.run('kubectl run stray --image=nginx --labels=app=x')
    lab.apply(
      'apiVersion: v1\nkind: ReplicationController\nmetadata: {name: rc}\nspec: {replicas: 2, selector: {app: x}, template: {metadata: {labels: {app: x}}, spec: {containers: [{name: c, image: nginx}]}}}',
    )
    lab.wait(10)
    expect(lab.rows('rc')[0]?.slice(0, 4)).toEqual(['rc', '2', '2', '2'])
    expect(lab.value('pod stray', '.metadata.ownerReferences[0].kind')).toBe('ReplicationController')
    lab.run('kubectl scale rc rc --replicas=3')
    lab.wait(10)
    expect(lab.run('kubectl describe rc rc')).toContain('3 Running / 0 Waiting')
    expect(lab.run('kubectl expose rc rc --port=80')).toBe('service/rc exposed\n')
    expect(lab.run('kubectl autoscale rc rc --min=1 --max=5')).toContain('autoscaled')
    lab.run('kubectl delete rc rc')
    lab.wait(40)
    expect(lab.rows('pods')).toEqual([])
    lab.checkPromises()
  })
})

describe('kubectl rollout undo', () => {
  it('takes StatefulSets and DaemonSets back to their revision before', () => {
    const lab = new Scenario()
    const template = (tag: string) =>
      `selector: {matchLabels: {app: x}}, template: {metadata: {labels: {app: x}}, spec: {containers: [{name: c, image: "nginx:${tag}"}]}}`
    for (const [kind, more] of [
      ['StatefulSet', 'serviceName: s, '],
      ['DaemonSet', ''],
    ]) {
      for (const tag of ['1.26', '1.27']) {
        lab.apply(`apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: x}\nspec: {${more}${template(tag)}}`)
        lab.wait(30)
      }
      const name = `${kind?.toLowerCase()}/x`
      expect(lab.run(`kubectl rollout undo ${name}`)).toBe(`${kind?.toLowerCase()}.apps/x rolled back\n`)
      lab.wait(40)
      expect(lab.value(name, '.spec.template.spec.containers[0].image')).toBe('nginx:1.26')
      expect(lab.run(`kubectl rollout history ${name}`)).toContain('\n3 ')
      lab.run(`kubectl delete ${name}`)
      lab.wait(40)
    }
  })
})
