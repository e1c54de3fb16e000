import { describe, expect, it } from 'vitest'
import { Scenario } from './scenario.ts'

function walkthrough(): Scenario {
  const lab = new Scenario()
  lab.apply(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: php-apache}
spec:
  selector: {matchLabels: {run: php-apache}}
  template:
    metadata: {labels: {run: php-apache}}
    spec:
      containers:
      - name: php-apache
        image: registry.k8s.io/hpa-example
        ports: [{containerPort: 80}]
        resources: {limits: {cpu: 500m}, requests: {cpu: 200m}}
---
apiVersion: v1
kind: Service
metadata: {name: php-apache}
spec: {type: LoadBalancer, ports: [{port: 80}], selector: {run: php-apache}}`)
  lab.run('kubectl autoscale deployment php-apache --cpu=50% --min=1 --max=10')
  lab.wait(60)
  return lab
}

describe('the autoscaler', () => {
  it('scales up under load, and down 5 minutes after it', () => {
    const lab = walkthrough()
    expect(lab.rows('hpa')[0]?.slice(2)).toEqual(expect.arrayContaining(['cpu: 0%/50%', '1', '10']))
    lab.run('lab traffic start t --to service/php-apache --rate 40')
    lab.wait(120)
    const size = Number(lab.value('deploy php-apache', '.spec.replicas'))
    expect(size).toBeGreaterThanOrEqual(4)
    expect(lab.run('kubectl top pods')).toMatch(/php-apache-\S+ +\d+m +\d+Mi/)
    expect(lab.run('kubectl get events')).toContain(
      'reason: cpu resource utilization (percentage of request) above target',
    )
    lab.run('lab traffic stop t')
    lab.wait(240)
    expect(Number(lab.value('deploy php-apache', '.spec.replicas'))).toBe(size)
    lab.wait(120)
    expect(lab.value('deploy php-apache', '.spec.replicas')).toBe('1')
    expect(lab.run('kubectl get events')).toContain('New size: 1; reason: All metrics below target')
    lab.checkPromises()
  })

  it('sees the load of a pod whose shell asks again and again', () => {
    const lab = walkthrough()
    lab.run(
      'kubectl run load-generator --image=busybox:1.28 --restart=Never -- /bin/sh -c "while sleep 0.1; do wget -q -O- http://php-apache; done"',
    )
    lab.wait(40)
    expect(lab.run('kubectl top pods')).toMatch(/php-apache-\S+ +[1-9]\d+m/)
    lab.run('kubectl delete pod load-generator --now')
    lab.wait(30)
    lab.checkPromises()
  })

  it('says what it lacks', () => {
    const lab = new Scenario()
    lab.run('kubectl create deployment web --image=nginx:1.27')
    lab.run('kubectl autoscale deployment web --cpu=50% --min=1 --max=4')
    lab.wait(60)
    expect(lab.run('kubectl describe hpa web')).toMatch(/missing request for cpu in container nginx of Pod web-/)
    expect(lab.rows('hpa')[0]).toContain('cpu: <unknown>/50%')
    lab.checkPromises()
  })
})
