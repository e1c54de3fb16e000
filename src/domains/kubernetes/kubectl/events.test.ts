import { describe, expect, it } from 'vitest'
import { Headless } from '../../../host/headless.ts'

describe('Events', () => {
  const lab = new Headless({ scene: ['lab cluster up'] })
  const run = (line: string) => lab.run(line).output

  it('are watched as they come', () => {
    run('kubectl run web --image=nginx')
    const told = run('timeout 8 kubectl events --for pod/web --watch')
    expect(told.match(/LAST SEEN/g)).toHaveLength(1)
    expect(told.match(/Scheduled/g)).toHaveLength(1)
    expect(told).toContain('Started')
  })

  it('say which container they speak of', () => {
    const paths = run(
      'kubectl get events --field-selector involvedObject.name=web -o jsonpath=\'{range .items[*]}{.reason}={.involvedObject.fieldPath}{"\\n"}{end}\'',
    )
    expect(paths).toContain('Started=spec.containers{web}\n')
    expect(paths).toContain('Scheduled=\n')
  })

  it('of usage name swap where it is asked for', () => {
    expect(run('kubectl top nodes --show-swap')).toMatch(/SWAP\(bytes\) +SWAP\(%\)\n.*<unknown> +<unknown>\n/)
  })
})
