import type { Domain } from '../../../kernel/index.ts'
import { exportAws } from './exportAws.ts'
import { services } from './service.ts'

/** The services taken in so far as one domain: made once, after all of them. */
export function awsDomain(): Domain {
  const all = [...services.values()]
  return {
    name: 'aws',
    kinds: all.flatMap((service) => service.kinds ?? []),
    controllers: all.flatMap((service) => service.controllers ?? []),
    derived: all.flatMap((service) => service.derived ?? []),
    views: all.flatMap((service) => service.views ?? []),
    files: all.flatMap((service) => service.files ?? []),
    exports: exportAws,
    lint: (path, text, world) => all.flatMap((service) => service.lint?.(path, text, world) ?? []),
  }
}
