import { describe, expect, it } from 'vitest'
import { Scenario } from './scenario.ts'

describe('the life of a pod', () => {
  it('goes through init containers and sidecars, and waits for its configuration', () => {
    const lab = new Scenario()
    lab.apply(`
apiVersion: v1
kind: Pod
metadata: {name: cfg}
spec:
  initContainers:
  - {name: init, image: "busybox:1.36", command: [sh, -c, "echo init; sleep 2"]}
  - {name: side, image: "busybox:1.36", restartPolicy: Always, command: [sh, -c, "while true; do echo side; sleep 5; done"]}
  containers:
  - name: c
    image: busybox:1.36
    command: [sh, -c, "echo $A; cat /etc/cfg/a; sleep 1000"]
    env: [{name: A, valueFrom: {configMapKeyRef: {name: cm, key: a}}}]
    volumeMounts: [{name: v, mountPath: /etc/cfg}]
    lifecycle: {preStop: {exec: {command: [sh, -c, "sleep 3"]}}}
  volumes: [{name: v, configMap: {name: cm, optional: true}}]`)
    expect(lab.run('kubectl get pod cfg')).toMatch(/0\/2 +Init:0\/2/)
    lab.wait(5)
    expect(lab.run('kubectl get pod cfg')).toMatch(/1\/2 +CreateContainerConfigError/)
    lab.wait(60)
    const complaints = lab.events.filter(({ type }) => type === 'ConfigFailed')
    expect(complaints.length).toBeGreaterThan(3)
    expect(complaints.length).toBeLessThan(9)
    lab.run('kubectl create configmap cm --from-literal=b=1')
    lab.wait(15)
    expect(lab.run('kubectl get events')).toContain("Error: couldn't find key a in ConfigMap default/cm")
    lab.run('kubectl delete configmap cm')
    lab.run('kubectl create configmap cm --from-literal=a=hello')
    lab.wait(15)
    expect(lab.run('kubectl get pod cfg')).toMatch(/2\/2 +Running/)
    expect(lab.run('kubectl logs cfg -c c')).toBe('hello\nhello\n')
    const before = lab.headless.lab.timeline.now
    lab.run('kubectl delete pod cfg')
    const took = lab.headless.lab.timeline.now - before
    // sh as PID 1 ignores SIGTERM; the sidecar gets what is left of the grace period, at least 2 s.
    expect(took).toBeGreaterThan(30_000)
    expect(took).toBeLessThan(36_000)
    lab.checkPromises()
  })

  it('ends by SIGKILL after its grace when a shell ignores SIGTERM', () => {
    const lab = new Scenario()
    lab.apply(`
apiVersion: v1
kind: Pod
metadata: {name: deaf}
spec:
  terminationGracePeriodSeconds: 10
  containers: [{name: c, image: "busybox:1.36", command: [sh, -c, "while true; do sleep 1; done"]}]`)
    lab.wait(3)
    const before = lab.headless.lab.timeline.now
    lab.run('kubectl delete pod deaf')
    expect(Math.round((lab.headless.lab.timeline.now - before) / 1000)).toBeGreaterThanOrEqual(10)
    const killed = lab.events.find(({ type }) => type === 'after.terminationGrace')
    expect(killed?.to).toBe('k8s.Container/default/deaf/c')
    lab.checkPromises()
  })

  it('is restarted by its liveness probe, and not before its startup probe has passed', () => {
    const lab = new Scenario()
    lab.apply(`
apiVersion: v1
kind: Pod
metadata: {name: sick}
spec:
  containers:
  - name: c
    image: busybox:1.36
    command: [sh, -c, "touch /tmp/ok; sleep 20; rm /tmp/ok; sleep 1000"]
    startupProbe: {exec: {command: [cat, /tmp/ok]}, periodSeconds: 2}
    livenessProbe: {exec: {command: [cat, /tmp/ok]}, periodSeconds: 5, failureThreshold: 2}`)
    lab.wait(90)
    const events = lab.run('kubectl get events')
    expect(events).toContain('Container c failed liveness probe, will be restarted')
    expect(events).toContain("Liveness probe failed: cat: can't open '/tmp/ok': No such file or directory")
    expect(lab.run('kubectl get pod sick')).toMatch(/1\/1 +Running +1 \(/)
    lab.checkPromises()
  })

  it('is killed for memory beyond its limit', () => {
    const lab = new Scenario()
    lab.apply(`
apiVersion: v1
kind: Pod
metadata: {name: greedy}
spec:
  containers:
  - {name: c, image: polinux/stress, resources: {limits: {memory: 100Mi}}, command: [stress], args: [--vm, "1", --vm-bytes, 250M, --vm-hang, "1"]}`)
    lab.wait(10)
    expect(lab.run('kubectl get pod greedy')).toMatch(/OOMKilled|CrashLoopBackOff/)
    expect(lab.run('kubectl get pod greedy -o yaml')).toMatch(/reason: OOMKilled/)
    lab.checkPromises()
  })
})
