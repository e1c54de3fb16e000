import { describe, expect, it } from 'vitest'
import { Scenario } from './scenario.ts'

function shop(): Scenario {
  const lab = new Scenario()
  lab.run('kubectl create deployment web --image=nginx:1.27 --replicas=3 --port=80')
  lab.run('kubectl expose deployment web --port=80')
  lab.run('kubectl run client --image=busybox:1.36 -- sleep 100000')
  lab.wait(10)
  return lab
}

const fetch = 'kubectl exec client -- wget -qO- -T 5 http://web'

describe('parts of the control plane that are stopped', () => {
  it('without a scheduler: new pods wait, and nothing says why', () => {
    const lab = shop()
    lab.run('lab fault component kube-scheduler')
    lab.run('kubectl scale deployment web --replicas=5')
    lab.wait(60)
    const waiting = lab.rows('pods').filter((row) => row.includes('Pending'))
    expect(waiting).toHaveLength(2)
    expect(lab.run(`kubectl describe pod ${waiting[0]?.[0]}`)).toMatch(/Events: +<none>/)
    lab.run('lab heal component kube-scheduler')
    lab.wait(10)
    expect(lab.rows('deploy web')[0]).toContain('5/5')
    lab.checkPromises()
  })

  it('without a controller-manager: nothing heals, and rules lead to dead pods', () => {
    const lab = shop()
    lab.run('lab fault component kube-controller-manager')
    lab.run('kubectl delete pods -l app=web')
    lab.wait(20)
    expect(lab.rows('pods')).toHaveLength(1)
    expect(lab.run(fetch)).toMatch(/wget: (can't connect to remote host|download timed out)/)
    lab.run('lab heal component kube-controller-manager')
    lab.wait(10)
    expect(lab.rows('deploy web')[0]).toContain('3/3')
    expect(lab.run(fetch)).toContain('Welcome to nginx!')
    lab.checkPromises()
  })

  it('without one controller: only its own work is left undone', () => {
    const lab = shop()
    lab.run('lab fault component deployment-controller --for 30s')
    lab.run('kubectl scale deployment web --replicas=5')
    lab.run('kubectl delete pods -l app=web')
    lab.wait(5)
    expect(lab.rows('rs')[0]?.slice(1, 4)).toEqual(['3', '3', '3'])
    lab.wait(30)
    expect(lab.rows('deploy web')[0]).toContain('5/5')
    lab.checkPromises()
  })

  it('without an API server: kubectl is refused, what runs runs on, and what happened is told later', () => {
    const lab = shop()
    const [pod = ''] = lab.rows('pods -l app=web')[0] ?? []
    lab.run('lab fault component kube-apiserver')
    expect(lab.run('kubectl get pods')).toBe(
      'The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?\n',
    )
    lab.run(`lab fault kill ${pod}`)
    lab.wait(10)
    lab.run('lab heal component kube-apiserver')
    lab.wait(10)
    expect(lab.run(`kubectl get pod ${pod}`)).toMatch(/1\/1 +Running +1 \(/)
    expect(lab.run('kubectl get nodes')).not.toContain('NotReady')
    lab.checkPromises()
  })

  it('without etcd the API server answers that it cannot', () => {
    const lab = shop()
    lab.run('lab fault component etcd --for 20s')
    expect(lab.run('kubectl get pods')).toBe('Error from server: etcdserver: request timed out\n')
    lab.wait(25)
    expect(lab.run('kubectl get pods')).toContain('Running')
    lab.checkPromises()
  })

  it('without CoreDNS names lead nowhere, and addresses still do', () => {
    const lab = shop()
    lab.run('lab fault component coredns')
    expect(lab.run(fetch)).toBe("wget: bad address 'web'\ncommand terminated with exit code 1\n")
    const ip = lab.value('svc web', '.spec.clusterIP')
    expect(lab.run(`kubectl exec client -- wget -qO- http://${ip}`)).toContain('Welcome to nginx!')
    lab.run('lab heal component coredns')
    lab.wait(3)
    expect(lab.run(fetch)).toContain('Welcome to nginx!')
    lab.checkPromises()
  })

  it('without a kube-proxy the rules of a node grow old', () => {
    const lab = shop()
    const node = lab.value('pod client', '.spec.nodeName')
    lab.run(`lab fault component kube-proxy --node ${node}`)
    lab.run('kubectl delete pods -l app=web')
    lab.wait(20)
    expect(lab.rows('deploy web')[0]).toContain('3/3')
    expect(lab.run(fetch)).toMatch(/wget: (can't connect to remote host|download timed out)/)
    lab.run(`lab heal component kube-proxy --node ${node}`)
    lab.wait(5)
    expect(lab.run(fetch)).toContain('Welcome to nginx!')
    lab.checkPromises()
  })

  it('without a kubelet the node turns NotReady while its pods run on', () => {
    const lab = shop()
    const node = lab.value('pod client', '.spec.nodeName') === 'node-b1' ? 'node-a1' : 'node-b1'
    lab.run(`lab fault component kubelet --node ${node}`)
    lab.wait(60)
    expect(lab.run('kubectl get nodes')).toMatch(new RegExp(`${node} +NotReady`))
    const [pod = ''] = lab.rows(`pods --field-selector=spec.nodeName=${node}`)[0] ?? []
    const ip = lab.value(`pod ${pod}`, '.status.podIP')
    expect(lab.run(`kubectl exec client -- wget -qO- -T 5 http://${ip}`)).toContain('Welcome to nginx!')
    expect(lab.run(`kubectl logs ${pod}`)).toContain('connect: connection refused')
    lab.run(`lab heal component kubelet --node ${node}`)
    lab.wait(15)
    expect(lab.run('kubectl get nodes')).not.toContain('NotReady')
    lab.checkPromises()
  })

  it('without containerd no container is made', () => {
    const lab = shop()
    for (const node of ['node-a1', 'node-a2', 'node-b1']) lab.run(`lab fault component containerd --node ${node}`)
    lab.run('kubectl scale deployment web --replicas=4')
    lab.wait(10)
    expect(lab.rows('deploy web')[0]).toContain('3/4')
    lab.run('lab heal all')
    lab.wait(10)
    expect(lab.rows('deploy web')[0]).toContain('4/4')
    lab.checkPromises()
  })
})
