import { describe, expect, it } from 'vitest'
import { Scenario } from './scenario.ts'

function web(): Scenario {
  const lab = new Scenario()
  lab.apply(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: nginx
        image: nginx:1.27
        ports: [{name: http, containerPort: 80}]
        readinessProbe: {httpGet: {path: /, port: http}, periodSeconds: 2, initialDelaySeconds: 5}
        livenessProbe: {tcpSocket: {port: 80}, periodSeconds: 5}
        startupProbe: {exec: {command: [sh, -c, "true"]}, periodSeconds: 1}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: LoadBalancer
  selector: {app: web}
  ports: [{port: 8080, targetPort: http, nodePort: 30080}]
---
apiVersion: v1
kind: Service
metadata: {name: all}
spec: {clusterIP: None, selector: {app: web}, ports: [{port: 80}]}`)
  lab.run('kubectl run client --image=busybox:1.36 -- sleep 100000')
  lab.wait(4)
  return lab
}

const fetch = 'kubectl exec client -- wget -qO- -T 2 http://web:8080'

describe('Services', () => {
  it('send traffic to ready pods only, from everywhere that they can be reached', () => {
    const lab = web()
    expect(lab.run(fetch)).toContain("wget: can't connect to remote host")
    lab.wait(8)
    expect(lab.run(fetch)).toContain('Welcome to nginx!')
    const node = lab.value('node node-a1', '.status.addresses[0].address')
    expect(lab.run(`curl -s http://${node}:30080`)).toContain('Welcome to nginx!')
    const balancer = lab.value('svc web', '.status.loadBalancer.ingress[0].ip')
    expect(lab.run(`curl -s http://${balancer}:8080`)).toContain('Welcome to nginx!')
    expect(lab.run('kubectl exec client -- nslookup all').match(/Address: 10\.244\./g)).toHaveLength(2)
    expect(lab.run('kubectl exec client -- cat /etc/resolv.conf')).toBe(
      'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
    )
    const [pod = ''] = lab.rows('pods -l app=web')[0] ?? []
    lab.run(`lab fault probe ${pod} --for 30s`)
    lab.wait(8)
    expect(lab.run(`kubectl get pod ${pod}`)).toMatch(/0\/1 +Running +0/)
    expect(lab.rows('endpoints web')[0]?.[1]).toMatch(/^[\d.]+:80$/)
    expect(lab.run('kubectl get events')).toContain('Readiness probe failed: HTTP probe failed with statuscode: 500')
    lab.wait(30)
    expect(lab.run(`kubectl get pod ${pod}`)).toMatch(/1\/1 +Running +0/)
    lab.checkPromises()
  })

  it('obey network policies', () => {
    const lab = web()
    lab.wait(8)
    lab.apply(`
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}`)
    expect(lab.run(fetch)).toContain('wget: download timed out')
    lab.apply(`
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: let-client}
spec: {podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {run: client}}}]}]}`)
    expect(lab.run(fetch)).toContain('Welcome to nginx!')
    lab.checkPromises()
  })

  it('have no endpoints when their selector matches nothing', () => {
    const lab = web()
    lab.run(`kubectl patch service web -p '{"spec":{"selector":{"app":"wbe"}}}'`)
    lab.wait(2)
    expect(lab.rows('endpoints web')[0]?.[1]).toBe('<none>')
    expect(lab.run(fetch)).toContain("wget: can't connect to remote host")
    lab.checkPromises()
  })
})
