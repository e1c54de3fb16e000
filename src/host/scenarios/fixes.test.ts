import { describe, expect, it } from 'vitest'
import type { Fixes } from '../views/fixes.view.ts'
import { Scenario } from './scenario.ts'

function helped(lab: Scenario, entity: string): readonly string[] {
  const { well, helped } = lab.headless.lab.ask('fixes', { entity }) as Fixes
  expect(well).toBe(false)
  return helped.map(({ line }) => line)
}

function podOf(lab: Scenario, selector: string, status: string): string {
  return `k8s.Pod/default/${lab.rows(`pods -l ${selector}`).find((row) => row.includes(status))?.[0]}`
}

describe('what would fix it', () => {
  it('for a pod that asks for too much', () => {
    const lab = new Scenario()
    lab.run('kubectl create deployment big --image=nginx:1.27')
    lab.run('kubectl set resources deployment big --requests=cpu=3')
    lab.wait(5)
    const lines = helped(lab, podOf(lab, 'app=big', 'Pending'))
    expect(lines).toContain('kubectl set resources deployment/big -n default -c nginx --requests=cpu=1500m')
    expect(lines).toContain('lab node add --type m7g.4xlarge')
    expect(lines).not.toContain('lab node add')
  })

  it('for a pod that no node may take', () => {
    const lab = new Scenario()
    lab.run('kubectl taint nodes --all dedicated=db:NoSchedule')
    lab.run('kubectl create deployment web --image=nginx:1.27')
    lab.wait(2)
    const lines = helped(lab, podOf(lab, 'app=web', 'Pending'))
    expect(lines.some((line) => /^kubectl taint nodes node-\w+ dedicated:NoSchedule-$/.test(line))).toBe(true)
    expect(lines.some((line) => line.startsWith('kubectl patch deployment/web') && line.includes('tolerations'))).toBe(
      true,
    )
    lab.run('kubectl taint nodes --all dedicated-')
    lab.run('kubectl cordon node-a1 node-a2 node-b1')
    lab.run('kubectl scale deployment web --replicas=2')
    lab.wait(2)
    expect(helped(lab, podOf(lab, 'app=web', 'Pending'))).toContain('kubectl uncordon node-a1')
    lab.run('kubectl run picky --image=nginx:1.27 --overrides=\'{"spec":{"nodeSelector":{"disk":"ssd"}}}\'')
    lab.run('kubectl uncordon node-a1')
    lab.wait(2)
    expect(helped(lab, 'k8s.Pod/default/picky')).toContain('kubectl label node node-a1 disk=ssd --overwrite')
  })

  it('for a rollout to an image that does not exist', () => {
    const lab = new Scenario()
    lab.run('kubectl create deployment web --image=nginx:1.27 --replicas=2')
    lab.wait(10)
    lab.run('kubectl set image deployment/web nginx=nginx:1.161')
    lab.wait(5)
    expect(helped(lab, podOf(lab, 'app=web', 'ImagePullBackOff'))).toContain(
      'kubectl rollout undo deployment/web -n default',
    )
    expect(helped(lab, 'k8s.Deployment/default/web')).toContain('kubectl rollout undo deployment/web -n default')
    lab.run('kubectl rollout pause deployment/web')
    lab.run('kubectl rollout undo deployment/web')
    lab.run('kubectl set image deployment/web nginx=nginx:1.28')
    lab.wait(2)
    expect(helped(lab, 'k8s.Deployment/default/web')).toEqual(['kubectl rollout resume deployment/web -n default'])
  })

  it('for a node that is silent, and a pod that lacks a ConfigMap', () => {
    const lab = new Scenario()
    lab.run('lab fault node node-a1')
    lab.wait(60)
    expect(helped(lab, 'k8s.Node/node-a1')).toEqual(['lab heal node node-a1'])
    lab.apply(`
apiVersion: v1
kind: Pod
metadata: {name: cfg}
spec:
  containers:
  - {name: c, image: "nginx:1.27", env: [{name: A, valueFrom: {configMapKeyRef: {name: cm, key: a}}}]}`)
    lab.wait(10)
    expect(helped(lab, 'k8s.Pod/default/cfg')).toEqual([
      'kubectl create configmap cm -n default --from-literal=a=value',
    ])
    lab.run('lab fault component kube-scheduler')
    expect(helped(lab, 'k8s.Component/kube-scheduler')).toEqual(['lab heal component kube-scheduler'])
  })
})
