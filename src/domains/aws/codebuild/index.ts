import './phaseCommands.rule.ts'
import './phases.rule.ts'
