import { defineLifecycle } from '../../../kernel/index.ts'

/**
 * What the kube-proxies that keep up have written for one Service: the rules of every node but the stale ones.
 * Models: kubernetes pkg/proxy/iptables/proxier.go
 */
export const proxyRulesLifecycle = defineLifecycle({
  id: 'proxyRules',
  initial: 'Written',
  states: {
    Written: {
      description: 'Every kube-proxy that keeps up sends connections to the Service by these rules.',
      tags: ['ok'],
      on: {
        RulesWritten: {
          description: 'The kube-proxies rewrite their rules, because the Service or its endpoints changed.',
        },
        RulesRemoved: { target: 'Gone', description: 'The Service is gone, and the kube-proxies drop its rules.' },
      },
    },
    Gone: { description: 'No node has rules for the Service.', type: 'final' },
  },
})

/**
 * The rules of one node whose kube-proxy does not follow: they stay as they were last written, however the world goes on.
 * Models: iptables rules, which outlive the process that wrote them.
 */
export const staleRulesLifecycle = defineLifecycle({
  id: 'staleRules',
  initial: 'Stale',
  states: {
    Stale: {
      description: 'The node sends connections by old rules: nobody tells its kube-proxy, or it does not run.',
      tags: ['warn'],
      on: {
        CaughtUp: {
          target: 'Gone',
          description: 'The kube-proxy runs, has heard all changes and rewritten its rules.',
        },
      },
    },
    Gone: { description: 'The node has the same rules as the others.', type: 'final' },
  },
})
