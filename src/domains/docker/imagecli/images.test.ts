import { describe, expect, it } from 'vitest'
import { Headless } from '../../../host/headless.ts'

function lab(): (line: string) => string {
  const headless = new Headless({ scene: [] })
  return (line) => headless.run(line).output
}

describe('images and archives', () => {
  it('makes an image of one layer of what a container was', () => {
    const $ = lab()
    $("docker run --name box alpine sh -c 'echo kept > /kept'")
    $('docker export -o box.tar box')
    expect($('docker import -c \'CMD ["cat", "/kept"]\' -c \'ENV A=1\' -m saved box.tar copy:1')).toMatch(
      /^sha256:[0-9a-f]{64}\n$/,
    )
    expect($('docker history copy:1')).toMatch(/^[0-9a-f]{12} .* saved\n$/m)
    expect($("docker inspect -f '{{.Config.Env}} {{.Config.Cmd}}' copy:1")).toBe('[A=1] [cat /kept]\n')
  })

  it('refuses what is no archive', () => {
    const $ = lab()
    expect($('docker import missing.tar')).toBe('open missing.tar: no such file or directory\n')
    expect($('echo words > words.tar; docker import words.tar')).toBe(
      'Error response from daemon: archive/tar: invalid tar header\n',
    )
    expect($('docker load -i words.tar')).toBe('Error response from daemon: unrecognized image format\n')
  })

  it('shows the platforms of an image, and which of them are here', () => {
    const $ = lab()
    $('docker run -d alpine:3.22 sleep 1d')
    const [head = '', first = '', own = '', other = ''] = $('docker image ls --tree').split('\n')
    expect(head).toMatch(/^IMAGE +ID +DISK USAGE +CONTENT SIZE +EXTRA$/)
    expect(first).toMatch(/^alpine:3\.22 +[0-9a-f]{12} +[\d.]+MB +[\d.]+MB +U$/)
    expect(own).toMatch(/^├─ linux\/amd64 +[0-9a-f]{12} +[\d.]+MB +[\d.]+MB +U$/)
    expect(other).toMatch(/^├─ linux\/arm\/v6 +[0-9a-f]{12} +0B +0B$/)
    expect($('docker image ls --tree -q')).toBe('--quiet is not yet supported with --tree\n')
  })

  it('saves and loads by platform', () => {
    const $ = lab()
    $('docker pull -q alpine:3.22')
    expect($('docker save --platform linux/s390x -o a.tar alpine:3.22')).toBe(
      'Error response from daemon: no suitable export target found for platform linux/s390x\n',
    )
    expect($('docker save --platform linux/amd64 -o a.tar alpine:3.22; docker rmi -f alpine:3.22 > gone')).toBe('')
    expect($('docker load -i a.tar --platform linux/ppc64le')).toBe(
      'requested platform (linux/ppc64le) not found: image might be filtered out\n',
    )
    expect($('docker load -i a.tar')).toBe('Loaded image: alpine:3.22\n')
  })
})
