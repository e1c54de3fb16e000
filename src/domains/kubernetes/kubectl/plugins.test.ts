import { describe, expect, it } from 'vitest'
import { Headless } from '../../../host/headless.ts'

describe('kubectl plugins', () => {
  const lab = new Headless({ scene: [] })
  const run = (line: string) => lab.run(line).output

  it('are files named kubectl-… on the path that may be run', () => {
    expect(run('kubectl plugin list')).toBe('error: unable to find any kubectl plugins in your PATH\n')
    run("printf '#!/bin/bash\\necho foo $1 $#\\n' > kubectl-foo-my_bar")
    run('sudo mv ./kubectl-foo-my_bar /usr/local/bin')
    expect(run('kubectl plugin list')).toContain(
      '  - warning: /usr/local/bin/kubectl-foo-my_bar identified as a kubectl plugin, but it is not executable\nerror: one plugin warning was found',
    )
    run('sudo chmod +x /usr/local/bin/kubectl-foo-my_bar')
    expect(run('kubectl plugin list')).toBe(
      'The following compatible plugins are available:\n\n/usr/local/bin/kubectl-foo-my_bar\n',
    )
    expect(run('kubectl foo my-bar a --b')).toBe('foo a 2\n')
    expect(run('kubectl-foo-my_bar')).toBe('foo 0\n')
    expect(run('kubectl foo')).toContain('error: unknown command "foo" for "kubectl"')
  })

  it('do not take the place of a command', () => {
    run("printf 'echo mine\\n' > /usr/local/bin/kubectl-version; chmod +x /usr/local/bin/kubectl-version")
    expect(run('kubectl version --client')).toContain('Client Version')
    expect(run('kubectl plugin list')).toContain('kubectl-version overwrites existing command: "kubectl version"')
  })
})

describe('sudo', () => {
  const lab = new Headless({ scene: [] })
  const run = (line: string) => lab.run(line).output

  it('runs a command as root or another user, and passes its exit code on', () => {
    expect(run('sudo whoami; sudo -u learner whoami; sudo -E A=1 printenv A HOME')).toBe(
      'root\nlearner\n1\n/home/learner\n',
    )
    expect(run("sudo sh -c 'exit 7'; echo $?; echo hi | sudo tee a")).toBe('7\nhi\n')
    expect(run('sudo nonsuch')).toBe('sudo: nonsuch: command not found\n')
    expect(run('sudo -u nobody2 ls')).toBe('sudo: unknown user nobody2\n')
  })
})
