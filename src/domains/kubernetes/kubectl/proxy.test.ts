import { describe, expect, it } from 'vitest'
import { Headless } from '../../../host/headless.ts'

describe('The API by its paths', () => {
  const lab = new Headless({ scene: ['lab cluster up', 'kubectl run web --image=nginx --labels=app=web'] })
  const run = (line: string) => lab.run(line).output

  it('answers kubectl get --raw', () => {
    expect(run('kubectl get --raw /healthz')).toBe('ok')
    expect(run("kubectl get --raw '/api/v1/pods?labelSelector=app%3Dweb' | jq -r '.kind,.items[].metadata.name'")).toBe(
      'PodList\nweb\n',
    )
    expect(run('kubectl get --raw /api/v1/namespaces/default/pods/none')).toBe(
      'Error from server (NotFound): pods "none" not found\n',
    )
    expect(
      run("kubectl get --raw /apis/apps/v1/namespaces/kube-system/deployments/coredns/scale | jq '.spec.replicas'"),
    ).toBe('2\n')
    expect(run("kubectl get --raw /apis | jq -r '.groups[].name'")).toContain('apps\n')
  })

  it('answers through kubectl proxy as long as that runs', () => {
    expect(run('kubectl proxy --port=8080 &')).toContain('Starting to serve on 127.0.0.1:8080\n')
    expect(run("curl -s http://localhost:8080/version | jq -r '.gitVersion'")).toBe('v1.35.0\n')
    expect(
      run("curl -s http://localhost:8080/api/v1/namespaces/default/pods/web | jq -r '.kind,.spec.containers[].image'"),
    ).toBe('Pod\nnginx\n')
    expect(run('curl -s -o /dev/null -w "%{http_code}" http://localhost:8080/apis/none/v1')).toBe('404')
    expect(run('kubectl proxy --port=8080')).toContain('bind: address already in use')
    run('kill %1')
    expect(run('curl http://localhost:8080/api')).toContain('Failed to connect')
  })
})
