import './execution.rule.ts'
import './modeValid.rule.ts'
