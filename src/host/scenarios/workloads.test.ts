import { describe, expect, it } from 'vitest'
import { Scenario } from './scenario.ts'

describe('other workloads', () => {
  it('run Jobs to their end, or give them up', () => {
    const lab = new Scenario()
    lab.apply(`
apiVersion: batch/v1
kind: Job
metadata: {name: pi}
spec:
  completions: 4
  parallelism: 2
  completionMode: Indexed
  ttlSecondsAfterFinished: 30
  template: {spec: {restartPolicy: Never, containers: [{name: c, image: "busybox:1.36", command: [sh, -c, "sleep 3; echo $JOB_COMPLETION_INDEX"]}]}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: bad}
spec:
  backoffLimit: 2
  template: {spec: {restartPolicy: Never, containers: [{name: c, image: "busybox:1.36", command: [sh, -c, "exit 3"]}]}}`)
    lab.wait(15)
    expect(lab.rows('job pi')[0]?.slice(1, 3)).toEqual(['Complete', '4/4'])
    expect(lab.value('job pi', '.status.completedIndexes')).toBe('0-3')
    expect(lab.run('kubectl logs -l batch.kubernetes.io/job-name=pi').split('\n').sort().join('')).toBe('0123')
    lab.wait(40)
    expect(lab.run('kubectl get job pi')).toBe('Error from server (NotFound): jobs.batch "pi" not found\n')
    expect(lab.rows('job bad')[0]?.slice(1, 3)).toEqual(['Failed', '0/1'])
    expect(lab.run('kubectl get events')).toContain('Job has reached the specified backoff limit')
    const made = lab.events.filter(({ type, to }) => type === 'Created' && to.startsWith('k8s.Pod/default/bad-'))
    expect(made).toHaveLength(3)
    const gaps = made.slice(1).map(({ at }, i) => Math.round((at - (made[i]?.at ?? 0)) / 1000))
    expect(gaps[0]).toBeGreaterThanOrEqual(10)
    expect(gaps[1]).toBeGreaterThanOrEqual(20)
    lab.checkPromises()
  })

  it('start Jobs by the clock', () => {
    const lab = new Scenario()
    lab.run('kubectl create cronjob tick --image=busybox:1.36 --schedule="* * * * *" -- date')
    lab.wait(300)
    expect(lab.rows('jobs').length).toBe(3)
    expect(lab.run('kubectl get events')).toMatch(/Saw completed job: tick-\d+, condition: Complete/)
    lab.checkPromises()
  })

  it('put a DaemonSet on every node, also on a new and a cordoned one', () => {
    const lab = new Scenario()
    lab.run('kubectl cordon node-a1')
    lab.apply(`
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: c, image: "nginx:1.27"}]}`)
    lab.wait(5)
    expect(lab.rows('ds agent')[0]?.slice(1, 6)).toEqual(['3', '3', '3', '3', '3'])
    lab.run('lab node add')
    lab.wait(45)
    expect(lab.rows('ds agent')[0]?.slice(1, 6)).toEqual(['4', '4', '4', '4', '4'])
    lab.checkPromises()
  })

  it('start and stop StatefulSets in order', () => {
    const lab = new Scenario()
    lab.apply(`
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 3
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: c, image: "nginx:1.27", readinessProbe: {httpGet: {port: 80}, periodSeconds: 1}}]}`)
    lab.wait(20)
    const order = lab.events.filter(
      ({ to, type }) => to.startsWith('k8s.Pod/default/db-') && (type === 'Created' || type === 'BecameReady'),
    )
    expect(order.map(({ to, type }) => `${to.slice(-1)} ${type}`)).toEqual(
      [0, 1, 2].flatMap((i) => [`${i} Created`, `${i} BecameReady`]),
    )
    lab.run('kubectl run client --image=busybox:1.36 -- sleep 1000')
    lab.wait(3)
    expect(lab.run('kubectl exec client -- wget -qO- http://db-1.db')).toContain('Welcome to nginx!')
    lab.run('kubectl scale statefulset db --replicas=1')
    lab.wait(10)
    const gone = lab.events.filter(({ to, type }) => to.startsWith('k8s.Pod/default/db-') && type === 'Removed')
    expect(gone.map(({ to }) => to.slice(-1))).toEqual(['2', '1'])
    lab.checkPromises()
  })

  it('honour a disruption budget when a node is drained', () => {
    const lab = new Scenario()
    lab.run('kubectl create deployment web --image=nginx:1.27 --replicas=2')
    lab.wait(5)
    lab.run('kubectl create poddisruptionbudget web --selector=app=web --min-available=2')
    const node = lab.value('pods', '.items[0].spec.nodeName')
    const drained = lab.run(`kubectl drain ${node} --ignore-daemonsets --timeout=12s`)
    expect(drained).toContain(
      "(will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.",
    )
    lab.run('kubectl scale deployment web --replicas=3')
    lab.wait(5)
    expect(lab.run(`kubectl drain ${node} --ignore-daemonsets`)).toMatch(new RegExp(`node/${node} drained\n$`))
    expect(lab.run(`kubectl get node ${node}`)).toContain('Ready,SchedulingDisabled')
    lab.checkPromises()
  })

  it('empty a namespace before it goes, and collect what is owned by nothing', () => {
    const lab = new Scenario()
    lab.run('kubectl create namespace shop')
    lab.run('kubectl create deployment x --image=nginx:1.27 -n shop')
    lab.run('kubectl create deployment y --image=nginx:1.27')
    lab.wait(5)
    lab.run('kubectl delete namespace shop')
    expect(lab.run('kubectl get ns shop')).toBe('Error from server (NotFound): namespaces "shop" not found\n')
    lab.run('kubectl delete deployment y --cascade=orphan')
    lab.wait(3)
    expect(lab.rows('rs')).toHaveLength(1)
    lab.run('kubectl delete rs --all')
    lab.wait(3)
    expect(lab.rows('pods')).toHaveLength(0)
    lab.run('kubectl create configmap held --from-literal=a=b')
    lab.run(`kubectl patch configmap held -p '{"metadata":{"finalizers":["orrery.local/hold"]}}'`)
    lab.run('kubectl delete configmap held --wait=false')
    lab.wait(5)
    expect(lab.run('kubectl get configmap held')).toContain('held')
    lab.run(`kubectl patch configmap held --type=merge -p '{"metadata":{"finalizers":null}}'`)
    lab.wait(1)
    expect(lab.run('kubectl get configmap held')).toContain('NotFound')
    lab.checkPromises()
  })
})
