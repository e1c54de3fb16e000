import { describe, expect, it } from 'vitest'
import { Headless } from '../../../host/headless.ts'

/** A cluster with three nodes, and a shorthand that gives a line and answers what it printed. */
function cluster(): { readonly run: (line: string) => string; readonly exit: (line: string) => number } {
  const lab = new Headless({ scene: ['lab cluster up'] })
  return { run: (line) => lab.run(line).output, exit: (line) => lab.run(line).exitCode }
}

const APP = `cat > app.yaml <<'X'
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: nginx, image: "nginx:1.26"}
X`

function give({ run }: ReturnType<typeof cluster>, text: string): void {
  for (const line of text.split('\n')) run(line)
}

describe('kubectl', () => {
  it('applies a file object by object, and says when nothing changes', () => {
    const lab = cluster()
    give(lab, APP)
    expect(lab.run('kubectl apply -f app.yaml')).toBe('namespace/shop created\ndeployment.apps/web created\n')
    expect(lab.run('kubectl apply -f app.yaml')).toBe('namespace/shop unchanged\ndeployment.apps/web unchanged\n')
    lab.run("sed -i 's/replicas: 2/replicas: 3/' app.yaml")
    expect(lab.run('kubectl apply -f app.yaml')).toBe('namespace/shop unchanged\ndeployment.apps/web configured\n')
    expect(lab.run('kubectl -n shop get deploy web -o jsonpath={.spec.replicas}')).toBe('3')
  })

  it('watches a rollout to its end, and goes back', () => {
    const { run } = cluster()
    expect(run('kubectl create deployment web --image=nginx:1.26 --replicas=2')).toBe('deployment.apps/web created\n')
    expect(run('kubectl rollout status deploy/web')).toMatch(/deployment "web" successfully rolled out\n$/)
    expect(run('kubectl set image deploy/web nginx=nginx:1.27')).toBe('deployment.apps/web image updated\n')
    const lines = run('kubectl rollout status deploy web').trim().split('\n')
    expect(lines[0]).toBe(
      'Waiting for deployment "web" rollout to finish: 1 out of 2 new replicas have been updated...',
    )
    expect(run('kubectl rollout history deploy/web')).toBe(
      'deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n\n',
    )
    expect(run('kubectl rollout undo deploy/web')).toBe('deployment.apps/web rolled back\n')
    run('kubectl rollout status deploy/web')
    expect(run('kubectl get deploy web -o jsonpath={.spec.template.spec.containers[*].image}')).toBe('nginx:1.26')
  })

  it('prints tables as the server does', () => {
    const { run } = cluster()
    run('kubectl create deployment web --image=nginx')
    run('sleep 10')
    expect(run('kubectl get deploy')).toMatch(
      /^NAME {3}READY {3}UP-TO-DATE {3}AVAILABLE {3}AGE\nweb {4}1\/1 {5}1 {12}1 {11}\d+s\n$/,
    )
    expect(run('kubectl get po -o wide').split('\n')[0]).toMatch(
      /^NAME +READY +STATUS +RESTARTS +AGE +IP +NODE +NOMINATED NODE +READINESS GATES$/,
    )
    expect(run('kubectl get deploy,svc')).toMatch(
      /^NAME +READY.*\ndeployment.apps\/web .*\n\nNAME +TYPE .*\nservice\/kubernetes /,
    )
    expect(run('kubectl get pods -n kube-public')).toBe('No resources found in kube-public namespace.\n')
  })

  it('says what is wrong in the real words', () => {
    const { run, exit } = cluster()
    expect(run('kubectl get pods nope')).toBe('Error from server (NotFound): pods "nope" not found\n')
    expect(exit('kubectl get pods nope')).toBe(1)
    expect(run('kubectl get foo')).toBe('error: the server doesn\'t have a resource type "foo"\n')
    expect(run('kubectl gett pods')).toBe(
      'error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tget\n\tset\n',
    )
    expect(run('kubectl get pods --bogus')).toBe("error: unknown flag: --bogus\nSee 'kubectl get --help' for usage.\n")
    expect(run('kubectl apply -f no.yaml')).toBe('error: the path "no.yaml" does not exist\n')
    expect(run('kubectl scale deploy/web --replicas=x')).toBe(
      'error: invalid argument "x" for "--replicas" flag: strconv.ParseInt: parsing "x": invalid syntax\nSee \'kubectl scale --help\' for usage.\n',
    )
    expect(run('kubectl delete pods')).toBe('error: resource(s) were provided, but no name was specified\n')
  })

  it('waits in virtual time until a deleted pod is gone', () => {
    const { run } = cluster()
    run('kubectl run web --image=nginx')
    run('kubectl wait --for=condition=Ready pod/web')
    expect(run('kubectl delete pod web')).toBe('pod "web" deleted from default namespace\n')
    expect(run('kubectl get pod web')).toBe('Error from server (NotFound): pods "web" not found\n')
  })

  it('drains a node as far as a budget lets it', () => {
    const { run, exit } = cluster()
    run('kubectl create deployment web --image=nginx --replicas=3')
    run('kubectl rollout status deploy/web')
    run('kubectl create pdb web --selector=app=web --min-available=3')
    const node = run('kubectl get pods -o jsonpath={.items[0].spec.nodeName}')
    const told = run(`kubectl drain ${node} --ignore-daemonsets --timeout=8s`)
    expect(told).toContain(`node/${node} cordoned\n`)
    expect(told).toContain('Warning: ignoring DaemonSet-managed Pods: kube-system/kube-proxy-')
    expect(told).toContain('evicting pod default/web-')
    expect(told).toContain("(will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.\n")
    expect(told).toContain('global timeout reached: 8s')
    run('kubectl delete pdb web')
    expect(run(`kubectl drain ${node} --ignore-daemonsets`)).toMatch(new RegExp(`node/${node} drained\n$`))
    expect(exit(`kubectl uncordon ${node}`)).toBe(0)
  })

  it('runs commands in containers and passes their exit code on', () => {
    const { run, exit } = cluster()
    run('kubectl run box --image=busybox --command -- sleep 3600')
    run('kubectl wait --for=condition=Ready pod/box')
    expect(run('kubectl exec box -- echo hi')).toBe('hi\n')
    expect(exit("kubectl exec box -- sh -c 'exit 3'")).toBe(3)
    expect(run('kubectl run once --image=busybox --rm -i --restart=Never -- echo hello')).toBe(
      'hello\npod "once" deleted from default namespace\n',
    )
  })

  it('shows what a container wrote, also in the life before', () => {
    const { run } = cluster()
    run("kubectl run loop --image=busybox --command -- sh -c 'echo begin; sleep 2; exit 1'")
    run('sleep 20')
    expect(run('kubectl logs loop --previous')).toBe('begin\n')
    expect(run('kubectl logs nope')).toBe('Error from server (NotFound): pods "nope" not found\n')
  })

  it('refuses when nothing listens', () => {
    const { run, exit } = cluster()
    run('lab fault component kube-apiserver')
    expect(run('kubectl get pods')).toBe(
      'The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?\n',
    )
    expect(exit('kubectl get pods')).toBe(1)
    expect(exit('kubectl version --client')).toBe(0)
  })

  it('builds kustomizations and gives generated maps a hash of their content', () => {
    const lab = cluster()
    give(
      lab,
      "mkdir k\ncat > k/kustomization.yaml <<'X'\nnamePrefix: dev-\nconfigMapGenerator:\n- name: cfg\n  literals: [a=b]\nX",
    )
    expect(lab.run('kubectl apply -k k')).toMatch(/^configmap\/dev-cfg-[a-z0-9]{10} created\n$/)
  })

  it('keeps labels and annotations as asked', () => {
    const { run } = cluster()
    run('kubectl create configmap c --from-literal=a=1')
    expect(run('kubectl label cm c tier=a')).toBe('configmap/c labeled\n')
    expect(run('kubectl label cm c tier=b')).toBe("error: 'tier' already has a value (a), and --overwrite is false\n")
    expect(run('kubectl label cm c tier-')).toBe('configmap/c unlabeled\n')
    expect(run("kubectl patch cm c -p '{}'")).toBe('configmap/c patched (no change)\n')
  })

  it('asks twice in the same world and answers the same', () => {
    const script = [
      'kubectl create deployment web --image=nginx --replicas=2',
      'sleep 10',
      'kubectl get pods',
      'kubectl describe deploy web',
    ]
    const [a, b] = [cluster(), cluster()]
    for (const line of script) expect(b.run(line)).toBe(a.run(line))
  })
})
