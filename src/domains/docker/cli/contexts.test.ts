import { describe, expect, it } from 'vitest'
import { Headless } from '../../../host/headless.ts'

describe('docker context', () => {
  it('carries a context over in a file', () => {
    const headless = new Headless({ scene: [] })
    const $ = (line: string): string => headless.run(line).output
    $('docker context create far --docker host=ssh://a@b --description There')
    expect($('docker context export far')).toBe('Written file "far.dockercontext"\n')
    expect($('docker context import far far.dockercontext')).toBe('context "far" already exists\n')
    expect($('docker context import copy far.dockercontext')).toBe('copy\nSuccessfully imported context "copy"\n')
    expect($("docker context ls --format '{{.Name}} {{.DockerEndpoint}}'")).toContain('copy ssh://a@b\n')
    expect($('docker context import bad words')).toContain('open words: no such file or directory')
  })
})
