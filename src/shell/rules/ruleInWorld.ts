import { defineKind, RULE_KIND, type RuleInWorld, replacementOf } from '../../kernel/index.ts'
import { ruleLifecycle } from './rule.lifecycle.ts'

/** A rule that was replaced in a world. It is not drawn: nothing in a cloud looks like a rule. */
export const ruleKind = defineKind<RuleInWorld>({
  kind: RULE_KIND,
  lifecycle: ruleLifecycle,
  birth: (event) => event.data as { replacement: string },
  apply: { Replaced: (_rule, event) => event.data as { replacement: string } },
  tell: {
    Replaced: (event) => {
      const { replacement } = event.data as { replacement: string }
      return `From now on this world believes: ${replacementOf(replacement)?.says ?? replacement}`
    },
    Restored: () => 'From now on the rule holds again as it really is.',
  },
})
