import { describe, expect, it } from 'vitest'
import { Headless } from '../../../host/headless.ts'

function lab(): (line: string) => string {
  const headless = new Headless({ scene: [] })
  return (line) => headless.run(line).output
}

describe('docker plugin', () => {
  it('asks for privileges before it installs', () => {
    const headless = new Headless({ scene: [] })
    expect(headless.run('docker plugin install --grant-all-permissions vieux/sshfs DEBUG=1').output).toContain(
      'Installed plugin vieux/sshfs\n',
    )
    expect(headless.run("docker plugin inspect -f '{{.Settings.Env}} {{.Enabled}}' vieux/sshfs").output).toBe(
      '[DEBUG=1] true\n',
    )
    expect(headless.run('echo n | docker plugin install --alias other vieux/sshfs').output).toContain(
      'permission denied while installing plugin vieux/sshfs',
    )
    expect(headless.run("docker plugin ls --format '{{.Name}}'").output).toBe('vieux/sshfs:latest\n')
  })

  it('changes settings only while it is disabled', () => {
    const $ = lab()
    $('docker plugin install --grant-all-permissions vieux/sshfs')
    expect($('docker plugin set vieux/sshfs DEBUG=1')).toBe(
      'Error response from daemon: cannot set on an active plugin, disable plugin before setting\n',
    )
    $('docker plugin disable vieux/sshfs && docker plugin set vieux/sshfs DEBUG=1')
    expect($("docker plugin inspect -f '{{.Settings.Env}}' vieux/sshfs")).toBe('[DEBUG=1]\n')
    expect($('docker plugin set vieux/sshfs NONE=1')).toContain('setting "NONE" not found in the plugin configuration')
    expect(
      $('docker plugin upgrade --skip-remote-check --grant-all-permissions vieux/sshfs vieux/sshfs:next'),
    ).toContain('Upgraded plugin vieux/sshfs:latest to vieux/sshfs:next')
  })

  it('keeps volumes of a plugin, which is then in use', () => {
    const $ = lab()
    $('docker plugin install --grant-all-permissions vieux/sshfs')
    expect($('docker volume create -d vieux/sshfs -o sshcmd=a@b:/c far')).toBe('far\n')
    expect($('docker plugin rm vieux/sshfs')).toContain('is in use')
    $('docker volume rm far && docker plugin disable vieux/sshfs')
    expect($('docker plugin rm vieux/sshfs')).toBe('vieux/sshfs\n')
  })

  it('is made from a folder with a configuration and a file system', () => {
    const $ = lab()
    $('mkdir -p own/rootfs')
    expect($('docker plugin create own ./own')).toMatch(/config\.json: no such file or directory/)
    const config = {
      description: 'Mine',
      Interface: { Types: ['docker.logdriver/1.0'], Socket: 'own.sock' },
      mounts: [{ name: 'm', source: '/a', destination: '/b', type: 'bind', settable: ['source'] }],
      args: { name: 'args', value: ['x'], settable: ['value'] },
    }
    $(`echo '${JSON.stringify(config)}' > own/config.json`)
    expect($('docker plugin create own ./own')).toBe('own\n')
    expect($("docker plugin ls --format '{{.Name}} {{.Description}} {{.Enabled}}'")).toBe('own:latest Mine false\n')
    $("docker plugin set own m.source=/c 'args=y z'")
    expect($("docker plugin inspect -f '{{(index .Settings.Mounts 0).Source}} {{.Settings.Args}}' own")).toBe(
      '/c [y z]\n',
    )
    expect($('docker plugin create own ./own')).toBe('Error response from daemon: plugin own:latest already exists\n')
  })
})
