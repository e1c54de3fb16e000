import { describe, expect, it } from 'vitest'
import { Headless } from '../../../host/headless.ts'

describe('links', () => {
  it('tells a container where another is: in variables, in its hosts file and by name', () => {
    const headless = new Headless({ scene: [] })
    const $ = (line: string): string => headless.run(line).output
    $(
      'docker run -d --name db -e POSTGRES_PASSWORD=1 -e SECRET=1 postgres:16; docker run -d --name web --link db:store nginx',
    )
    expect($("docker inspect -f '{{.HostConfig.Links}}' web")).toBe('[/db:/web/store]\n')
    const env = $('docker exec web env')
    expect(env).toContain('STORE_NAME=/web/store\n')
    expect(env).toMatch(/^STORE_PORT_5432_TCP=tcp:\/\/172\.17\.0\.\d+:5432$/m)
    expect(env).toContain('STORE_ENV_SECRET=1\n')
    expect($('docker exec web cat /etc/hosts')).toMatch(/^172\.17\.0\.\d+\tstore [0-9a-f]{12} db$/m)
    expect($('docker run --link nobody alpine true')).toContain(
      'could not get container for nobody: No such container: nobody',
    )
  })
})
