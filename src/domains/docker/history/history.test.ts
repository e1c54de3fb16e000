import { describe, expect, it } from 'vitest'
import { Headless } from '../../../host/headless.ts'

function lab(): (line: string) => string {
  const headless = new Headless({ scene: [] })
  headless.run("mkdir app && printf 'FROM alpine:3.22 AS base\\nRUN echo one > /one\\n' > app/Dockerfile")
  return (line) => headless.run(line).output
}

describe('buildx history', () => {
  it('keeps what was built, the last first', () => {
    const $ = lab()
    $('docker build -q -t first app')
    $("printf 'FROM alpine:3.22\\nRUN false\\n' > app/Dockerfile; docker build -q app")
    expect($('docker buildx history ls')).toMatch(
      /^BUILD ID +NAME +STATUS +CREATED AT +DURATION\n[0-9a-z]{25} +app +Error +.* ago +[\d.]+s\n[0-9a-z]{25} +app +Completed /,
    )
    expect($('docker buildx history ls --filter status=completed')).not.toContain('Error')
    expect($('docker buildx history inspect')).toMatch(/^Error: process "\/bin\/sh -c false" did not complete/m)
    expect($('docker buildx history rm --all; docker buildx history inspect')).toBe('ERROR: no records found\n')
  })

  it('tells how a build was asked for, what it was made of and what came of its steps', () => {
    const $ = lab()
    $('cd app && git init && git remote add origin https://example.com/a.git && git add . && git commit -m one; cd ..')
    $('docker build -q --target base --build-arg X=1 app')
    $('docker build -q --target base --build-arg X=1 app')
    const said = $('docker buildx history inspect')
    expect(said).toMatch(
      /^Name: +app \(base\)\nContext: +app\nDockerfile: +Dockerfile\nVCS Repository: +https:\/\/example\.com\/a\.git\n/,
    )
    expect(said).toMatch(/^Build Steps: +2\/2 \(100% cached\)$/m)
    expect(said).toMatch(/^BUILD ARG +VALUE\nX +1$/m)
    expect(said).toMatch(/^URI +DIGEST\npkg:docker\/alpine@3\.22\?platform=linux%2Famd64 +sha256:/m)
    expect($("docker buildx history inspect ^1 --format '{{.NumCachedSteps}} {{.Status}}'")).toBe('0 completed\n')
    expect($('docker buildx history logs ^1')).toMatch(
      /#1 \[internal\] load build definition[\s\S]*\[2\/2\] RUN echo one/,
    )
    const [raw = ''] = $('docker buildx history logs --progress rawjson 2>&1').split('\n')
    expect(JSON.parse(raw)).toMatchObject({ vertexes: [{ name: '[internal] load build definition from Dockerfile' }] })
    expect($('docker buildx history inspect nothing')).toBe('ERROR: no record found for ref "nothing"\n')
  })
})
