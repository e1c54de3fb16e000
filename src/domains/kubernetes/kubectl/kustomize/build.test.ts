import { describe, expect, it } from 'vitest'
import { Headless } from '../../../../host/headless.ts'

describe('A kustomization', () => {
  const lab = new Headless({ scene: [] })
  const run = (line: string) => lab.run(line).output
  run('mkdir base part over')
  run("printf 'resources: [web.yaml]\\n' > base/kustomization.yaml")
  run(`cat > base/web.yaml <<'Y'
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
      - {name: c, image: "nginx:1", env: [{name: HOST, value: x}, {name: URL, value: "http://x:80"}]}
Y`)
  run(`cat > part/kustomization.yaml <<'Y'
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
- patch: |
    - {op: add, path: /spec/replicas, value: 5}
  target: {kind: Deployment}
Y`)
  run(`cat > over/kustomization.yaml <<'Y'
resources: [../base]
components: [../part]
namePrefix: my-
replacements:
- source: {kind: Service, name: web, fieldPath: metadata.name}
  targets:
  - select: {kind: Deployment}
    fieldPaths: ["spec.template.spec.containers.[name=c].env.[name=HOST].value"]
- source: {kind: Service, name: web, fieldPath: spec.ports.0.port}
  targets:
  - select: {kind: Deployment, name: web}
    fieldPaths: ["spec.template.spec.containers.*.env.[name=URL].value"]
    options: {delimiter: ":", index: 2}
Y`)

  it('lays components over what it has, and copies fields', () => {
    const built = run('kubectl kustomize over')
    expect(built).toContain('replicas: 5')
    expect(built).toContain('- name: HOST\n          value: my-web\n')
    expect(built).toContain('value: http://x:80\n')
  })

  it('says what is neither', () => {
    expect(run('kubectl kustomize part')).toContain("expected kind != 'Component'")
    run("printf 'components: [../base]\\n' > over/kustomization.yaml")
    expect(run('kubectl kustomize over')).toContain("expected kind 'Component' for path")
    run(
      "printf 'resources: [../base]\\nreplacements: [{source: {kind: Pod}, targets: []}]\\n' > over/kustomization.yaml",
    )
    expect(run('kubectl kustomize over')).toBe('error: nothing selected by Pod.[noVer].[noGrp]/[noName].[noNs]\n')
  })
})
