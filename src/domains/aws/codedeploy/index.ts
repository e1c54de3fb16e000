import './ec2Outcome.rule.ts'
import './hooks.rule.ts'
import './traffic.rule.ts'
