import { describe, expect, it } from 'vitest'
import { Headless } from '../../../host/headless.ts'

const lab = (): ((line: string) => string) => {
  const headless = new Headless({ scene: [] })
  return (line) => headless.run(line).output
}

describe('builders', () => {
  it('starts nodes as containers of the engine, and removes them with the builder', () => {
    const $ = lab()
    expect($('docker buildx create --name mine --driver docker-container --bootstrap --use')).toMatch(
      /booting buildkit[\s\S]*pulling image moby\/buildkit:buildx-stable-1[\s\S]*creating container buildx_buildkit_mine0[\s\S]*\nmine\n$/,
    )
    expect($("docker ps --format '{{.Names}} {{.Image}}'")).toBe(
      'buildx_buildkit_mine0 moby/buildkit:buildx-stable-1\n',
    )
    expect($('docker buildx ls')).toMatch(
      /^mine\* +docker-container +\n \\_ mine0 +\\_ unix:\/\/\/var\/run\/docker\.sock +running +v0\.26\.1 +linux\/amd64 \(\+3\)\ndefault +docker/m,
    )
    expect($('docker buildx stop mine && docker buildx inspect mine')).toMatch(/^Status: +stopped$/m)
    expect($('docker buildx rm mine')).toBe('mine removed\n')
    $('sleep 1')
    expect($("docker ps -a --format '{{.Names}}'")).toBe('')
    expect($('docker buildx ls')).not.toContain('mine')
  })

  it('adds, changes and takes away nodes', () => {
    const $ = lab()
    expect($('docker buildx create --name many --platform linux/arm64 one')).toBe('many\n')
    expect($('docker buildx create --name many --append --node extra two:99')).toBe('many\n')
    expect($('docker buildx inspect many')).toMatch(
      /Name: +many0\nEndpoint: +tcp:\/\/one:2376\nError: [^\n]*\n\nName: +extra\nEndpoint: +tcp:\/\/two:99\n/,
    )
    expect($('docker buildx create --name many --leave --node extra')).toBe('many\n')
    expect($('docker buildx inspect many')).not.toContain('extra')
  })

  it('refuses in the words of buildx', () => {
    const $ = lab()
    $('docker buildx create --name mine')
    expect($('docker buildx create --name mine')).toBe(
      'ERROR: existing instance for "mine" but no append mode, specify the node name to make changes for existing instances\n',
    )
    expect($('docker buildx create --driver docker')).toBe(
      'ERROR: additional instances of driver "docker" cannot be created\n',
    )
    expect($('docker buildx create --driver nonsense')).toBe('ERROR: failed to find driver "nonsense"\n')
    expect($('docker buildx inspect nobody')).toBe('ERROR: no builder "nobody" found\n')
    expect($('docker buildx use nobody')).toBe('ERROR: failed to find instance "nobody": no builder "nobody" found\n')
    expect($('docker buildx rm')).toContain('context builder cannot be removed')
  })

  it('says which builder is in use', () => {
    const $ = lab()
    $('docker buildx create --name mine')
    expect($('docker buildx ls')).toContain('default*')
    $('docker buildx use mine')
    expect($('docker buildx ls')).toContain('mine*')
    $('docker buildx use default')
    expect($('docker buildx ls')).toContain('default*')
  })
})
